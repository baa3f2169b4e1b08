// Package decimal compares numbers as JSON writes them, by value and without loss: 1e2
// is 100, 0.1 is not 0.10000000000000000001, and 1e400 is more than any float64. It
// imports nothing of joltui. Begin reading at [Compare].
package decimal

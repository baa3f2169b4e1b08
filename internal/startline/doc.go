// Package startline takes start lines as they stand in the documentation of Jolt: long
// flags with one dash, and a program that is called jolt-broker. It imports nothing of joltui.
package startline

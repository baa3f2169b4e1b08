// Package bench is the command joltui bench: it has load measure a broker, prints what was
// measured as text or JSON, and compares two measurements.
//
// The package may import load, connect, and what all commands need: exit, process, arg,
// figures. Begin reading with bench.go; compare.go is joltui bench compare.
package bench

// Package house holds the rules of how joltui is laid out: its test fails where a package
// imports one that it should not, has more files than one can keep in mind, or has no doc.go.
// ARCHITECTURE.md says why. Begin reading with the table of floors in house_test.go.
package house

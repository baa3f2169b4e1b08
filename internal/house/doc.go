// Package house holds the rules of how joltui is laid out: its test fails where a
// package imports one that it should not, or has outgrown what one can hold in one's
// head. ARCHITECTURE.md says why.
package house

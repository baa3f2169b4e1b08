//go:build !amd64

package jolt

// asciiRun is plainRun that ends at a byte above 0x7f, too.
func asciiRun(s string, i int) int { return asciiRunWords(s, i) }

// asciiRun16 is asciiRun for strings of at least 16 bytes.
func asciiRun16(s string, i int) int { return asciiRunWords(s, i) }

package jolt

// asciiRun is plainRun that ends at a byte above 0x7f, too. It looks at 16 bytes
// at a time: a topic and 128 bytes take 40 % of the time of asciiRunWords, and to
// read a frame from a socket and decode it 128 ns in place of 151 (medians, in turn).
func asciiRun(s string, i int) int {
	if len(s) < 16 {
		return asciiRunWords(s, i)
	}
	return asciiRun16(s, i)
}

// asciiRun16 is asciiRun for strings of at least 16 bytes. It needs SSE2, which
// every amd64 has.
//
//go:noescape
func asciiRun16(s string, i int) int

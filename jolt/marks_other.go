//go:build !amd64

package jolt

// mark tells the bytes of b within blockSize apart.
func mark(b *block, m *marks) { markWords(b, m) }

// copyRuns is described beside its faster form.
func copyRuns(dst []byte, b *block, from int, stops, slash uint64) (n, next int, left uint64) {
	return copyRunsWords(dst, b, from, stops, slash)
}

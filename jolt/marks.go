package jolt

import (
	"encoding/binary"
	"math/bits"
)

const (
	blockSize = 64 // bytes that are marked at once
	runSize   = 16 // bytes that are copied at once
)

// block is a piece of JSON text. Only what is within blockSize is looked at; the rest
// may be copied with it.
type block [blockSize + runSize]byte

// blockAt returns the piece of s that begins at i, in last where s ends with it: with
// control characters behind its end.
func blockAt(s string, i int, last *block) *block {
	if i+len(last) <= len(s) {
		return (*block)(asBytes(s)[i:])
	}
	clear(last[copy(last[:], s[i:]):])
	return last
}

// marks tells the bytes of a block apart: bit i is about byte i.
type marks struct {
	slash uint64 // a backslash
	end   uint64 // a quote or a control character
	high  uint64 // above 0x7f
}

// markWords is mark in Go.
func markWords(b *block, m *marks) {
	*m = marks{}
	for i := 0; i < blockSize; i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		m.slash |= gather(zeroBytes(w^ones*'\\')) << i
		m.end |= gather(zeroBytes(w^ones*'"')|zeroBytes(w&(ones*0xe0))) << i
		m.high |= gather(w&highs) << i
	}
}

// zeroBytes sets the high bit of each byte of w that is zero, and clears all other
// bits.
func zeroBytes(w uint64) uint64 {
	const lows = ^uint64(highs)
	return ^(w&lows + lows | w | lows)
}

// gather makes a byte of the high bits of the bytes of w, which has no other bits.
func gather(w uint64) uint64 {
	top, _ := bits.Mul64(w, 0x0204081020408100)
	return top & 0xff
}

// copyRunsWords is copyRuns in Go.
func copyRunsWords(dst []byte, b *block, from int, stops, slash uint64) (n, next int, left uint64) {
	for stops != 0 {
		stop := bits.TrailingZeros64(stops)
		if stop-from > runSize || stop == blockSize-1 {
			break
		}
		*(*[runSize]byte)(dst[n:]) = *(*[runSize]byte)(b[from:])
		n += stop - from
		from = stop
		if c := b[stop+1]; slash>>stop&1 == 0 || c != '"' && c != '\\' && c != '/' {
			break
		}
		from = stop + 1
		stops &^= 3 << stop
	}
	return n, from, stops
}

// since leaves only bit i of w and those above it.
func since(w uint64, i int) uint64 { return w >> i << i }

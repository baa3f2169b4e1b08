package broker

import (
	"bytes"
	"testing"
)

// Every size gets a buffer that is large enough, and not more than twice as
// large as it need be.
func TestBufferSizes(t *testing.T) {
	var p buffers
	for _, n := range []int{0, 1, leastBuffer - 1, leastBuffer, leastBuffer + 1, 20_000, mostBuffer - 1, mostBuffer, mostBuffer + 1, 1 << 20} {
		for range 2 { // made, and used again
			b := p.get(n)
			if c := cap(b.data); len(b.data) != 0 || c < n || c > max(2*n, leastBuffer) {
				t.Errorf("for %d bytes: %d of %d", n, len(b.data), c)
			}
			p.release(b)
		}
	}
}

// A buffer is not used again before its last user has let go of it.
func TestBufferOutlivesItsUsers(t *testing.T) {
	var p buffers
	first := p.copyOf([]byte("first"))
	first.users.Add(2)
	p.release(first)
	p.release(first)
	for range 100 {
		if b := p.copyOf([]byte("other")); b == first || !bytes.Equal(first.data, []byte("first")) {
			t.Fatalf("used again while somebody has it: %q", first.data)
		}
	}
	p.release(first)
	if users := first.users.Load(); users != 0 || len(first.data) != 0 {
		t.Errorf("%d users, %d bytes", users, len(first.data))
	}
}

//go:build unix

package broker

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"testing"
	"time"
)

// loopback returns the ends of a connection with small buffers.
func loopback(t *testing.T) (near, far *net.TCPConn) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	dialled, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	accepted, err := ln.Accept()
	if err != nil {
		t.Fatal(err)
	}
	near, far = accepted.(*net.TCPConn), dialled.(*net.TCPConn)
	near.SetWriteBuffer(16 << 10)
	far.SetReadBuffer(16 << 10)
	t.Cleanup(func() { near.Close(); far.Close() })
	return near, far
}

// Who publishes writes what is worth it, and run writes the rest, in order.
func TestDeliver(t *testing.T) {
	little, much := bytes.Repeat([]byte("1234567\n"), 8), bytes.Repeat([]byte("1234567\n"), 256<<10)
	for _, c := range []struct {
		frames  []byte
		waiting int
		here    bool // the caller writes
	}{
		{little, 1, false},
		{little, 2, true},
		{little, fewSubscribers, true},
		{little, fewSubscribers + 1, false},
		{much, 1, true},
		{much, 2, false},
	} {
		t.Run(fmt.Sprintf("%d bytes, %d waiting", len(c.frames), c.waiting), func(t *testing.T) {
			near, far := loopback(t)
			var buffers buffers
			o := newOutbox(near, 8<<20, time.Minute, &buffers)
			o.idle = true // as if run waited
			shared := buffers.copyOf(c.frames)
			if got := o.push(frameBlock{frames: c.frames, buf: shared}); !got.accepted || !got.wake {
				t.Fatalf("push: %+v", got)
			}
			o.deliver(c.waiting)
			if written := len(c.frames) - o.backlog; (written > 0) != c.here {
				t.Errorf("the caller wrote %d bytes", written)
			}
			if left := len(o.queue) > 0; left != (o.backlog > 0) {
				t.Errorf("%d bytes are left, in %d blocks", o.backlog, len(o.queue))
			}
			last := []byte("the last line\n")
			o.push(frameBlock{frames: last})
			go o.run()
			got := make([]byte, len(c.frames)+len(last))
			if _, err := io.ReadFull(far, got); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, append(c.frames[:len(c.frames):len(c.frames)], last...)) {
				t.Error("what arrived is not what was pushed")
			}
			o.close(nil)
			<-o.done
			if users := shared.users.Load(); users != 1 {
				t.Errorf("%d users of the frames, want the one who made them", users)
			}
			if o.backlog != 0 {
				t.Errorf("%d bytes are still counted", o.backlog)
			}
		})
	}
}

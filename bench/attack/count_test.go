package main

import (
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
)

func TestCountText(t *testing.T) {
	const text = "what was left, and what was left; what was lost: what was left"
	for name, r := range map[string]interface{ Read([]byte) (int, error) }{
		"whole": strings.NewReader(text), "byte by byte": iotest.OneByteReader(strings.NewReader(text)),
	} {
		var n atomic.Int64
		countText(r, "what was left", &n)
		if n.Load() != 3 {
			t.Errorf("%s: %d", name, n.Load())
		}
	}
}

// Replies to subscriptions are counted however they are cut.
func TestSubscriptions(t *testing.T) {
	for _, server := range []server{joltuiServer{}, natsServer{}, redisServer{}} {
		yes := server.Subscribe("t", 1).Reply
		no := "-ERR no\r\n"
		if _, ours := server.(joltuiServer); ours {
			no = `{"ok":false,"error":"too_many_topics: no"}` + "\n"
		}
		text := strings.Repeat(yes, 5) + no + yes
		for _, size := range []int{1, 7, len(text)} {
			near, far := net.Pipe()
			go func() {
				for at := 0; at < len(text); at += size {
					far.Write([]byte(text[at:min(at+size, len(text))]))
				}
				far.Close()
			}()
			var s subscriptions
			s.read(&client{Conn: near, t: &target{server: server}}, 100)
			if s.accepted.Load() != 6 || s.refused.Load() != 1 {
				t.Errorf("%T in pieces of %d: %d and %d", server, size, s.accepted.Load(), s.refused.Load())
			}
		}
	}
}

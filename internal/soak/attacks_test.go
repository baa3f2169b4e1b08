package soak

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"runtime"
	"strings"
	"sync"
	"time"
)

// hostile are clients that mean harm. They come from other addresses than the
// healthy, and expect nothing: a broker may refuse or cut them at any time.
type hostile struct {
	addr string
	hold time.Duration // how long they stay

	mu        sync.Mutex
	dialed    int
	connected map[string]int // by attack
}

func newHostile(addr string, hold time.Duration) *hostile {
	return &hostile{addr: addr, hold: hold, connected: make(map[string]int)}
}

// attack is something that they do with a connection, which is closed afterwards
// whatever has come and was not read.
type attack struct {
	name        string
	connections int // of each of them, all at once
	do          func(h *hostile, conn *net.TCPConn)
}

func attacks() []attack {
	return []attack{
		{"wrong logins and leave", 5, wrongLogins},
		{"silent", 5, (*hostile).untilClosed},
		{"half a line", 5, halfALine},
		{"garbage", 2, garbage},
		{"HTTP", 2, webRequest},
		{"slow reader", 1, slowReader},
		{"stalled reader", 1, stalledReader},
		{"subscribe storm", 1, subscribeStorm},
		{"reset", 20, reset},
		{"beyond the limit", connectionLimit / 2, nothing},
		{"oversized line", 2, oversizedLine},
		{"oversized line without a login", 2, oversizedStart},
		{"forbidden publishes", 2, forbiddenPublishes},
	}
}

// attack lets all hostile clients do the nth thing, and returns its name when they
// have left.
func (h *hostile) attack(n int) string {
	a := attacks()[n%len(attacks())]
	var running sync.WaitGroup
	for range hostiles {
		running.Go(func() {
			var open sync.WaitGroup
			for range a.connections {
				if conn := h.dial(a.name); conn != nil {
					defer conn.Close()
					conn.SetDeadline(time.Now().Add(2 * h.hold))
					open.Go(func() { a.do(h, conn) })
				}
			}
			open.Wait()
		})
	}
	running.Wait()
	return a.name
}

// dial comes from another address each time, 127.0.0.2 to 127.0.0.250, where the
// system has those. It returns nil if that fails.
func (h *hostile) dial(attack string) *net.TCPConn {
	h.mu.Lock()
	h.dialed++
	n := h.dialed
	h.mu.Unlock()
	d := net.Dialer{Timeout: 5 * time.Second}
	if runtime.GOOS == "linux" {
		d.LocalAddr = &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(2+n%249))}
	}
	conn, err := d.Dial("tcp", h.addr)
	if err != nil {
		return nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.connected[attack]++
	return conn.(*net.TCPConn)
}

const (
	wrongLogin = `{"op":"auth","user":"healthy","pass":"wrong"}` + "\n"
	rightLogin = `{"op":"auth","user":"hostile","pass":"hostile"}` + "\n"
)

func stormTopic(i int) string { return fmt.Sprintf("storm.%d", i) }

func nothing(*hostile, *net.TCPConn) {}

// untilClosed reads until the broker hangs up, or for as long as they stay.
func (h *hostile) untilClosed(conn *net.TCPConn) { io.Copy(io.Discard, conn) }

// login reports whether the broker has let it in.
func login(conn *net.TCPConn) bool {
	io.WriteString(conn, rightLogin)
	reply := make([]byte, len(`{"ok":true}`+"\n"))
	_, err := io.ReadFull(conn, reply)
	return err == nil && string(reply) == `{"ok":true}`+"\n"
}

func wrongLogins(_ *hostile, conn *net.TCPConn) {
	io.WriteString(conn, strings.Repeat(wrongLogin, 4096/len(wrongLogin)))
	conn.Close()
}

func halfALine(h *hostile, conn *net.TCPConn) {
	io.WriteString(conn, rightLogin[:20])
	h.untilClosed(conn)
}

func garbage(h *hostile, conn *net.TCPConn) {
	login(conn)
	bytes := make([]byte, 32<<10)
	for i := range bytes {
		bytes[i] = byte(rand.Uint32())
	}
	conn.Write(bytes)
	conn.CloseWrite()
	h.untilClosed(conn)
}

func webRequest(_ *hostile, conn *net.TCPConn) {
	io.WriteString(conn, "POST / HTTP/1.1\r\nHost: broker\r\n\r\n"+forbiddenPublish())
	conn.CloseWrite()
	io.Copy(io.Discard, conn)
}

// listen subscribes to all that the healthy publish, and keeps little of it in its
// own socket.
func listen(conn *net.TCPConn) bool {
	conn.SetReadBuffer(16 << 10)
	if !login(conn) {
		return false
	}
	for i := range publishers {
		fmt.Fprintf(conn, `{"op":"sub","topic":"%s"}`+"\n", topicOf(i))
	}
	return true
}

func slowReader(h *hostile, conn *net.TCPConn) {
	if !listen(conn) {
		return
	}
	buf := make([]byte, 4096)
	for begin := time.Now(); time.Since(begin) < h.hold; <-time.After(h.hold / 50) {
		if _, err := conn.Read(buf); err != nil {
			return
		}
	}
}

func stalledReader(h *hostile, conn *net.TCPConn) {
	if listen(conn) {
		<-time.After(3 * h.hold)
	}
}

func subscribeStorm(_ *hostile, conn *net.TCPConn) {
	if !login(conn) {
		return
	}
	go io.Copy(io.Discard, conn) // ends when it is closed
	for _, op := range []string{"sub", "unsub", "sub"} {
		var all strings.Builder
		for i := range stormTopics {
			fmt.Fprintf(&all, `{"op":"%s","topic":"%s"}`+"\n", op, stormTopic(i))
		}
		io.WriteString(conn, all.String())
	}
}

func reset(_ *hostile, conn *net.TCPConn) {
	io.WriteString(conn, wrongLogin)
	conn.SetLinger(0)
	conn.Close()
}

func oversizedLine(h *hostile, conn *net.TCPConn) {
	if login(conn) {
		oversizedStart(h, conn)
	}
}

func oversizedStart(h *hostile, conn *net.TCPConn) {
	io.WriteString(conn, strings.Repeat("x", 1<<20+1))
	h.untilClosed(conn)
}

func forbiddenPublish() string {
	return `{"op":"pub","topic":"` + topicOf(0) + `","data":"p0.0 1 "}` + "\n"
}

// forbiddenPublishes reads none of the replies.
func forbiddenPublishes(_ *hostile, conn *net.TCPConn) {
	if login(conn) {
		io.WriteString(conn, strings.Repeat(forbiddenPublish(), 2000))
	}
}

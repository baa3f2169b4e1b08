package broker_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"joltui/broker"
	"joltui/broker/brokertest"
)

const adminLogin = `{"op":"auth","user":"admin","pass":"root"}`

// What a client sends is carried out, whatever it does after that: it does not wait
// for its login, reads no reply, and closes. Its frames are those of the published
// Python client.
func TestWhatWasReceivedIsCarriedOut(t *testing.T) {
	for _, users := range []bool{false, true} {
		for _, encrypted := range []bool{false, true} {
			for name, leave := range map[string]func(net.Conn) error{"close": net.Conn.Close, "half-close": halfClose} {
				t.Run(fmt.Sprintf("%s, users %v, TLS %v", name, users, encrypted), func(t *testing.T) {
					s := newPublishAndClose(t, users, encrypted)
					for n := range 20 {
						s.publish(n, leave)
						s.expect(n)
					}
					if got := s.broker.Stats().MessagesIn; got != 20*published {
						t.Errorf("%d messages came in, want %d", got, 20*published)
					}
				})
			}
		}
	}
}

func halfClose(conn net.Conn) error { return conn.(interface{ CloseWrite() error }).CloseWrite() }

// published is how many messages one connection publishes.
const published = 1000

// publishAndClose is a broker, and a subscriber of what is published to it.
type publishAndClose struct {
	t          *testing.T
	broker     *broker.Broker
	dial       func() net.Conn
	login      string // what a publisher sends first
	subscriber *bufio.Reader
}

func newPublishAndClose(t *testing.T, users, encrypted bool) *publishAndClose {
	s := &publishAndClose{t: t}
	cfg := broker.Config{}
	if users {
		cfg.Security, s.login = true, adminLogin+"\n"
		cfg.Users = []broker.User{{Name: "admin", PasswordHash: brokertest.PasswordHash("root"), Permissions: []string{"admin"}}}
	}
	authority := brokertest.NewAuthority(t)
	if encrypted {
		pair := authority.Issue("127.0.0.1", time.Now().Add(time.Hour))
		cfg.TLS = &broker.TLS{Cert: pair.CertFile, Key: pair.KeyFile}
	}
	b, addr := serve(t, cfg)
	s.broker = b
	s.dial = func() net.Conn {
		conn, err := net.Dial("tcp", addr)
		if err == nil && encrypted {
			conn, err = tls.Dial("tcp", addr, &tls.Config{RootCAs: authority.Pool()})
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		conn.SetDeadline(time.Now().Add(time.Minute))
		return conn
	}
	subscriber := s.dial()
	io.WriteString(subscriber, s.login+`{"op":"sub","topic":"t"}`+"\n")
	s.subscriber = bufio.NewReader(subscriber)
	for range strings.Count(s.login, "\n") + 1 {
		if line, err := s.subscriber.ReadString('\n'); line != `{"ok":true}`+"\n" {
			t.Fatal(line, err)
		}
	}
	return s
}

// publish logs in, publishes and leaves, without reading.
func (s *publishAndClose) publish(n int, leave func(net.Conn) error) {
	var all strings.Builder
	all.WriteString(s.login)
	for m := range published {
		fmt.Fprintf(&all, `{"op": "pub", "topic": "t", "data": "caf\u00e9 %d.%d"}`+"\n", n, m)
	}
	conn := s.dial()
	if _, err := io.WriteString(conn, all.String()); err != nil {
		s.t.Fatal(err)
	}
	if err := leave(conn); err != nil {
		s.t.Fatal(err)
	}
}

func (s *publishAndClose) expect(n int) {
	for m := range published {
		line, err := s.subscriber.ReadString('\n')
		if want := fmt.Sprintf(" %d.%d\"}\n", n, m); !strings.HasSuffix(line, want) {
			s.t.Fatalf("got %s, %v, want …%s", line, err, want)
		}
	}
}

package jolt

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const tick = "{\"topic\":\"a\",\"data\":\"1\"}\n"

// loseOnce plays one connection that is lost, and returns what the client says of it
// when it is up again, and how long that took since the connection was up. The
// handler stalls for that long on a message "stall". With a certificate all of it is
// encrypted.
func loseOnce(t *testing.T, cert *tls.Certificate, stall time.Duration, lose func(p *peer, in *inbox)) (gap *Gap, took time.Duration) {
	t.Helper()
	var secure *tls.Config
	if cert != nil {
		secure = &tls.Config{InsecureSkipVerify: true}
	}
	synctest.Test(t, func(t *testing.T) {
		b := newFakeBroker(t)
		ins := make(chan *inbox, 2)
		gaps := make(chan *Gap, 1)
		var since time.Time
		c, err := New(Config{
			Topics:  []string{"a"},
			TLS:     secure,
			Backoff: func(int) time.Duration { return time.Second },
			Dial: func(ctx context.Context, n, a string) (net.Conn, error) {
				conn, err := b.dial(ctx, n, a)
				in := newInbox(conn)
				ins <- in
				return in, err
			},
			Handler: func(batch []Event) {
				for _, e := range batch {
					stalls(e, stall)
					if s, ok := e.(*StateChange); ok && s.State == Down {
						since = s.Since
					}
					if g, ok := e.(*Gap); ok {
						gaps <- g
					}
				}
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		up := func() *peer {
			p := b.accept()
			if cert != nil {
				p.Conn = tls.Server(p.Conn, &tls.Config{Certificates: []tls.Certificate{*cert}})
				p.r = bufio.NewReader(p.Conn)
			}
			p.expect(`{"op":"sub","topic":"a"}`)
			p.send(okLine)
			synctest.Wait()
			return p
		}
		p := up()
		begin := time.Now()
		in := <-ins
		in.client = c
		lose(p, in)
		if secure, ok := p.Conn.(*tls.Conn); ok && in.resets.Load() {
			p.Conn = secure.NetConn() // without a farewell
		}
		p.Close()
		p = up()
		gap, took = <-gaps, time.Since(begin)
		if !since.Equal(gap.From) {
			t.Errorf("down since %s, and the gap is from %s", since, gap.From)
		}
		p.Close()
	})
	return gap, took
}

func stalls(e Event, stall time.Duration) {
	if m, ok := e.(*Message); ok && m.Data == "stall" {
		time.Sleep(stall)
	}
}

// answering answers every request, until the connection ends.
func answering(p *peer) {
	go func() {
		for {
			if _, err := p.r.ReadString('\n'); err != nil {
				return
			}
			if _, err := io.WriteString(p, okLine); err != nil {
				return
			}
		}
	}()
}

func ticking(p *peer, n int, every time.Duration) {
	for range n {
		time.Sleep(every)
		p.send(tick)
	}
}

// Promise 32 of reliability: an outage is told to be as long as it was, or longer,
// and why it was. The times are fake, and so exact.
func TestOutagesAreReportedTruthfully(t *testing.T) {
	const stalls = "{\"topic\":\"a\",\"data\":\"stall\"}\n"
	const goodbye = "{\"ok\":false,\"error\":\"slow_consumer: nothing was read for 10s\"}\n"
	ours := selfSigned(t)
	ignore := func(p *peer) { go io.Copy(io.Discard, p.r) }
	for name, tt := range map[string]struct {
		stall time.Duration
		lose  func(p *peer, in *inbox)
		good  time.Duration // since it was up; from then on messages are missing
		cause string
	}{
		"idle, and closed": {0, func(p *peer, _ *inbox) {
			answering(p)
			time.Sleep(10200 * time.Millisecond)
		}, 10200 * time.Millisecond, "EOF"},
		"busy, and closed": {0, func(p *peer, _ *inbox) {
			answering(p)
			ticking(p, 50, 100*time.Millisecond)
		}, 5 * time.Second, "EOF"},
		"closed while the handler stalls": {15 * time.Second, func(p *peer, _ *inbox) {
			ignore(p)
			ticking(p, 20, 100*time.Millisecond)
			p.send(stalls)
			ticking(p, 100, 100*time.Millisecond)
		}, 2 * time.Second, ErrFellBehind.Error() + ": EOF"},
		// It never stalls for long, but there is always more than it has read.
		"always a little behind": {200 * time.Millisecond, func(p *peer, _ *inbox) {
			ignore(p)
			ticking(p, 10, 100*time.Millisecond)
			for range 6 {
				p.send(stalls, strings.Repeat(tick, (256<<10)/len(tick)))
			}
		}, time.Second, ErrFellBehind.Error() + ": EOF"},
		// What a broker had sent before it hung up still comes after the socket was
		// seen drained: that proves nothing.
		"what is under way trickles in": {15 * time.Second, func(p *peer, _ *inbox) {
			ignore(p)
			p.send(stalls)
			time.Sleep(15 * time.Second)
			ticking(p, 20, 30*time.Millisecond)
		}, 0, ErrFellBehind.Error() + ": EOF"},
		"the broker says why": {15 * time.Second, func(p *peer, _ *inbox) {
			ignore(p)
			time.Sleep(time.Second)
			p.send(stalls, tick, tick, goodbye)
		}, 0, "jolt: the broker ended the connection: slow_consumer: nothing was read for 10s"},
		// The network is narrow: what the broker drops never gets near the client, which
		// reads all that comes. The last that is known is the ping 5 s after the start.
		"slow, and never behind": {0, func(p *peer, _ *inbox) {
			go func() {
				p.r.ReadString('\n')
				io.WriteString(p, okLine)
				io.Copy(io.Discard, p.r)
			}()
			ticking(p, 80, 100*time.Millisecond)
			p.send(goodbye)
		}, 5 * time.Second, "jolt: the broker ended the connection: slow_consumer: nothing was read for 10s"},
		"a stall that did no harm": {15 * time.Second, func(p *peer, _ *inbox) {
			answering(p)
			p.send(stalls, tick)
			time.Sleep(20100 * time.Millisecond)
		}, 20100 * time.Millisecond, "EOF"},
		"the process was stopped": {0, func(p *peer, in *inbox) {
			answering(p)
			time.Sleep(1500 * time.Millisecond)
			in.frozen.Store(int64(20 * time.Second)) // from the next look, which is at 2 s
			time.Sleep(5 * time.Second)
		}, 2 * time.Second, ErrFellBehind.Error() + ": EOF"},
		"silence": {0, func(p *peer, _ *inbox) {
			ignore(p)
			ticking(p, 10, 100*time.Millisecond)
			time.Sleep(10 * time.Second)
		}, time.Second, "jolt: peer does not respond: silent for 7s"},
		// It may have been gone ever since it was last heard of.
		"a reset": {0, func(p *peer, in *inbox) {
			ignore(p)
			ticking(p, 10, 100*time.Millisecond)
			in.resets.Store(true)
			time.Sleep(2 * time.Second)
		}, time.Second, "read: read: connection reset by peer"},
		// The last words are in the socket when a request can no longer be sent.
		"nothing can be sent": {15 * time.Second, func(p *peer, in *inbox) {
			in.stuck.Store(true)
			p.send(stalls, tick, goodbye)
			go in.client.Publish(context.Background(), "a", "1")
			synctest.Wait()
		}, 0, "jolt: the broker ended the connection: slow_consumer: nothing was read for 10s"},
	} {
		for protocol, cert := range map[string]*tls.Certificate{"TCP": nil, "TLS": &ours} {
			t.Run(name+" "+protocol, func(t *testing.T) {
				gap, took := loseOnce(t, cert, tt.stall, tt.lose)
				if got := took - gap.To.Sub(gap.From); got != tt.good {
					t.Errorf("good for %s, want %s", got, tt.good)
				}
				if gap.Cause.Error() != tt.cause {
					t.Errorf("cause: %v", gap.Cause)
				}
				if strings.HasPrefix(tt.cause, ErrFellBehind.Error()) && !(errors.Is(gap.Cause, ErrFellBehind) && errors.Is(gap.Cause, io.EOF)) {
					t.Errorf("cause: %#v", gap.Cause)
				}
			})
		}
	}
}

// A client that only receives pings, so that it knows up to when everything has
// come. The reply may be as late as what comes before it, but not if another request
// waits for it.
func TestPingAmidMessages(t *testing.T) {
	start(t, Config{Topics: []string{"a"}}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.accept()
		p.expect(`{"op":"sub","topic":"a"}`)
		p.send(okLine)
		rec.take()
		begin := time.Now()
		pinged := async(func() error { _, err := p.r.ReadString('\n'); return err })
		ticking(p, 51, 100*time.Millisecond)
		if err := <-pinged; err != nil {
			t.Fatal(err)
		}
		ticking(p, 300, 100*time.Millisecond)
		if !c.IsConnected() || time.Since(begin) < 35*time.Second {
			t.Fatalf("down; events:\n%s", rec.take())
		}
		waits := async(func() error { return c.Publish(context.Background(), "a", "1") })
		synctest.Wait()
		io.WriteString(p, tick)
		if err := <-waits; !errors.Is(err, ErrNotConnected) || !errors.Is(err, ErrNoReply) {
			t.Errorf("publish: %v", err)
		}
	})
}

package jolt

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

// tracer keeps what it is told, as short texts.
type tracer struct {
	mu    sync.Mutex
	lines []string
}

func (tr *tracer) trace(l TraceLine) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	var about string
	switch {
	case l.Err != nil:
		about = fmt.Sprintf(" unreadable, %d bytes", l.Size)
	case l.Request != nil:
		about = " (" + l.Request.String() + ")"
	}
	arrow := "← " + l.Frame.Kind.String() + " "
	if l.Sent {
		arrow = "→ "
	}
	if l.Err == nil && l.Size != len(l.Raw()) || l.At.IsZero() {
		about += fmt.Sprintf(" of %d bytes at %v", l.Size, l.At)
	}
	tr.lines = append(tr.lines, arrow+l.Raw()+about)
}

func (tr *tracer) expect(t *testing.T, want ...string) {
	t.Helper()
	synctest.Wait()
	tr.mu.Lock()
	defer tr.mu.Unlock()
	if got, want := strings.Join(tr.lines, "\n"), strings.Join(want, "\n"); got != want {
		t.Errorf("traced:\n%s\nwant:\n%s", got, want)
	}
	tr.lines = nil
}

func TestTrace(t *testing.T) {
	var tr tracer
	cfg := Config{Trace: tr.trace, User: "ann", Pass: "se\"cret", Topics: []string{"a"}, MaxLine: 300, InsecurePlaintextAuth: true}
	start(t, cfg, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.accept()
		p.expect(`{"op":"auth","user":"ann","pass":"se\"cret"}`)
		p.send(okLine)
		p.expect(`{"op":"sub","topic":"a"}`)
		p.send(okLine)
		tr.expect(t,
			`→ {"op":"auth","user":"ann","pass":"***"} (auth "ann")`,
			`← ack {"ok":true} (auth "ann")`,
			`→ {"op":"sub","topic":"a"} (sub "a")`,
			`← ack {"ok":true} (sub "a")`,
		)

		done := async(func() error { return c.Publish(context.Background(), "a", "x\n") })
		p.expect(`{"op":"pub","topic":"a","data":"x\n"}`)
		p.send(`{"topic":"a","data":"1"}`+"\n\n", badLine)
		<-done
		tr.expect(t,
			`→ {"op":"pub","topic":"a","data":"x\n"} (pub "a")`,
			`← message {"topic":"a","data":"1"}`,
			`← error {"ok":false,"error":"forbidden: no"} (pub "a")`,
		)

		p.send("{\"new\":1}\n", "{\n", strings.Repeat("x", 400)+"\n", badLine)
		tr.expect(t,
			`← unknown {"new":1}`,
			`← unknown { unreadable, 1 bytes`,
			`← unknown `+strings.Repeat("x", 256)+` unreadable, 400 bytes`,
			`← error {"ok":false,"error":"forbidden: no"}`,
		)
	})
}

// Each of a window is traced before its reply, also of one that leaves in
// several writes.
func TestTraceWindow(t *testing.T) {
	var tr tracer
	start(t, Config{Trace: tr.trace, Window: 3}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.up()
		rec.take()
		done := async(func() error { _, err := c.Ping(context.Background()); return err })
		p.expect(`{"op":"ping"}`) // while it is out, the others gather
		big := strings.Repeat("x", writeSize)
		want := []string{`→ {"op":"ping"} (ping)`, `← ack {"ok":true} (ping)`}
		want = append(want, want...) // the first ping made it up
		for _, data := range []string{big, "", big} {
			line := `{"op":"pub","topic":"a","data":"` + data + `"}`
			if err := c.Start(context.Background(), Request{Op: OpPublish, Topic: "a", Data: data}, nil); err != nil {
				t.Fatal(err)
			}
			want = append(want, `→ `+line+` (pub "a")`)
		}
		p.send(okLine)
		<-done
		for range 3 {
			if _, err := p.r.ReadString('\n'); err != nil {
				t.Fatal(err)
			}
		}
		tr.expect(t, want...)
	})
}

// The password of a login is in no trace, however it is escaped, and however much
// of the login leaves.
func TestTraceHidesPasswords(t *testing.T) {
	const canary = "canary"
	for _, pass := range []string{canary, `"` + canary, canary + `\`, "\\\"" + canary + "\x00\u2028\"", canary + strings.Repeat("x", 2*writeSize)} {
		var tr tracer
		cfg := Config{Trace: tr.trace, User: "ann", Pass: pass, InsecurePlaintextAuth: true}
		start(t, cfg, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
			p := b.accept()
			if _, err := p.Read(make([]byte, 30)); err != nil { // part of the login
				t.Fatal(err)
			}
			p.Close()
			synctest.Wait()
			p = b.accept()
			if _, err := p.r.ReadString('\n'); err != nil {
				t.Fatal(err)
			}
			p.send(okLine)
			synctest.Wait()
			done := async(func() error { return c.Auth(context.Background(), "bob", pass) })
			if _, err := p.r.ReadString('\n'); err != nil {
				t.Fatal(err)
			}
			p.send(badLine)
			var rejected *RejectedError
			if err := <-done; !errors.As(err, &rejected) {
				t.Fatal(err)
			}
			tr.mu.Lock()
			defer tr.mu.Unlock()
			all := strings.Join(tr.lines, "\n")
			if strings.Contains(all, canary) {
				t.Errorf("with the password %.40q the trace is\n%.500s", pass, all)
			}
			if n := strings.Count(all, `"pass":"***"`); n != 3 {
				t.Errorf("%d logins are traced, not 3:\n%.500s", n, all)
			}
		})
	}
}

package sshd

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestASession(t *testing.T) {
	var got *Session
	handler := func(s *Session) {
		got = s
		text, _ := io.ReadAll(s)
		fmt.Fprintf(s, "hello %s", text)
		s.Exit(7)
	}
	bubble(t, Config{Handler: handler}, func(t *testing.T, r *rig) {
		c := r.login(2)
		ch := c.open()
		ch.ask("env", envRequest{"LANG", "de_AT.UTF-8"})
		ch.ask("env", envRequest{"LC_ALL", "C"})
		ch.ask("env", envRequest{"LD_PRELOAD", "x"})
		if !ch.ask("pty-req", ptyRequest{Term: "tmux-256color", Columns: 160, Rows: 50}) || !ch.ask("shell", nil) {
			t.Fatal("no shell")
		}
		ch.Channel.Write([]byte("world"))
		ch.CloseWrite()
		if code := ch.exitCode(); code != 7 || ch.output() != "hello world" {
			t.Errorf("%q, code %d", ch.output(), code)
		}
		term, pty := got.Terminal()
		if term != "tmux-256color" || !pty || got.Size() != (Size{160, 50}) || got.Command() != nil {
			t.Error(term, pty, got.Size(), got.Command())
		}
		if v := got.Viewer(); v.Name != "otto" || !v.Grant.Publish {
			t.Errorf("%+v", v)
		}
		if env := strings.Join(got.Env(), " "); env != "LANG=de_AT.UTF-8 LC_ALL=C" {
			t.Error(env)
		}
		c.Close()
		synctest.Wait()
		came, left := r.log.one(t, MsgCame), r.log.one(t, MsgLeft)
		if came[AttrName] != "otto" || came[AttrAddress] != home+":40000" || came[AttrTerminal] != "tmux-256color" ||
			came[AttrFingerprint] != got.Viewer().Fingerprint {
			t.Error(came)
		}
		if left[AttrCode] != 7.0 || left[AttrWhy] != "the program ended" || left[AttrUnsent] != 0.0 || left[AttrLasted] != 0.0 || left[AttrSession] != came[AttrSession] {
			t.Error(left)
		}
		if n := r.server.Stats(); n.Sessions != 0 || n.Connections != 0 || n.LoggingIn != 0 || n.Started != 1 || n.LoggedIn != 1 || n.BytesOut == 0 {
			t.Errorf("%+v", n)
		}
	})
}

func TestCommands(t *testing.T) {
	show := func(s *Session) {
		_, pty := s.Terminal()
		fmt.Fprintf(s, "%q pty=%v", s.Command(), pty)
		fmt.Fprint(s.Stderr(), "!")
	}
	bubble(t, Config{Handler: show}, func(t *testing.T, r *rig) {
		c := r.login(1)
		defer c.Close()
		for command, want := range map[string]string{
			"":                                 "[] pty=%v",
			"  ":                               "[] pty=%v",
			"orders.eu /failed":                `["orders.eu" "/failed"] pty=%v`,
			`sub  --json 'a b' "c\"d" e\ f ''`: `["sub" "--json" "a b" "c\"d" "e f" ""] pty=%v`,
		} {
			for _, pty := range []bool{false, true} {
				ch := c.open()
				if pty {
					ch.ask("pty-req", ptyRequest{Term: "xterm", Columns: 80, Rows: 24})
				}
				if !ch.ask("exec", execRequest{command}) {
					t.Fatal("refused")
				}
				if code := ch.exitCode(); code != 0 {
					t.Error(command, code)
				}
				synctest.Wait()
				if got := ch.output(); got != fmt.Sprintf(want, pty) {
					t.Errorf("%q: %s", command, got)
				}
			}
		}
		for _, command := range []string{`'a`, `a "b`, strings.Repeat("x", maxCommand+1)} {
			ch := c.open()
			ch.ask("exec", execRequest{command})
			if code := ch.exitCode(); code != codeUsage {
				t.Errorf("%.10q: code %d", command, code)
			}
		}
	})
}

// Sizes are those that a terminal can have, whatever is said; a storm of them leaves the last.
func TestSizes(t *testing.T) {
	sessions := make(chan *Session, 1)
	handler := func(s *Session) {
		sessions <- s
		<-s.Done()
	}
	bubble(t, Config{Handler: handler}, func(t *testing.T, r *rig) {
		c := r.login(1)
		defer c.Close()
		for said, want := range map[Size]Size{
			{0, 0}: {80, 24}, {10000, 10000}: {maxWidth, maxHeight}, {1, 1}: {1, 1}, {1<<32 - 1, 0}: {maxWidth, 24},
		} {
			ch := c.open()
			ch.ask("pty-req", ptyRequest{Term: "xterm", Columns: uint32(said.Width), Rows: uint32(said.Height)})
			ch.ask("shell", nil)
			s := <-sessions
			if s.Size() != want {
				t.Errorf("%v is %v, want %v", said, s.Size(), want)
			}
			select {
			case size := <-s.Resized():
				t.Error("resized without a resize:", size)
			default:
			}
			for n := range 1000 {
				ch.SendRequest("window-change", false, marshal(sizeRequest{Columns: uint32(n + 1), Rows: 30}))
			}
			ch.ask("window-change", sizeRequest{Columns: 0, Rows: 10000})
			if size := <-s.Resized(); size != (Size{1000, maxHeight}) || s.Size() != size {
				t.Error(size, s.Size())
			}
			ch.Close()
		}
	})
}

// The session ends with its channel; another one on the same connection goes on.
func TestASessionEndsWithItsChannel(t *testing.T) {
	sessions := make(chan *Session, 2)
	handler := func(s *Session) {
		sessions <- s
		echo(s)
	}
	bubble(t, Config{Handler: handler}, func(t *testing.T, r *rig) {
		c := r.login(1)
		a := c.shell()
		first := <-sessions
		b := c.shell()
		second := <-sessions
		a.Close()
		<-first.Done()
		if first.Why() != ErrClosed {
			t.Error(first.Why())
		}
		b.Channel.Write([]byte("x"))
		synctest.Wait()
		if second.Why() != nil || b.output() != "x" {
			t.Error(second.Why(), b.output())
		}
		c.Close()
		<-second.Done()
		if second.Why() != ErrLost {
			t.Error(second.Why())
		}
		if _, err := second.Write([]byte("y")); err == nil {
			synctest.Wait()
			if _, err = second.Write([]byte("y")); err == nil {
				t.Error("a write to nobody succeeds")
			}
		}
	})
}

// A fault in one session is told its viewer, and ends no other.
func TestPanics(t *testing.T) {
	handler := func(s *Session) {
		if s.Command() != nil {
			panic("boom " + s.Command()[0])
		}
		echo(s)
	}
	bubble(t, Config{Handler: handler}, func(t *testing.T, r *rig) {
		c := r.login(1)
		healthy := c.shell()
		ch := c.open()
		ch.ask("pty-req", ptyRequest{Term: "xterm"})
		ch.ask("exec", execRequest{"here"})
		if code := ch.exitCode(); code != codeFault || !strings.Contains(ch.output(), "a fault in the program ended this session") {
			t.Errorf("code %d, %q", code, ch.output())
		}
		healthy.Channel.Write([]byte("x"))
		synctest.Wait()
		if healthy.output() != "x" {
			t.Error("the other session is gone, too")
		}
		p := r.log.one(t, MsgPanic)
		if p[AttrError] != "boom here" || !strings.Contains(p[AttrStack].(string), "session_test.go") || p[AttrWhat] != "session of anna" {
			t.Error(p)
		}
		if left := r.log.one(t, MsgLeft); left[AttrWhy] != ErrPanicked.Error() || left[AttrCode] != 1.0 {
			t.Error(left)
		}
		if n := r.server.Stats(); n.Panics != 1 || n.Sessions != 1 {
			t.Errorf("%+v", n)
		}
		c.Close()
	})
}

// What a command without a terminal has written is delivered, to a slow reader, too.
func TestOutputIsDelivered(t *testing.T) {
	const size = 3 << 20
	handler := func(s *Session) {
		for range size / 4096 {
			s.Write(make([]byte, 4096))
		}
		s.Exit(3)
	}
	bubble(t, Config{Handler: handler}, func(t *testing.T, r *rig) {
		c, err := r.try(1, home, 100_000)
		if err != nil {
			t.Fatal(err)
		}
		ch := c.open()
		ch.ask("exec", execRequest{"sub"})
		if code := ch.exitCode(); code != 3 {
			t.Error(code)
		}
		synctest.Wait()
		if n := len(ch.output()); n != size {
			t.Errorf("%d of %d bytes", n, size)
		}
		c.Close()
	})
}

// A handler that does not end is left behind; the viewer's terminal is not.
func TestAHandlerThatHangs(t *testing.T) {
	release := make(chan struct{})
	handler := func(s *Session) { <-release }
	synctest.Test(t, func(t *testing.T) {
		release = make(chan struct{})
		r := start(t, Config{Handler: handler})
		c := r.login(1)
		ch := c.shell()
		began := time.Now()
		r.stop()
		if code := ch.exitCode(); code != codeFault || time.Since(began) != 5*time.Second {
			t.Error(code, time.Since(began))
		}
		if err := <-r.served; err == nil || err.Error() != "sshd: 1 sessions did not end" {
			t.Error(err)
		}
		close(release)
		c.Close()
	})
}

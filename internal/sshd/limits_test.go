package sshd

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/crypto/ssh"
)

func TestSessionsOfAKeyAndInAll(t *testing.T) {
	bubble(t, Config{Handler: echo, MaxSessions: 5}, func(t *testing.T, r *rig) {
		anna, otto := r.login(1), r.login(2)
		first := anna.shell()
		for range 3 {
			anna.shell()
		}
		_, err := anna.tryOpen()
		if err == nil || !strings.Contains(err.Error(), "your key has 4 sessions already, the most that are allowed") {
			t.Error(err)
		}
		otto.shell()
		if _, err = otto.tryOpen(); err == nil || !strings.Contains(err.Error(), "there are 5 sessions already, the most that are allowed") {
			t.Error(err)
		}
		first.Close()
		synctest.Wait()
		anna.shell()
		if n := len(r.log.records(t, MsgRefused)); n != 2 {
			t.Errorf("%d refusals in the log", n)
		}
		anna.Close()
		otto.Close()
	})
}

// Connections without a session are bounded, too, and do not stay.
func TestConnectionsWithoutASession(t *testing.T) {
	bubble(t, Config{Handler: echo}, func(t *testing.T, r *rig) {
		var all []*client
		for range 8 {
			all = append(all, r.login(1))
		}
		var told string
		cfg := clientConfig(t, ssh.PublicKeys(signer(t, 1)))
		cfg.BannerCallback = func(message string) error {
			told = message
			return nil
		}
		if _, err := r.tryWith(cfg, home, 0); err == nil || told != "joltui: there are too many connections already\r\n" {
			t.Errorf("%v, %q", err, told)
		}
		used := all[0].shell()
		time.Sleep(lonelyTime)
		synctest.Wait()
		if n := r.server.Stats(); n.Connections != 1 {
			t.Errorf("%+v", n)
		}
		used.Channel.Write([]byte("x"))
		synctest.Wait()
		if used.output() != "x" {
			t.Error("the connection with a session is gone")
		}
		used.Close()
		time.Sleep(lonelyTime)
		synctest.Wait()
		if n := r.server.Stats(); n.Connections != 0 {
			t.Errorf("%+v", n)
		}
	})
}

// What is typed counts, what is drawn does not.
func TestIdle(t *testing.T) {
	var told []time.Duration // until the end, 0: something was typed
	handler := func(s *Session) {
		s.OnIdle(func(ends time.Time) {
			if ends.IsZero() {
				told = append(told, 0)
				return
			}
			told = append(told, time.Until(ends))
		})
		go func() {
			for tick := time.NewTicker(time.Second); ; {
				select {
				case <-tick.C:
					s.Write([]byte("frame"))
				case <-s.Done():
					return
				}
			}
		}()
		buf := make([]byte, 10)
		for {
			if _, err := s.Read(buf); err != nil {
				return
			}
		}
	}
	bubble(t, Config{Handler: handler, IdleTimeout: 30 * time.Minute, Drain: time.Second}, func(t *testing.T, r *rig) {
		c := r.login(1)
		ch := c.shell()
		time.Sleep(29*time.Minute + 30*time.Second)
		ch.Channel.Write([]byte("x"))
		typed := time.Now()
		code := ch.exitCode()
		if took := time.Since(typed); took != 30*time.Minute+time.Second || code != codeFault {
			t.Error("ended after", took, "with", code)
		}
		synctest.Wait()
		if len(told) != 3 || told[0] != time.Minute || told[1] != 0 || told[2] != time.Minute {
			t.Error(told)
		}
		if left := r.log.one(t, MsgLeft); left[AttrWhy] != ErrIdle.Error() || r.server.Stats().Idle != 1 {
			t.Error(left)
		}
		c.Close()
	})
}

// A channel that asks for nothing does not take a viewer's place for long.
func TestASessionThatDoesNotBegin(t *testing.T) {
	bubble(t, Config{Handler: echo}, func(t *testing.T, r *rig) {
		c := r.login(1)
		ch := c.open()
		began := time.Now()
		<-ch.closed
		if took := time.Since(began); took != setupTime {
			t.Error(took)
		}
		synctest.Wait()
		if r.server.Stats().Sessions != 0 || len(r.log.records(t, MsgCame)) != 0 {
			t.Errorf("%+v", r.server.Stats())
		}
		c.Close()
	})
}

// Who is taken out of the file, or may do something else, is out at once; the others stay.
func TestRevoked(t *testing.T) {
	bubble(t, Config{Handler: echo}, func(t *testing.T, r *rig) {
		anna, otto := r.login(1), r.login(2)
		gone, other := otto.shell(), anna.shell()
		lonely := r.login(2)
		synctest.Wait()
		r.keys.replace(t, line(t, "", 1, "anna")+line(t, "", 2, "otto")) // no longer publish
		r.server.Recheck()
		<-gone.closed
		other.Channel.Write([]byte("x"))
		if err := lonely.Wait(); err == nil {
			t.Error("a connection without a session stays")
		}
		synctest.Wait()
		if other.output() != "x" {
			t.Error("a viewer whose line is as it was has lost the session")
		}
		if left := r.log.one(t, MsgLeft); left[AttrWhy] != ErrRevoked.Error() || left[AttrName] != "otto" {
			t.Error(left)
		}
		if _, err := otto.tryOpen(); err == nil {
			t.Error("the connection goes on")
		}
		anna.Close()
	})
}

func TestAKeyExpiresMeanwhile(t *testing.T) {
	bubble(t, Config{Handler: echo}, func(t *testing.T, r *rig) {
		r.keys.replace(t, line(t, `expiry-time="20000101000500Z" `, 1, "anna"))
		began := time.Now()
		c := r.login(1)
		ch := c.shell()
		<-ch.closed
		if took := time.Since(began); took != 5*time.Minute {
			t.Error(took)
		}
		synctest.Wait()
		if left := r.log.one(t, MsgLeft); left[AttrWhy] != ErrExpired.Error() || r.server.Stats().Revoked != 1 {
			t.Error(left)
		}
		c.Close()
	})
}

// At shutdown each handler can say good-bye.
func TestShutdown(t *testing.T) {
	handler := func(s *Session) {
		<-s.Done()
		s.Write([]byte("bye"))
		s.Exit(9)
	}
	synctest.Test(t, func(t *testing.T) {
		r := start(t, Config{Handler: handler})
		c := r.login(1)
		ch := c.shell()
		unused := r.login(2)
		knocking := r.net.dial(home, 0)
		synctest.Wait()
		began := time.Now()
		r.stop()
		if code := ch.exitCode(); code != 9 {
			t.Error(code)
		}
		if err := <-r.served; err != nil || time.Since(began) != 0 {
			t.Error(err, time.Since(began))
		}
		synctest.Wait()
		if ch.output() != "bye" {
			t.Errorf("%q", ch.output())
		}
		if left := r.log.one(t, MsgLeft); left[AttrWhy] != ErrShutdown.Error() || left[AttrCode] != 9.0 {
			t.Error(left)
		}
		if unused.Wait() == nil || c.Wait() == nil {
			t.Error("a connection is left")
		}
		buf := make([]byte, 100)
		for {
			if _, err := knocking.Read(buf); err != nil {
				break
			}
		}
		if err := r.server.Serve(t.Context(), newNetwork()); err != ErrServed {
			t.Error(err)
		}
	})
}

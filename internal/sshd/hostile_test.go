package sshd

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/crypto/ssh"
)

// among runs an attack by otto while anna looks on, who must not notice.
func among(t *testing.T, cfg Config, attack func(t *testing.T, r *rig, otto *client)) {
	t.Helper()
	if cfg.Handler == nil {
		cfg.Handler = echo
	}
	synctest.Test(t, func(t *testing.T) { amongOthers(t, cfg, attack) })
}

// amongOthers is among in a bubble that is there already.
func amongOthers(t *testing.T, cfg Config, attack func(t *testing.T, r *rig, otto *client)) {
	t.Helper()
	r := start(t, cfg)
	anna, otto := r.login(1), r.login(2)
	viewer := anna.shell()
	attack(t, r, otto)
	viewer.Channel.Write([]byte("x"))
	synctest.Wait()
	if !strings.HasSuffix(viewer.output(), "x") {
		t.Error("another viewer has lost the session")
	}
	otto.Close()
	anna.Close()
	r.end()
}

// Everything but sessions is refused, with a line that says what it was.
func TestNothingButSessions(t *testing.T) {
	among(t, Config{}, func(t *testing.T, r *rig, otto *client) {
		for _, kind := range []string{"direct-tcpip", "direct-streamlocal@openssh.com", "x11", "auth-agent@openssh.com", "forwarded-tcpip", "tun@openssh.com"} {
			if _, _, err := otto.OpenChannel(kind, []byte("x")); err == nil {
				t.Error(kind, "was opened")
			}
		}
		for _, kind := range []string{"tcpip-forward", "streamlocal-forward@openssh.com", "cancel-tcpip-forward"} {
			if ok, _, err := otto.SendRequest(kind, true, nil); ok || err != nil {
				t.Error(kind, ok, err)
			}
		}
		if ok, _, err := otto.SendRequest(keepalive, true, nil); ok || err != nil {
			t.Error("no answer to a keep-alive", err)
		}
		ch := otto.open()
		for _, kind := range []string{"x11-req", "auth-agent-req@openssh.com"} {
			if ch.ask(kind, nil) {
				t.Error(kind, "was granted")
			}
		}
		if ch.ask("subsystem", execRequest{"sftp"}) {
			t.Error("sftp was granted")
		}
		ch.ask("shell", nil)
		if ch.ask("exec", execRequest{"sub"}) || ch.ask("shell", nil) || ch.ask("pty-req", ptyRequest{Term: "xterm"}) {
			t.Error("a session began twice")
		}
		otto.SendRequest("no-more-sessions@openssh.com", false, nil)
		synctest.Wait()
		var what []string
		for _, no := range r.log.records(t, MsgRefused) {
			if no[AttrName] != "otto" || no[AttrWhy] == "" {
				t.Error(no)
			}
			what = append(what, no[AttrWhat].(string))
		}
		const want = "channel direct-tcpip,channel direct-streamlocal@openssh.com,channel x11,channel auth-agent@openssh.com,channel forwarded-tcpip,channel tun@openssh.com," +
			"tcpip-forward,streamlocal-forward@openssh.com,cancel-tcpip-forward,request x11-req,request auth-agent-req@openssh.com,subsystem sftp," +
			"request exec,request shell,request pty-req"
		if got := strings.Join(what, ","); got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	})
}

// Whatever is in a request, it is refused or has no effect, and the log stays short.
func TestGarbageInEveryRequest(t *testing.T) {
	kinds := []string{"pty-req", "env", "window-change", "exec", "subsystem", "signal", "xon-xoff", "break", "x11-req", "exit-status",
		"eow@openssh.com", "\x1b[31m", "\u202e", "", strings.Repeat("y", 10_000), "shell"}
	among(t, Config{}, func(t *testing.T, r *rig, otto *client) {
		random := rand.New(rand.NewPCG(1, 2))
		garbage := func() []byte {
			junk := make([]byte, random.IntN(200))
			for i := range junk {
				junk[i] = byte(random.IntN(256))
			}
			if len(junk) > 4 && random.IntN(2) == 0 {
				copy(junk, "\x00\x00\x00") // a text that may end within
			}
			return junk
		}
		for range 20 {
			ch := otto.open()
			for range 10 {
				for _, kind := range kinds {
					ch.SendRequest(kind, random.IntN(2) == 0, garbage())
					otto.SendRequest(kind, random.IntN(2) == 0, garbage())
				}
			}
			ch.Close()
			<-ch.closed
			otto.OpenChannel(kinds[random.IntN(len(kinds))], garbage())
		}
		synctest.Wait()
		refused := r.log.records(t, MsgRefused)
		if n := r.server.Stats(); n.Refused < 2000 || n.Panics != 0 || len(refused) > 100 {
			t.Errorf("%d lines for %d refusals, %d panics", len(refused), n.Refused, n.Panics)
		}
		for _, no := range refused {
			if what := no[AttrWhat].(string); strings.ContainsAny(what, "\x1b\u202e") || len(what) > 300 {
				t.Errorf("in the log: %q", what)
			}
		}
	})
}

// However large an environment is, what is kept of it is small.
func TestLargeEnvironment(t *testing.T) {
	var got *Session
	handler := func(s *Session) {
		if s.Viewer().Name == "otto" {
			got = s
		}
		echo(s)
	}
	among(t, Config{Handler: handler}, func(t *testing.T, r *rig, otto *client) {
		ch := otto.open()
		for _, bad := range []envRequest{{"LC_A=B", "c"}, {"LANG", "\x1b[31m"}, {"LANG", strings.Repeat("v", maxVariable+1)}, {"PATH", "/tmp"}, {"LC_" + strings.Repeat("X", 300), "c"}} {
			if ch.ask("env", bad) {
				t.Errorf("%q was taken", bad.Name)
			}
		}
		for n := range 40 { // 1 MiB and more
			ch.SendRequest("env", false, marshal(envRequest{fmt.Sprintf("LC_%d", n), strings.Repeat("v", 30_000)}))
		}
		for n := range 4000 {
			ch.SendRequest("env", false, marshal(envRequest{fmt.Sprintf("LC_%d", n), strings.Repeat("v", maxVariable)}))
		}
		ch.ask("shell", nil)
		synctest.Wait()
		if n := len(got.Env()); n != maxEnv {
			t.Errorf("%d variables", n)
		}
		if no := r.log.one(t, MsgRefused); no[AttrWhat] != "request env" || no[AttrWhy] != "there are 32 variables already" {
			t.Error(no)
		}
		// A request larger than SSH's packets ends the connection.
		ch.SendRequest("env", false, make([]byte, 1<<20))
		otto.Wait()
	})
}

func TestNamesOfTerminals(t *testing.T) {
	for name, want := range map[string]string{
		"xterm-256color": "xterm-256color", "screen.xterm+x_1": "screen.xterm+x_1",
		"": "dumb", "a b": "dumb", "../../etc": "dumb", "\x1b": "dumb", strings.Repeat("x", 65): "dumb",
	} {
		if got := termName(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

// A viewer whose ssh answers nothing more is gone after 30 s at most, also where nothing is drawn.
func TestAViewerWhoAnswersNothing(t *testing.T) {
	for _, draws := range []bool{false, true} {
		var sessions chan *Session
		handler := func(s *Session) {
			if s.Viewer().Name == "anna" {
				echo(s)
				return
			}
			sessions <- s
			for tick := time.NewTicker(100 * time.Millisecond); draws; <-tick.C {
				if _, err := s.Write(make([]byte, 10_000)); err != nil {
					break
				}
			}
			<-s.Done()
		}
		synctest.Test(t, func(t *testing.T) {
			sessions = make(chan *Session, 2)
			amongOthers(t, Config{Handler: handler}, func(t *testing.T, r *rig, otto *client) {
				raw, requests, err := otto.OpenChannel("session", nil)
				if err != nil {
					t.Fatal(err)
				}
				go func() {
					for range requests { // without an answer
					}
				}()
				raw.SendRequest("shell", false, nil)
				s := <-sessions
				began := time.Now()
				<-s.Done()
				if took := time.Since(began); took > silence+answerTime || s.Why() != ErrNoAnswer {
					t.Error(took, s.Why())
				}
				if n := s.Unacked(); n > minWindow+2*maxQueued {
					t.Errorf("%d bytes are kept for it", n)
				}
				otto.Wait()
				synctest.Wait()
				if n := r.server.Stats(); n.Unanswered != 1 || n.Sessions != 1 {
					t.Errorf("%+v", n)
				}
			})
		})
	}
}

// Who does not close a channel that the server has closed loses the connection.
func TestAViewerWhoDoesNotClose(t *testing.T) {
	end := make(chan struct{})
	handler := func(s *Session) {
		if s.Viewer().Name == "otto" {
			<-end
			return
		}
		echo(s)
	}
	synctest.Test(t, func(t *testing.T) {
		end = make(chan struct{})
		amongOthers(t, Config{Handler: handler}, func(t *testing.T, r *rig, otto *client) {
			otto.shell()
			synctest.Wait()
			otto.nc.mute.Store(true)
			close(end)
			began := time.Now()
			otto.Wait()
			if took := time.Since(began); took != closeTime {
				t.Error(took)
			}
		})
	})
}

// A viewer who answers, and takes nothing all the same, costs what is queued, and can be ended.
func TestAViewerWhoTakesNothing(t *testing.T) {
	handler := func(s *Session) {
		for s.Viewer().Name == "otto" {
			if _, err := s.Write(make([]byte, 100_000)); err != nil {
				return
			}
		}
		echo(s)
	}
	among(t, Config{Handler: handler, IdleTimeout: time.Hour}, func(t *testing.T, r *rig, otto *client) {
		raw, requests, err := otto.OpenChannel("session", nil)
		if err != nil {
			t.Fatal(err)
		}
		go ssh.DiscardRequests(requests)
		raw.SendRequest("pty-req", false, marshal(ptyRequest{Term: "xterm"}))
		raw.SendRequest("shell", false, nil)
		synctest.Wait()
		if n := r.server.Stats(); n.Sessions != 2 || n.BytesOut > 4<<20 {
			t.Errorf("%+v", n)
		}
		for _, c := range r.server.all() {
			if c.viewer.Name == "otto" {
				c.finish(ErrRevoked)
			}
		}
		otto.Wait()
	})
}

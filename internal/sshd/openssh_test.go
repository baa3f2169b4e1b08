package sshd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"joltui/internal/sshd/keys"
)

// patience is how long a test waits for OpenSSH before it says that it hangs.
const patience = time.Minute

// host is a server on a real network, and the files of an OpenSSH client.
type host struct {
	t      *testing.T
	server *Server
	log    *audit
	folder string
	port   int
}

// openSSH starts a server for the real ssh. setUp writes the file of keys beside the client's.
func openSSH(t *testing.T, handler func(*Session), setUp func(h *host) string) *host {
	t.Helper()
	for _, program := range []string{"ssh", "ssh-keygen"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("there is no %s: install openssh-client for the tests with the real one", program)
		}
	}
	h := &host{t: t, log: newAudit(), folder: t.TempDir()}
	if err := os.WriteFile(h.path("keys"), []byte(setUp(h)), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := keys.Open(h.path("keys"), nil)
	if err != nil {
		t.Fatal(err)
	}
	h.server, err = New(Config{HostKey: signer(t, 0), Keys: file, Handler: handler, Logger: slog.New(slog.NewJSONHandler(h.log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.port = ln.Addr().(*net.TCPAddr).Port
	known := fmt.Sprintf("[127.0.0.1]:%d %s", h.port, ssh.MarshalAuthorizedKey(signer(t, 0).PublicKey()))
	if err := os.WriteFile(h.path("known"), []byte(known), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- h.server.Serve(ctx, ln) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return h
}

func (h *host) path(name string) string { return filepath.Join(h.folder, name) }

// run runs ssh-keygen, and returns the public key in a file.
func (h *host) keygen(name string, args ...string) string {
	h.t.Helper()
	if out, err := exec.Command("ssh-keygen", args...).CombinedOutput(); err != nil {
		h.t.Fatalf("%v: %s", err, out)
	}
	text, err := os.ReadFile(h.path(name + ".pub"))
	if err != nil {
		h.t.Fatal(err)
	}
	return string(text)
}

func (h *host) newKey(name string, kind ...string) string {
	h.t.Helper()
	return h.keygen(name, append([]string{"-q", "-N", "", "-C", name, "-f", h.path(name), "-t"}, kind...)...)
}

// ssh returns a command of the user anna with a key.
func (h *host) ssh(key string, args ...string) *exec.Cmd {
	ctx, stop := context.WithTimeout(context.Background(), patience)
	h.t.Cleanup(stop)
	all := []string{"-F", "none", "-p", strconv.Itoa(h.port), "-l", "anna", "-i", h.path(key), "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none",
		"-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "UserKnownHostsFile=" + h.path("known")}
	cmd := exec.CommandContext(ctx, "ssh", append(all, args...)...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + h.folder, "TERM=xterm-256color", "LANG=C.UTF-8", "SECRET=x"}
	return cmd
}

// result runs a command to its end.
func result(t *testing.T, cmd *exec.Cmd, input string) (out, errs string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &o, &e
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}

func describe(s *Session) {
	text, _ := io.ReadAll(s)
	term, pty := s.Terminal()
	fmt.Fprintf(s, "%s %q %v %s %v %q %s", s.Viewer().Name, s.Command(), pty, term, s.Size(), s.Env(), text)
	fmt.Fprintln(s.Stderr(), "words beside it")
	s.Exit(7)
}

func TestOpenSSH(t *testing.T) {
	h := openSSH(t, describe, func(h *host) string {
		return h.newKey("anna", "ed25519") + h.newKey("paul", "ecdsa") + h.newKey("rosa", "rsa", "-b", "2048")
	})
	for _, name := range []string{"anna", "paul", "rosa"} {
		out, errs, code := result(t, h.ssh(name, "-o", "SendEnv=LANG SECRET", "127.0.0.1", "sub", "--json", "'a b'"), "typed")
		if want := name + ` ["sub" "--json" "a b"] false  {0 0} ["LANG=C.UTF-8"] typed`; out != want || code != 7 || !strings.Contains(errs, "words beside it") {
			t.Errorf("%s: %q, %q, code %d", name, out, errs, code)
		}
	}
	h.newKey("stranger", "ed25519")
	if _, errs, code := result(t, h.ssh("stranger", "127.0.0.1"), ""); code != 255 || !strings.Contains(errs, "Permission denied (publickey)") {
		t.Errorf("%q, code %d", errs, code)
	}
	h.log.await(MsgLoginFailed)
	if no := h.log.one(t, MsgLoginFailed); no[AttrWhy] != "the key is not in the file of keys" || no[AttrUser] != "anna" {
		t.Error(no)
	}
}

func TestOpenSSHTerminal(t *testing.T) {
	handler := func(s *Session) {
		buf := make([]byte, 100)
		n, _ := s.Read(buf)
		term, pty := s.Terminal()
		fmt.Fprintf(s, "%v %s %v %q", pty, term, s.Size(), buf[:n])
		s.Exit(3)
	}
	h := openSSH(t, handler, func(h *host) string { return h.newKey("anna", "ed25519") })
	cmd := h.ssh("anna", "-tt", "127.0.0.1")
	in, err := cmd.StdinPipe() // which stays open
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(in, "q")
	out, err := cmd.Output()
	if got := string(out); got != `true xterm-256color {80 24} "q"` || cmd.ProcessState.ExitCode() != 3 {
		t.Error(got, err)
	}
}

// What is refused is told in ssh's own words and in the log.
func TestOpenSSHRefusals(t *testing.T) {
	h := openSSH(t, describe, func(h *host) string { return h.newKey("anna", "ed25519") })
	for _, tt := range []struct {
		args []string
		errs string
		code int
		what string
	}{
		{[]string{"-s", "127.0.0.1", "sftp"}, "subsystem request failed", 255, "subsystem sftp"},
		{[]string{"-R", "0:127.0.0.1:1", "-o", "ExitOnForwardFailure=yes", "127.0.0.1"}, "remote port forwarding failed", 255, "tcpip-forward"},
		{[]string{"-W", "127.0.0.1:1", "127.0.0.1"}, "joltui serves sessions only", 255, "channel direct-tcpip"},
		{[]string{"127.0.0.1", `'a`}, "joltui: a quote is not closed", 2, ""},
	} {
		before := len(h.log.records(t, MsgRefused))
		_, errs, code := result(t, h.ssh("anna", tt.args...), "")
		if code != tt.code || !strings.Contains(errs, tt.errs) {
			t.Errorf("%v: %q, code %d", tt.args, errs, code)
		}
		if now := h.log.records(t, MsgRefused)[before:]; tt.what != "" && (len(now) != 1 || now[0][AttrWhat] != tt.what) {
			t.Errorf("%v: %v", tt.args, now)
		}
	}
}

// Certificates of the real ssh-keygen.
func TestOpenSSHCertificates(t *testing.T) {
	sign := func(h *host, name string, options ...string) {
		h.newKey(name, "ed25519")
		h.keygen(name, append(append([]string{"-q", "-s", h.path("ca"), "-I", name + "@example.com"}, options...), h.path(name+".pub"))...)
	}
	h := openSSH(t, describe, func(h *host) string {
		return `cert-authority,principals="oncall" ` + h.newKey("ca", "ed25519") + h.newKey("rosa", "ed25519")
	})
	for name, tt := range map[string]struct {
		options []string
		good    bool
	}{
		"good":      {[]string{"-n", "oncall,anna", "-V", "+1h"}, true},
		"forever":   {[]string{"-n", "oncall"}, true},
		"here":      {[]string{"-n", "oncall", "-O", "source-address=127.0.0.0/8"}, true},
		"expired":   {[]string{"-n", "oncall", "-V", "-2h:-1h"}, false},
		"early":     {[]string{"-n", "oncall", "-V", "+1h:+2h"}, false},
		"other":     {[]string{"-n", "anna"}, false},
		"anybody":   {nil, false},
		"elsewhere": {[]string{"-n", "oncall", "-O", "source-address=10.0.0.0/8"}, false},
		"forced":    {[]string{"-n", "oncall", "-O", "force-command=ls"}, false},
		"machine":   {[]string{"-h", "-n", "oncall"}, false},
	} {
		sign(h, name, tt.options...)
		out, errs, code := result(t, h.ssh(name, "127.0.0.1", "x"), "")
		if good := code == 7 && strings.HasPrefix(out, name+"@example.com (ca) "); good != tt.good {
			t.Errorf("%s: %q, %q, code %d", name, out, errs, code)
		}
	}
}

// Viewers who share a connection are apart: one who is killed takes nobody along.
func TestOpenSSHSharedConnection(t *testing.T) {
	sessions := make(chan *Session, 2)
	handler := func(s *Session) {
		sessions <- s
		fmt.Fprint(s, "here")
		echo(s)
	}
	h := openSSH(t, handler, func(h *host) string { return h.newKey("anna", "ed25519") })
	socket := []string{"-S", filepath.Join(h.folder, "s"), "-tt", "127.0.0.1"}
	begin := func(args ...string) (*exec.Cmd, io.Writer, io.Reader, *Session) {
		cmd := h.ssh("anna", append(args, socket...)...)
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		s := <-sessions
		expect(t, out, "here")
		return cmd, in, out, s
	}
	master, in, out, first := begin("-M")
	guest, _, _, second := begin()
	if first.conn != second.conn {
		t.Fatal("they do not share a connection")
	}
	guest.Process.Kill()
	guest.Wait()
	<-second.Done()
	if second.Why() != ErrClosed {
		t.Error(second.Why())
	}
	io.WriteString(in, "x")
	expect(t, out, "x")
	master.Process.Kill()
	master.Wait()
	<-first.Done()
	if first.Why() != ErrLost {
		t.Error(first.Why())
	}
}

// Where nobody reads on, as behind head, the session ends, and so does ssh.
func TestOpenSSHIntoHead(t *testing.T) {
	whys := make(chan error, 1)
	handler := func(s *Session) {
		for {
			if _, err := s.Write([]byte("line\n")); err != nil {
				whys <- s.Why()
				return
			}
		}
	}
	h := openSSH(t, handler, func(h *host) string { return h.newKey("anna", "ed25519") })
	cmd := h.ssh("anna", "127.0.0.1", "sub")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	expect(t, out, "line\n")
	out.Close()
	if why := <-whys; why != ErrClosed {
		t.Error(why)
	}
	cmd.Wait()
}

func expect(t *testing.T, r io.Reader, want string) {
	t.Helper()
	got := make([]byte, len(want))
	if _, err := io.ReadFull(r, got); err != nil || string(got) != want {
		t.Fatalf("%q, %v, want %q", got, err, want)
	}
}

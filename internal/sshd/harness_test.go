package sshd

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"golang.org/x/crypto/ssh"

	"joltui/internal/sshd/keys"
)

const home = "10.0.0.1"

// signer returns the same key for the same seed. The host has 0.
func signer(t testing.TB, seed byte) ssh.Signer {
	t.Helper()
	s, err := ssh.NewSignerFromKey(ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// line is a line of a file of keys.
func line(t testing.TB, options string, seed byte, name string) string {
	return options + strings.TrimSpace(string(ssh.MarshalAuthorizedKey(signer(t, seed).PublicKey()))) + " " + name + "\n"
}

// keyring is a set of keys that a test can replace.
type keyring struct {
	mu  sync.Mutex
	set *keys.Set
}

func (k *keyring) replace(t testing.TB, file string) {
	t.Helper()
	set, err := keys.Parse("keys", []byte(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.set = set
}

func (k *keyring) Admit(l keys.Login) (keys.Viewer, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.set.Admit(l)
}

// audit collects the log.
type audit struct {
	mu      sync.Mutex
	buf     bytes.Buffer
	written sync.Cond // its L is mu
}

func newAudit() *audit {
	a := &audit{}
	a.written.L = &a.mu
	return a
}

func (a *audit) Write(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.written.Broadcast()
	return a.buf.Write(p)
}

// await returns when there is a record with a message.
func (a *audit) await(msg string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for !bytes.Contains(a.buf.Bytes(), []byte(`"msg":"`+msg+`"`)) {
		a.written.Wait()
	}
}

// records returns those with a message, each as its attributes.
func (a *audit) records(t testing.TB, msg string) (found []map[string]any) {
	t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	for text := range strings.Lines(a.buf.String()) {
		r := make(map[string]any)
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Fatal(err)
		}
		if r["msg"] == msg {
			found = append(found, r)
		}
	}
	return found
}

// one returns the only record with a message.
func (a *audit) one(t testing.TB, msg string) map[string]any {
	t.Helper()
	found := a.records(t, msg)
	if len(found) != 1 {
		a.mu.Lock()
		defer a.mu.Unlock()
		t.Fatalf("%d records of %q in\n%s", len(found), msg, a.buf.String())
	}
	return found[0]
}

// rig is a server on a network in memory, in fake time.
type rig struct {
	t      *testing.T
	server *Server
	net    *network
	keys   *keyring
	log    *audit
	stop   context.CancelFunc
	served chan error
}

// start runs a server in whose file anna has key 1 and otto key 2.
func start(t *testing.T, cfg Config) *rig {
	t.Helper()
	r := &rig{t: t, net: newNetwork(), keys: &keyring{}, log: newAudit(), served: make(chan error, 1)}
	r.keys.replace(t, line(t, "", 1, "anna")+line(t, "publish ", 2, "otto"))
	cfg.HostKey, cfg.Logger = signer(t, 0), slog.New(slog.NewJSONHandler(r.log, nil))
	if cfg.Keys == nil {
		cfg.Keys = r.keys
	}
	var err error
	if r.server, err = New(cfg); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	r.stop = stop
	go func() { r.served <- r.server.Serve(ctx, r.net) }()
	t.Cleanup(stop)
	return r
}

// end shuts the server down.
func (r *rig) end() {
	r.t.Helper()
	r.stop()
	if err := <-r.served; err != nil {
		r.t.Error(err)
	}
}

// client is a viewer's ssh.
type client struct {
	ssh.Conn
	t  testing.TB
	nc *pipeEnd
}

func clientConfig(t testing.TB, auth ...ssh.AuthMethod) *ssh.ClientConfig {
	return &ssh.ClientConfig{User: "anna", Auth: auth, HostKeyCallback: ssh.FixedHostKey(signer(t, 0).PublicKey())}
}

// try logs in with the key of a seed.
func (r *rig) try(seed byte, from string, rate int) (*client, error) {
	return r.tryWith(clientConfig(r.t, ssh.PublicKeys(signer(r.t, seed))), from, rate)
}

func (r *rig) tryWith(cfg *ssh.ClientConfig, from string, rate int) (*client, error) {
	nc := r.net.dial(from, rate)
	c, channels, requests, err := ssh.NewClientConn(nc, "server", cfg)
	if err != nil {
		nc.Close()
		return nil, err
	}
	go ssh.DiscardRequests(requests)
	go func() {
		for ch := range channels {
			ch.Reject(ssh.Prohibited, "")
		}
	}()
	return &client{c, r.t, nc}, nil
}

func (r *rig) login(seed byte) *client {
	r.t.Helper()
	c, err := r.try(seed, home, 0)
	if err != nil {
		r.t.Fatal(err)
	}
	return c
}

// channel is a session channel as its client sees it.
type channel struct {
	ssh.Channel
	t testing.TB

	mu     sync.Mutex
	out    bytes.Buffer
	code   int // -1 while there is none
	closed chan struct{}
	ended  chan struct{} // no more output will come
}

// open opens a session; its requests are answered, and its output is collected.
func (c *client) open() *channel {
	c.t.Helper()
	ch, err := c.tryOpen()
	if err != nil {
		c.t.Fatal(err)
	}
	return ch
}

func (c *client) tryOpen() (*channel, error) {
	raw, requests, err := c.OpenChannel("session", nil)
	if err != nil {
		return nil, err
	}
	ch := &channel{Channel: raw, t: c.t, code: -1, closed: make(chan struct{}), ended: make(chan struct{})}
	go ch.answer(requests)
	go func() {
		defer close(ch.ended)
		io.Copy(ch, raw)
	}()
	return ch, nil
}

// Write collects output. It hides the channel's own, which is send.
func (ch *channel) Write(p []byte) (int, error) {
	ch.mu.Lock()
	defer ch.mu.Unlock()
	return ch.out.Write(p)
}

func (ch *channel) answer(requests <-chan *ssh.Request) {
	defer close(ch.closed)
	for r := range requests {
		if r.Type == "exit-status" {
			var p struct{ Code uint32 }
			ssh.Unmarshal(r.Payload, &p)
			ch.mu.Lock()
			ch.code = int(p.Code)
			ch.mu.Unlock()
		}
		r.Reply(false, nil)
	}
}

func (ch *channel) output() string {
	ch.mu.Lock()
	defer ch.mu.Unlock()
	return ch.out.String()
}

// has reports whether text is in the output behind an offset.
func (ch *channel) has(from int, text string) bool {
	ch.mu.Lock()
	defer ch.mu.Unlock()
	return bytes.Contains(ch.out.Bytes()[from:], []byte(text))
}

func (ch *channel) exitCode() int {
	<-ch.closed
	<-ch.ended
	ch.mu.Lock()
	defer ch.mu.Unlock()
	return ch.code
}

// ask sends a request and returns whether it was granted.
func (ch *channel) ask(name string, payload any) bool {
	ch.t.Helper()
	var wire []byte
	if payload != nil {
		wire = ssh.Marshal(payload)
	}
	ok, err := ch.SendRequest(name, true, wire)
	if err != nil && !errors.Is(err, io.EOF) {
		ch.t.Fatal(name, err)
	}
	return ok
}

type ptyRequest struct {
	Term                         string
	Columns, Rows, Width, Height uint32
	Modes                        string
}
type sizeRequest struct{ Columns, Rows, Width, Height uint32 }
type execRequest struct{ Command string }
type envRequest struct{ Name, Value string }

// shell opens a session with a terminal and a shell.
func (c *client) shell() *channel {
	c.t.Helper()
	ch := c.open()
	if !ch.ask("pty-req", ptyRequest{Term: "xterm-256color", Columns: 100, Rows: 40}) || !ch.ask("shell", nil) {
		c.t.Fatal("no shell")
	}
	return ch
}

// echo is a handler that writes back what it reads until the session has to end.
func echo(s *Session) {
	go io.Copy(s, s)
	<-s.Done()
}

// bubble runs a test in fake time.
func bubble(t *testing.T, cfg Config, f func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, cfg)
		f(t, r)
		r.end()
	})
}

func marshal(v any) []byte { return ssh.Marshal(v) }

package cli

import (
	"context"
	"net"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/internal/cli/clitest"
	"joltui/internal/cli/process"
	"joltui/internal/dashboard"
	"joltui/jolt"
	"joltui/ui/views/profiles"
)

// begun are the flags of a dashboard as these arguments and variables begin it.
func begun(t *testing.T, environ map[string]string, args ...string) (*watchFlags, process.Env) {
	t.Helper()
	stdin, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stdin.Close() })
	env := process.Env{Stdin: stdin, Getenv: func(name string) string { return environ[name] },
		Keyring: &clitest.Keyring{Passwords: map[string]string{"joltui carol@h:1": "from the keyring"}}}
	cmd := new(cobra.Command)
	w := new(watchFlags)
	w.flags(cmd.Flags())
	if err := cmd.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	w.noteSaid(cmd.Flags())
	if err := w.conn.Settle(cmd, env); err != nil {
		t.Fatal(err)
	}
	return w, env
}

const someProfiles = `theme = "light"
profile = "first"
[profiles.first]
host = "10.0.0.1"
user = "ann"
[profiles.second]
host = "10.0.0.2"
port = 9000
user = "bob"
tls_insecure = true
[profiles.third]
colour = "green"
host = "h"
port = 1
user = "carol"
password_from = "keyring"
[profiles.fourth]
user = "dave"
password_from = "env"
read_only = true
`

// TestSwitchedFlags: where and as whom to connect, only the profile says; what
// else the user has said still holds.
func TestSwitchedFlags(t *testing.T) {
	file := clitest.WriteFile(t, "config.toml", someProfiles, 0o600)
	w, env := begun(t, map[string]string{"JOLT_PORT": "7000", "JOLT_BELL": "true", "JOLT_PASSWORD": "of ann", "JOLT_PROFILE": "third"},
		"--config", file, "--profile", "first", "--host", "elsewhere", "--read-only", "--colour", "red", "--tls-server-name", "x")
	if w.conn.Addr() != "elsewhere:7000" || w.look.Theme != "light" {
		t.Fatalf("it began with %s, %s", w.conn.Addr(), w.look.Theme)
	}
	for name, want := range map[string]struct {
		addr, user, password string
		ask, tls             bool
	}{
		"first":  {"10.0.0.1:8080", "ann", "", true, false}, // at another place than the variable was for
		"second": {"10.0.0.2:9000", "bob", "", true, true},
		"third":  {"h:1", "carol", "from the keyring", false, false},
		"fourth": {"127.0.0.1:8080", "dave", "of ann", false, false}, // because it says so
	} {
		next, err := w.of(env, name)
		if err != nil {
			t.Fatal(err)
		}
		c := &next.conn
		if c.Addr() != want.addr || c.User != want.user || c.TLS.Enabled() != want.tls || c.Profile.Name != name {
			t.Errorf("%s: %s as %s, TLS %v, profile %s", name, c.Addr(), c.User, c.TLS.Enabled(), c.Profile.Name)
		}
		if !next.bell || !c.ReadOnly || next.look.Theme != "light" {
			t.Errorf("%s: bell %v, read-only %v, theme %s", name, next.bell, c.ReadOnly, next.look.Theme)
		}
		if colour := map[string]string{"third": "green"}[name]; next.colour != colour {
			t.Errorf("%s: its colour is %q", name, next.colour)
		}
		password, ask, err := c.StoredPassword(next.passwordEnv(env, w))
		if password != want.password || ask != want.ask || err != nil {
			t.Errorf("%s: password %q, ask %v, %v", name, password, ask, err)
		}
	}
	again, env := begun(t, map[string]string{"JOLT_PASSWORD": "of ann"}, "--config", file)
	same, err := again.of(env, "first")
	if err != nil {
		t.Fatal(err)
	}
	if password, ask, err := same.conn.StoredPassword(same.passwordEnv(env, again)); password != "of ann" || ask || err != nil {
		t.Errorf("the login it began with: %q, %v, %v", password, ask, err)
	}
	if _, err := again.of(env, "nobody"); err == nil || !strings.Contains(err.Error(), `no profile "nobody"`) {
		t.Errorf("a profile that there is not: %v", err)
	}
}

func TestProfilesFile(t *testing.T) {
	file := clitest.WriteFile(t, "config.toml", "# mine\n"+someProfiles, 0o640)
	w, env := begun(t, nil, "--config", file)
	p := &profilesFile{env: env, flags: w, path: file}
	if err := p.Add(profiles.Draft{Name: "new one", Host: "::1", Port: 9}); err != nil {
		t.Fatal(err)
	}
	if err := p.Add(profiles.Draft{Name: "first", Host: "h", Port: 9}); err == nil || !strings.Contains(err.Error(), `config.toml:4: there is a profile "first" already`) {
		t.Errorf("one that there is: %v", err)
	}
	got, err := p.Load()
	if err != nil {
		t.Fatal(err)
	}
	want := []profiles.Profile{
		{Name: "first", Addr: "10.0.0.1:8080", User: "ann", Default: true, Line: 4},
		{Name: "fourth", Addr: "127.0.0.1:8080", User: "dave", ReadOnly: true, Line: 18},
		{Name: "new one", Addr: "[::1]:9", Line: 23},
		{Name: "second", Addr: "10.0.0.2:9000", User: "bob", TLS: true, NotVerified: true, Line: 7},
		{Name: "third", Addr: "h:1", User: "carol", Line: 12},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	data, err := os.ReadFile(file)
	if err != nil || !strings.HasPrefix(string(data), "# mine\n"+someProfiles) {
		t.Errorf("what was there is %q, %v", data, err)
	}
	fresh := &profilesFile{env: env, flags: w, path: file + ".d/new.toml"}
	if err := fresh.Add(profiles.Draft{Name: "a", Host: "h", Port: 1}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(fresh.path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("a new file: %v, %v", info, err)
	}
}

// TestTestProfile: it connects, logs in and pings, or says why not.
func TestTestProfile(t *testing.T) {
	ann := broker.User{Name: "ann", PasswordHash: brokertest.PasswordHash("right"), Permissions: []string{"subscribe:orders"}}
	port := clitest.PortOf(t, brokertest.Start(t, broker.Config{Security: true, Users: []broker.User{ann}}).Addr)
	right, wrong := clitest.WriteFile(t, "right", "right\n", 0o600), clitest.WriteFile(t, "wrong", "wrong\n", 0o600)
	open := clitest.WriteFile(t, "open", "right\n", 0o644)
	file := clitest.WriteFile(t, "config.toml", strings.NewReplacer("PORT", port, "NOBODY", clitest.UnusedPort(t), "RIGHT", right, "WRONG", wrong, "OPEN", open).Replace(`
port = PORT
user = "ann"
[profiles.right]
password_file = "RIGHT"
[profiles.wrong]
password_file = "WRONG"
[profiles.open]
password_file = "OPEN"
[profiles.asks]
[profiles.asks-elsewhere]
host = "localhost"
[profiles.nobody]
port = NOBODY
password_file = "RIGHT"
`), 0o600)
	w, env := begun(t, nil, "--config", file)
	p := &profilesFile{env: env, flags: w, path: file, inUse: jolt.Config{Addr: "127.0.0.1:" + port, User: "ann", Pass: "right"}}
	for name, want := range map[string]string{
		"right":          "",
		"wrong":          "the broker refused the login",
		"open":           "can be read by others",
		"asks":           "", // the password is that of the dashboard
		"asks-elsewhere": "not tested: the password of ann is asked for when you connect",
		"nobody":         "no connection to 127.0.0.1:",
	} {
		rtt, err := p.Test(name)
		if want == "" && (err != nil || rtt <= 0) || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %s, %v; want %q", name, rtt, err, want)
		}
	}
}

// farConn is a connection to a place beyond this machine, or not.
type farConn struct {
	net.Conn
	to net.Addr
}

func (c farConn) RemoteAddr() net.Addr { return c.to }

func TestPasswordInClear(t *testing.T) {
	for to, want := range map[string]bool{"127.0.0.1": false, "::1": false, "10.0.0.7": true} {
		cfg := jolt.Config{User: "ann", InsecurePlaintextAuth: true}
		cfg.Dial = func(context.Context, string, string) (net.Conn, error) {
			return farConn{to: &net.TCPAddr{IP: net.ParseIP(to)}}, nil
		}
		clear := dashboard.WatchClear(&cfg)
		if clear() {
			t.Errorf("%s: before there is a connection", to)
		}
		if _, err := cfg.Dial(t.Context(), "tcp", "any"); err != nil || clear() != want {
			t.Errorf("%s: %v, %v", to, clear(), err)
		}
	}
	w, _ := begun(t, nil, "--tls", "--insecure-plaintext-auth")
	encrypted, err := w.conn.WithoutPassword()
	if err != nil {
		t.Fatal(err)
	}
	encrypted.User = "ann"
	for name, cfg := range map[string]jolt.Config{"nobody": {InsecurePlaintextAuth: true}, "not allowed": {User: "ann"}, "TLS": encrypted} {
		if dashboard.WatchClear(&cfg) != nil {
			t.Errorf("%s: a password could be in clear", name)
		}
	}
}

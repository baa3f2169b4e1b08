package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// runVariable has the test's own program be joltui-cluster.
const runVariable = "JOLTUI_CLUSTER_TEST"

func TestMain(m *testing.M) {
	if os.Getenv(runVariable) != "" {
		os.Exit(run(os.Args[1:], os.Stderr))
	}
	os.Exit(m.Run())
}

// machine is a process of joltui-cluster.
type machine struct {
	t   *testing.T
	cmd *exec.Cmd

	mu    sync.Mutex
	said  bytes.Buffer
	addr  string
	serve chan struct{} // closed when it serves at addr
}

var serving = regexp.MustCompile(`msg=serving addr=(\S+)`)

func start(t *testing.T, args ...string) *machine {
	t.Helper()
	m := &machine{t: t, cmd: exec.Command(os.Args[0], args...), serve: make(chan struct{})}
	m.cmd.Env = append(os.Environ(), runVariable+"=1")
	r, err := m.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := m.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		for in := bufio.NewScanner(r); in.Scan(); {
			m.mu.Lock()
			fmt.Fprintln(&m.said, in.Text())
			if found := serving.FindStringSubmatch(in.Text()); found != nil {
				m.addr = found[1]
				close(m.serve)
			}
			m.mu.Unlock()
		}
	}()
	t.Cleanup(func() {
		m.cmd.Process.Kill()
		<-read
		m.cmd.Wait()
		if t.Failed() {
			t.Logf("%s\n%s", args, &m.said)
		}
	})
	return m
}

func (m *machine) dial() *client {
	m.t.Helper()
	select {
	case <-m.serve:
	case <-time.After(time.Minute):
		m.t.Fatal("it does not serve")
	}
	conn, err := net.Dial("tcp", m.addr)
	if err != nil {
		m.t.Fatal(err)
	}
	conn.SetDeadline(time.Now().Add(time.Minute))
	m.t.Cleanup(func() { conn.Close() })
	return &client{m.t, conn, bufio.NewReader(conn)}
}

type client struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
}

func (c *client) expect(want string) {
	c.t.Helper()
	line, err := c.in.ReadString('\n')
	if got := strings.TrimSpace(line); got != want {
		c.t.Fatalf("got %s, %v, want %s", got, err, want)
	}
}

func (c *client) ask(request string) {
	c.t.Helper()
	io.WriteString(c.conn, request+"\n")
	c.expect(`{"ok":true}`)
}

// Three machines with nothing else share what is published, and go on when one ends.
func TestThreeMachines(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("hush\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	at := freeAddrs(t, 3)
	var machines []*machine
	for i := range 3 {
		machines = append(machines, start(t, "--node", fmt.Sprintf("n%d", i), "--store", t.TempDir(), "--cluster-listen", at[i],
			"--routes", strings.Join(at, ","), "--cluster-password-file", secret, "--", "--port", "0"))
	}
	subscriber, publisher := machines[0].dial(), machines[1].dial()
	machines[2].dial()
	subscriber.ask(`{"op":"sub","topic":"a"}`)
	publisher.ask(`{"op":"pub","topic":"a","data":"1"}`)
	subscriber.expect(`{"topic":"a","data":"1"}`)
	machines[2].cmd.Process.Signal(syscall.SIGTERM)
	if err := machines[2].cmd.Wait(); err != nil {
		t.Error(err)
	}
	publisher.ask(`{"op":"pub","topic":"a","data":"2"}`)
	subscriber.expect(`{"topic":"a","data":"2"}`)
}

func freeAddrs(t *testing.T, count int) (addrs []string) {
	t.Helper()
	for range count {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer ln.Close()
		addrs = append(addrs, ln.Addr().String())
	}
	return addrs
}

// What is wrong with the flags is said, and what to do.
func TestFlags(t *testing.T) {
	for want, args := range map[string][]string{
		"--store is missing":                       {},
		"--routes needs --cluster-listen":          {"--store", "x", "--routes", "a:1"},
		"--node is missing":                        {"--store", "x", "--cluster-listen", "127.0.0.1:1"},
		"whoever reaches 10.0.0.1:6222 could join": {"--store", "x", "--node", "a", "--cluster-listen", "10.0.0.1:6222"},
		`"broker" is no flag`:                      {"--store", "x", "broker"},
		"those of the broker come after --":        {"--store", "x", "--port", "1"},
		"--cluster-listen must be HOST:PORT":       {"--store", "x", "--node", "a", "--cluster-listen", "here"},
	} {
		var said strings.Builder
		if code := run(args, &said); code != 2 || !strings.Contains(said.String(), want) {
			t.Errorf("%q: %d, %s", args, code, &said)
		}
	}
	var said strings.Builder
	if code := run([]string{"--help"}, &said); code != 0 || !strings.Contains(said.String(), "--cluster-listen 10.0.0.1") {
		t.Errorf("--help: %d, %s", code, &said)
	}
}

package cli

import (
	"bytes"
	"context"
	"errors"
	"net"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/jolt"
)

// TestHashPassword: what it prints is what a broker takes, at full strength. The
// tests of everything else have hashes that are quicker.
func TestHashPassword(t *testing.T) {
	code, hash, errs := run(t, "hunter2\n", nil, "broker", "hash-password")
	if code != exitOK || errs != "" || !strings.HasPrefix(hash, "pbkdf2-sha256$600000$") {
		t.Fatalf("%d, %.30q, %q", code, hash, errs)
	}
	config := writeFile(t, "broker.json", `{"security":true,"users":[{"name":"ann","password_hash":"`+
		strings.TrimSpace(hash)+`","permissions":["admin"]}]}`, 0o600)
	cfg, err := broker.LoadConfig(config)
	if err != nil {
		t.Fatalf("the configuration refuses the hash: %v", err)
	}
	client, err := jolt.Dial(t.Context(), jolt.Config{Addr: brokertest.Start(t, cfg).Addr, User: "ann", Pass: "hunter2"})
	if err != nil {
		t.Fatalf("the broker refuses the password: %v", err)
	}
	client.Close()
	if code, out, errs := run(t, "\n", nil, "broker", "hash-password"); code != exitUsage || out != "" || errs != "joltui: no password on stdin\n" {
		t.Errorf("an empty password: %d, %q, %q", code, out, errs)
	}
}

func TestListenError(t *testing.T) {
	for err, want := range map[error]string{
		syscall.EACCES:        "a port above 1023",
		syscall.EADDRNOTAVAIL: "this machine does not have that address",
		errors.New("other"):   "cannot listen at h:1: other",
	} {
		if got := listenError(t.Context(), "h:1", err); !strings.Contains(got.Error(), want) {
			t.Errorf("%v: %v", err, got)
		}
	}
}

type safeBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

// The demo's broker, traffic and forbidden topic through the real client.
func TestDemoBroker(t *testing.T) {
	server := brokertest.Start(t, demoBroker())
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	got := make(chan string, 1)
	client, err := jolt.Dial(ctx, jolt.Config{Addr: server.Addr, Handler: jolt.Callbacks{Message: func(m *jolt.Message) {
		select {
		case got <- m.Topic:
		default:
		}
	}}.Handle})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	for _, topic := range trafficTopics() {
		if err := client.Subscribe(ctx, topic); err != nil {
			t.Errorf("subscribe %s: %v", topic, err)
		}
	}
	var rejected *jolt.RejectedError
	if err := client.Subscribe(ctx, forbiddenTopic); !errors.As(err, &rejected) || rejected.Code() != jolt.CodeForbidden {
		t.Errorf("subscribe %s: %v", forbiddenTopic, err)
	}
	go func() { ended <- publishTraffic(ctx, server.Addr, newTraffic(1)) }()
	<-got
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestBrokerCommandServes(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.Addr().(*net.TCPAddr).Port
	free.Close()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	var log safeBuffer
	flags := brokerFlags{host: "127.0.0.1", port: port, log: logFlags{"text", "info"}, given: func(string) bool { return false }}
	go func() { ended <- runBroker(ctx, Env{Stderr: &log}, flags) }()
	up := make(chan struct{}, 1)
	client, err := jolt.New(jolt.Config{
		Addr: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)),
		Handler: jolt.Callbacks{Other: func(e jolt.Event) {
			if s, ok := e.(*jolt.StateChange); ok && s.State == jolt.Up {
				up <- struct{}{}
			}
		}}.Handle,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	select {
	case <-up:
	case err := <-ended:
		t.Fatal(err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), strconv.Itoa(port)) {
		t.Errorf("the log does not say where it listens: %s", log.String())
	}
}

// The help, and with it the manual page, names every limit.
func TestBrokerHelpHasEveryLimit(t *testing.T) {
	help := newBroker(Env{}).Long
	for _, key := range (broker.Limits{}).Keys() {
		if !regexp.MustCompile(`(?m)(^  |^And )` + key + `\b`).MatchString(help) {
			t.Errorf("%s is not in the help", key)
		}
	}
}

package broker_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"joltui/broker"
	"joltui/broker/brokertest"
)

// install puts a pair where the broker of a test looks for it.
func install(t *testing.T, pair brokertest.Pair, to broker.TLS) {
	t.Helper()
	for from, to := range map[string]string{pair.CertFile: to.Cert, pair.KeyFile: to.Key} {
		data, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(to, data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func filesIn(dir string) broker.TLS {
	return broker.TLS{Cert: filepath.Join(dir, "cert.pem"), Key: filepath.Join(dir, "key.pem")}
}

const ping = `{"op":"ping"}`

// pings connects over TLS and sends a ping. A connection that it returns is open.
func pings(addr string, cfg *tls.Config) (*tls.Conn, error) {
	conn, err := tls.Dial("tcp", addr, cfg)
	if err != nil {
		return nil, err
	}
	return conn, ask(conn, ping)
}

// ask sends a request that the broker is to say ok to.
func ask(conn net.Conn, request string) error {
	if _, err := io.WriteString(conn, request+"\n"); err != nil {
		return err
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err == nil && line != `{"ok":true}`+"\n" {
		err = errors.New("answered " + line)
	}
	return err
}

func TestTLS(t *testing.T) {
	ours := brokertest.NewAuthority(t)
	files := filesIn(t.TempDir())
	install(t, ours.Issue("127.0.0.1", time.Now().Add(time.Hour)), files)
	server := brokertest.Start(t, broker.Config{TLS: &files})

	conn, err := pings(server.Addr, &tls.Config{RootCAs: ours.Pool()})
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if _, err := pings(server.Addr, &tls.Config{RootCAs: ours.Pool(), MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}); err == nil {
		t.Error("TLS 1.1 was accepted")
	}
	plain, err := net.Dial("tcp", server.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	io.WriteString(plain, ping+"\n")
	told, err := io.ReadAll(plain)
	if want := `{"ok":false,"error":"bad_request: this broker speaks TLS only: connect with TLS"}` + "\n"; string(told) != want || err != nil {
		t.Errorf("a client without TLS was told %q, %v", told, err)
	}
}

func TestClientCertificates(t *testing.T) {
	ours, theirs := brokertest.NewAuthority(t), brokertest.NewAuthority(t)
	later := time.Now().Add(time.Hour)
	files := filesIn(t.TempDir())
	files.ClientCA = ours.File
	install(t, ours.Issue("127.0.0.1", later), files)
	server := brokertest.Start(t, broker.Config{TLS: &files})
	for name, tt := range map[string]struct {
		shown []tls.Certificate
		ok    bool
	}{
		"none":       {nil, false},
		"stranger's": {[]tls.Certificate{theirs.Issue("me", later).Certificate}, false},
		"ours":       {[]tls.Certificate{ours.Issue("me", later).Certificate}, true},
	} {
		conn, err := pings(server.Addr, &tls.Config{RootCAs: ours.Pool(), Certificates: tt.shown})
		if (err == nil) != tt.ok {
			t.Errorf("certificate: %s: %v", name, err)
		}
		if conn != nil {
			conn.Close()
		}
	}
}

// A renewed certificate is for new connections; the others stay. A bad one
// changes nothing.
func TestCertificateReload(t *testing.T) {
	before, after := brokertest.NewAuthority(t), brokertest.NewAuthority(t)
	files := filesIn(t.TempDir())
	cfg := broker.Config{TLS: &files}
	install(t, before.Issue("127.0.0.1", time.Now().Add(time.Hour)), files)
	b, addr := serve(t, cfg)
	old, err := pings(addr, &tls.Config{RootCAs: before.Pool()})
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()

	if err := os.WriteFile(files.Key, []byte("no key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := b.Reload(cfg); !errors.Is(err, broker.ErrBadConfig) || !strings.Contains(err.Error(), files.Key) {
		t.Errorf("a bad key: %v", err)
	}
	if err := b.Reload(broker.Config{}); !errors.Is(err, broker.ErrBadConfig) {
		t.Errorf("TLS switched off: %v", err)
	}
	still, err := pings(addr, &tls.Config{RootCAs: before.Pool()})
	if err != nil {
		t.Fatalf("after bad reloads: %v", err)
	}
	still.Close()

	until := time.Now().Add(2 * time.Hour)
	install(t, after.Issue("127.0.0.1", until), files)
	if err := b.Reload(cfg); err != nil {
		t.Fatal(err)
	}
	renewed, err := pings(addr, &tls.Config{RootCAs: after.Pool()})
	if err != nil {
		t.Fatal(err)
	}
	renewed.Close()
	if got := b.Stats().CertificateEnds; !got.Equal(until.Truncate(time.Second)) {
		t.Errorf("the certificate ends %v, want %v", got, until)
	}
	if err := ask(old, ping); err != nil {
		t.Errorf("the connection that was there: %v", err)
	}
}

// serve runs a broker until the test ends.
func serve(t *testing.T, cfg broker.Config) (*broker.Broker, string) {
	t.Helper()
	b, err := broker.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- b.Serve(t.Context(), ln) }()
	t.Cleanup(func() {
		b.Close()
		<-ended
	})
	return b, ln.Addr().String()
}

// A client that does not read is closed over TLS as it is without.
func TestSlowConsumerTLS(t *testing.T) {
	ours := brokertest.NewAuthority(t)
	files := filesIn(t.TempDir())
	install(t, ours.Issue("127.0.0.1", time.Now().Add(time.Hour)), files)
	b, addr := serve(t, broker.Config{TLS: &files, Limits: broker.Limits{LineBytes: 32 << 10, QueueBytes: 64 << 10}})
	slow, err := pings(addr, &tls.Config{RootCAs: ours.Pool()})
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	if err := ask(slow, `{"op":"sub","topic":"a"}`); err != nil {
		t.Fatal(err)
	}
	publisher, err := pings(addr, &tls.Config{RootCAs: ours.Pool()})
	if err != nil {
		t.Fatal(err)
	}
	defer publisher.Close()
	message := `{"op":"pub","topic":"a","data":"` + strings.Repeat("x", 30<<10) + `"}`
	for range 10_000 { // far more than sockets take
		if err := ask(publisher, message); err != nil {
			t.Fatal(err)
		}
		if b.Stats().SlowConsumers == 1 {
			expectReason(t, slow)
			return
		}
	}
	t.Errorf("nobody was closed: %+v", b.Stats())
}

// expectReason reads on where somebody stopped who was cut off for that: whole lines,
// and the reason at the end.
func expectReason(t *testing.T, slow net.Conn) {
	t.Helper()
	slow.SetDeadline(time.Now().Add(20 * time.Second))
	lines := bufio.NewReader(slow)
	line := ""
	for n := 0; ; n++ {
		next, err := lines.ReadString('\n')
		if err != nil {
			want := `{"ok":false,"error":"slow_consumer: more than 65536 bytes were waiting to be read"}` + "\n"
			if !errors.Is(err, io.EOF) || next != "" || line != want {
				t.Errorf("after %d lines: %q and %.50q, %v", n, line, next, err)
			}
			return
		}
		if line = next; len(line) > 1000 && !strings.HasSuffix(line, "xxx\"}\n") {
			t.Fatalf("line %d is broken: …%s", n, line[len(line)-50:])
		}
	}
}

// Connections to a TLS port that say nothing do not hold up a shutdown.
func TestShutdownDuringHandshakes(t *testing.T) {
	ours := brokertest.NewAuthority(t)
	files := filesIn(t.TempDir())
	install(t, ours.Issue("127.0.0.1", time.Now().Add(time.Hour)), files)
	b, addr := serve(t, broker.Config{TLS: &files, Limits: broker.Limits{AuthTimeout: time.Hour}})
	for range 10 {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
	}
	awaitStats(t, b, func(s broker.Stats) bool { return s.Connections == 10 })
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := b.Shutdown(ctx); err != nil {
		t.Error(err)
	}
}

// A connection that never gets as far as TLS is closed in time, is told nothing over
// it, and is no slow consumer. Writing to it was tried again and again, at the cost of
// a whole processor.
func TestSilentBeforeTLS(t *testing.T) {
	ours := brokertest.NewAuthority(t)
	files := filesIn(t.TempDir())
	install(t, ours.Issue("127.0.0.1", time.Now().Add(time.Hour)), files)
	b, addr := serve(t, broker.Config{TLS: &files, Limits: broker.Limits{AuthTimeout: 50 * time.Millisecond}})
	for _, first := range []string{"", "\x16", "\x16\x03\x01\x02\x00"} {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		conn.SetDeadline(time.Now().Add(5 * time.Second)) // half of what a stall takes
		if _, err := io.WriteString(conn, first); err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(conn); len(got) > 0 && got[0] != 0x15 || err != nil { // an alert at most
			t.Errorf("after %q: %q, %v", first, got, err)
		}
	}
	awaitStats(t, b, func(s broker.Stats) bool { return s.Connections == 0 })
	if got := b.Stats(); got.HandshakeFailures != 3 || got.SlowConsumers != 0 {
		t.Errorf("%+v", got)
	}
}

// awaitStats waits until the counts are as wanted.
func awaitStats(t *testing.T, b *broker.Broker, wanted func(broker.Stats) bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !wanted(b.Stats()); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %+v", b.Stats())
		}
	}
}

func TestTLSFilesRefused(t *testing.T) {
	ours := brokertest.NewAuthority(t)
	pair, other := ours.Issue("a", time.Now().Add(time.Hour)), ours.Issue("b", time.Now().Add(time.Hour))
	for _, tt := range []struct {
		files broker.TLS
		want  string
	}{
		{broker.TLS{Cert: "/nowhere/c.pem", Key: pair.KeyFile}, "/nowhere/c.pem"},
		{broker.TLS{Cert: pair.CertFile, Key: other.KeyFile}, "private key does not match"},
		{broker.TLS{Cert: pair.CertFile, Key: pair.KeyFile, ClientCA: "/nowhere/ca.pem"}, "/nowhere/ca.pem"},
		{broker.TLS{Cert: pair.CertFile, Key: pair.KeyFile, ClientCA: pair.KeyFile}, "holds no certificate in PEM form"},
	} {
		if _, err := broker.New(broker.Config{TLS: &tt.files}); !errors.Is(err, broker.ErrBadConfig) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v", tt.files, err)
		}
	}
}

func TestCertificateEndsSoon(t *testing.T) {
	files := filesIn(t.TempDir())
	for _, tt := range []struct {
		left time.Duration
		warn bool
	}{{-time.Hour, true}, {13 * 24 * time.Hour, true}, {15 * 24 * time.Hour, false}} {
		install(t, brokertest.NewAuthority(t).Issue("a", time.Now().Add(tt.left)), files)
		var log bytes.Buffer
		if _, err := broker.New(broker.Config{TLS: &files, Logger: slog.New(slog.NewTextHandler(&log, nil))}); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(log.String(), "the certificate ends soon"); got != tt.warn {
			t.Errorf("%v left: warned %v", tt.left, got)
		}
	}
}

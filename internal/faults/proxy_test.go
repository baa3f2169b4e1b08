package faults_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"joltui/internal/faults"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// upstream listens, and hands out what it accepts.
type upstream struct {
	t     *testing.T
	ln    net.Listener
	conns chan net.Conn
}

func listen(t *testing.T) *upstream {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	u := &upstream{t, ln, make(chan net.Conn, 10)}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			u.conns <- conn
		}
	}()
	t.Cleanup(func() {
		ln.Close()
		<-ended
	})
	return u
}

// connect returns both ends of a connection through p.
func (u *upstream) connect(p *faults.Proxy) (client, broker *net.TCPConn) {
	u.t.Helper()
	conn, err := net.Dial("tcp", p.Addr())
	if err != nil {
		u.t.Fatal(err)
	}
	var other net.Conn
	select {
	case other = <-u.conns:
	case <-time.After(patience):
		u.t.Fatal("nothing arrived upstream")
	}
	for _, c := range []net.Conn{conn, other} {
		c.SetDeadline(time.Now().Add(patience))
		u.t.Cleanup(func() { c.Close() })
	}
	return conn.(*net.TCPConn), other.(*net.TCPConn)
}

func write(t *testing.T, conn net.Conn, data string) {
	t.Helper()
	if _, err := io.WriteString(conn, data); err != nil {
		t.Fatal(err)
	}
}

func expect(t *testing.T, conn net.Conn, want string) {
	t.Helper()
	got := make([]byte, len(want))
	if n, err := io.ReadFull(conn, got); err != nil || string(got) != want {
		t.Fatalf("read %q, %v; want %q", got[:n], err, want)
	}
}

// expectEnd reads until the stream ends, and returns how it did.
func expectEnd(t *testing.T, conn net.Conn) error {
	t.Helper()
	_, err := io.Copy(io.Discard, conn)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal("the connection did not end")
	}
	return err
}

// expectSilence checks that conn gets nothing, not even an end, for a moment.
func expectSilence(t *testing.T, conn net.Conn) {
	t.Helper()
	conn.SetReadDeadline(time.Now().Add(30 * time.Millisecond))
	defer conn.SetReadDeadline(time.Now().Add(patience))
	var buf [100]byte
	if n, err := conn.Read(buf[:]); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatalf("got %q, %v; want silence", buf[:n], err)
	}
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(patience); !ok(); {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("%s: waited in vain", what)
		}
	}
}

func TestForwards(t *testing.T) {
	u := listen(t)
	p := faults.NewProxy(t, u.ln.Addr().String())
	client, broker := u.connect(p)
	write(t, client, "question")
	expect(t, broker, "question")
	write(t, broker, "answer")
	expect(t, client, "answer")
	eventually(t, "counts", func() bool { return p.Bytes(faults.ToBroker) == 8 && p.Bytes(faults.ToClient) == 6 })
	if p.Accepted() != 1 || p.Open() != 1 {
		t.Errorf("accepted %d, open %d", p.Accepted(), p.Open())
	}
	client.Close()
	if err := expectEnd(t, broker); err != nil {
		t.Errorf("the broker saw %v, not a FIN", err)
	}
	broker.Close()
	eventually(t, "the link ends", func() bool { return p.Open() == 0 })
}

func TestLatency(t *testing.T) {
	u := listen(t)
	p := faults.NewProxy(t, u.ln.Addr().String())
	client, broker := u.connect(p)
	p.Latency(faults.ToBroker, 50*time.Millisecond)
	begin := time.Now()
	for range 10 {
		write(t, client, "x")
	}
	expect(t, broker, "xxxxxxxxxx")
	if d := time.Since(begin); d < 50*time.Millisecond || d > 450*time.Millisecond {
		t.Errorf("ten writes took %s; want the latency once", d)
	}
	p.Latency(faults.ToBroker, time.Hour)
	write(t, client, "y")
	expectSilence(t, broker)
	p.Latency(faults.ToBroker, 0) // applies to what is under way
	expect(t, broker, "y")
}

func TestBandwidth(t *testing.T) {
	u := listen(t)
	p := faults.NewProxy(t, u.ln.Addr().String())
	client, broker := u.connect(p)
	p.Bandwidth(faults.ToClient, 100_000)
	begin := time.Now()
	write(t, broker, string(make([]byte, 10_000)))
	expect(t, client, string(make([]byte, 10_000)))
	// The pause after the last step is not waited for.
	if d := time.Since(begin); d < 90*time.Millisecond {
		t.Errorf("10,000 bytes at 100,000 a second took %s", d)
	}
}

func TestSlice(t *testing.T) {
	u := listen(t)
	p := faults.NewProxy(t, u.ln.Addr().String())
	client, broker := u.connect(p)
	p.Slice(faults.ToBroker, 3)
	p.Bandwidth(faults.ToBroker, 1000) // its pauses, of 3 ms, keep the writes apart
	write(t, client, "abcdefgh")
	buf, sizes := make([]byte, 100), 0
	for got := ""; got != "abcdefgh"; sizes++ {
		n, err := broker.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		got += string(buf[:n])
	}
	if sizes < 2 {
		t.Error("all came at once")
	}
}

func TestCutAndReset(t *testing.T) {
	u := listen(t)
	p := faults.NewProxy(t, u.ln.Addr().String())
	client, broker := u.connect(p)
	p.Cut()
	if err := errors.Join(expectEnd(t, client), expectEnd(t, broker)); err != nil {
		t.Errorf("a cut gave %v", err)
	}
	client, broker = u.connect(p)
	p.Reset()
	for _, conn := range []net.Conn{client, broker} {
		if err := expectEnd(t, conn); !errors.Is(err, syscall.ECONNRESET) {
			t.Errorf("a reset gave %v", err)
		}
	}
	if p.Open() != 0 || p.Accepted() != 2 {
		t.Errorf("accepted %d, open %d", p.Accepted(), p.Open())
	}
	client, broker = u.connect(p)
	broker.SetLinger(0)
	broker.Close()
	if err := expectEnd(t, client); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("a reset was not passed on: %v", err)
	}
}

func TestCutAfterIsExact(t *testing.T) {
	u := listen(t)
	p := faults.NewProxy(t, u.ln.Addr().String())
	data := bytes.Repeat([]byte("0123456789"), 10_000)
	for _, n := range []int{1, 9, 70_000} {
		client, broker := u.connect(p)
		p.CutAfter(faults.ToClient, int64(n))
		go broker.Write(data)
		got, _ := io.ReadAll(client)
		if !bytes.Equal(got, data[:n]) {
			t.Errorf("%d bytes came before the cut; want %d", len(got), n)
		}
		expectEnd(t, broker)
	}
	client, broker := u.connect(p) // the order is carried out once
	go broker.Write(data)
	expect(t, client, string(data))
}

func TestBlackHole(t *testing.T) {
	u := listen(t)
	p := faults.NewProxy(t, u.ln.Addr().String())
	client, broker := u.connect(p)
	closing, deaf := u.connect(p)
	idle, peer := u.connect(p)
	p.BlackHole(true)
	write(t, client, "lost")
	write(t, broker, "lost")
	closing.Close()
	expectSilence(t, broker)
	expectSilence(t, client)
	expectSilence(t, deaf)
	p.BlackHole(false)
	for _, conn := range []net.Conn{client, broker, deaf} {
		expectEnd(t, conn)
	}
	write(t, idle, "nothing was lost here")
	expect(t, peer, "nothing was lost here")
}

func TestHalfClose(t *testing.T) {
	u := listen(t)
	p := faults.NewProxy(t, u.ln.Addr().String())
	client, broker := u.connect(p)
	p.HalfClose(faults.ToClient)
	if err := expectEnd(t, client); err != nil {
		t.Errorf("the client saw %v, not a FIN", err)
	}
	write(t, broker, "swallowed")
	write(t, client, "still heard")
	expect(t, broker, "still heard")
}

func TestRefuseAndRestart(t *testing.T) {
	u := listen(t)
	p := faults.NewProxy(t, u.ln.Addr().String())
	client, broker := u.connect(p)
	p.Refuse(true)
	if conn, err := net.Dial("tcp", p.Addr()); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("dial gave %v, %v", conn, err)
	}
	write(t, client, "open ones stay")
	expect(t, broker, "open ones stay")
	p.Refuse(false)
	u.connect(p)
	addr := p.Addr()
	p.Restart()
	expectEnd(t, client)
	client, broker = u.connect(p)
	write(t, client, "back")
	expect(t, broker, "back")
	if p.Addr() != addr || p.Open() != 1 {
		t.Errorf("address %s, then %s; %d open", addr, p.Addr(), p.Open())
	}
}

func TestUpstreamDown(t *testing.T) {
	u := listen(t)
	p := faults.NewProxy(t, u.ln.Addr().String())
	u.ln.Close()
	conn, err := net.Dial("tcp", p.Addr())
	if err == nil { // the reset may come so early that it fails the dial
		defer conn.Close()
		conn.SetDeadline(time.Now().Add(patience))
		err = expectEnd(t, conn)
	}
	if !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("got %v; want a reset", err)
	}
}

// A receiver that does not read stops the sender: the proxy holds a bounded
// amount, and a cut ends what is blocked.
func TestBackPressure(t *testing.T) {
	u := listen(t)
	p := faults.NewProxy(t, u.ln.Addr().String())
	_, broker := u.connect(p)
	broker.SetWriteDeadline(time.Now().Add(500 * time.Millisecond))
	n, err := broker.Write(make([]byte, 64<<20))
	if !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%d bytes went through to one who does not read: %v", n, err)
	}
	p.Cut()
	if p.Open() != 0 {
		t.Error("a blocked link was not cut")
	}
}

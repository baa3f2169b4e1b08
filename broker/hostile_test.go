package broker

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// hostileMemory is what three hostile clients may add to the heap: their queues
// of 8 MiB, as much again before it is collected, and garbage of both ends.
const hostileMemory = 96 << 20

// Whatever a client does, a publisher and a subscriber on other connections
// are served meanwhile; and then it is gone.
func TestHostileClients(t *testing.T) {
	for name, attack := range map[string]func(net.Conn) error{
		"half-close":             halfClose,
		"reset inside a line":    resetInsideALine,
		"flood without reading":  floodWithoutReading,
		"flood of its own topic": floodItself,
		"byte by byte":           byteByByte,
		"endless line":           endlessLine,
		"deep nesting":           deepNesting,
		"many keys":              manyKeys,
		"invalid UTF-8":          invalidUTF8,
		"NULs":                   nuls,
		"HTTP":                   anotherProtocol,
	} {
		t.Run(name, func(t *testing.T) {
			r := startBroker(t, Config{lastWords: lastWords})
			pair := newPair(t, r)
			done := make(chan error, 3)
			for range cap(done) {
				conn := dialRaw(t, r.next())
				// What its socket holds, which else grows to 6 MiB, would only delay
				// what the broker does about those that do not read.
				conn.(*net.TCPConn).SetReadBuffer(64 << 10)
				conn.SetDeadline(time.Now().Add(patience))
				go func() {
					err := attack(conn)
					conn.Close()
					done <- err
				}()
			}
			for range cap(done) {
				pair.exchangeUntil(done)
			}
			r.await(t, "the hostile to go", func(s Stats) bool { return s.Connections == 2 })
			pair.exchange()
			if pair.grown > hostileMemory {
				t.Errorf("%d MB more were in use", pair.grown>>20)
			}
			t.Logf("%d messages meanwhile, the slowest in %v; %d KB more in use",
				pair.n, pair.slowest.Round(time.Microsecond), pair.grown>>10)
		})
	}
}

// pair is a publisher and its subscriber, who do nothing wrong.
type pair struct {
	t                     *testing.T
	publisher, subscriber *client
	n                     int
	slowest               time.Duration
	before, grown         int // bytes of heap
}

func newPair(t *testing.T, r *running) *pair {
	t.Helper()
	p := &pair{t: t, publisher: r.dial(t), subscriber: r.dial(t), before: memoryInUse()}
	p.subscriber.ask(`{"op":"sub","topic":"healthy"}`, ok)
	return p
}

func (p *pair) exchange() {
	p.t.Helper()
	begin := time.Now()
	p.publisher.ask(fmt.Sprintf(`{"op":"pub","topic":"healthy","data":"%d"}`, p.n), ok)
	p.subscriber.expect(fmt.Sprintf(`{"topic":"healthy","data":"%d"}`, p.n))
	p.n++
	p.slowest = max(p.slowest, time.Since(begin))
	if p.n%100 == 0 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		p.grown = max(p.grown, int(m.HeapAlloc+m.StackInuse)-p.before)
	}
}

// exchangeUntil exchanges messages until an attack is over, and 100 at least.
func (p *pair) exchangeUntil(done <-chan error) {
	p.t.Helper()
	for range 100 {
		p.exchange()
	}
	for {
		select {
		case err := <-done:
			if err != nil {
				p.t.Error(err)
			}
			return
		default:
			p.exchange()
		}
	}
}

// expectAll sends text and expects the replies, and then the end of the
// connection unless the last reply is that of a ping.
func expectAll(conn net.Conn, text string, replies ...string) error {
	written := make(chan error, 1)
	go func() {
		var err error
		if text != "" {
			_, err = io.WriteString(conn, text)
		}
		written <- err
	}()
	want := strings.Join(replies, "\n") + "\n"
	got := make([]byte, len(want))
	if _, err := io.ReadFull(conn, got); err != nil || string(got) != want {
		return fmt.Errorf("%.40q: got %q, %w, want %q", text, got, err, want)
	}
	if replies[len(replies)-1] == ok {
		return <-written
	}
	if n, err := conn.Read(got); n > 0 || !errors.Is(err, io.EOF) {
		return fmt.Errorf("%.40q: got %q and %w, want the end", text, got[:n], err)
	}
	return <-written
}

const ping = "{\"op\":\"ping\"}\n"

func halfClose(conn net.Conn) error {
	if _, err := io.WriteString(conn, ping+`{"op":"pi`); err != nil {
		return err
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		return err
	}
	return expectAll(conn, "", ok, failed("bad_request: the connection ended inside a line: 9 bytes without a line end were not read"))
}

func resetInsideALine(conn net.Conn) error {
	if err := expectAll(conn, ping+`{"op":"pub","topic":"healthy","da`, ok); err != nil {
		return err
	}
	return conn.(*net.TCPConn).SetLinger(0) // Close resets
}

// floodWithoutReading sends what has replies 30 times as long, until it is
// disconnected.
func floodWithoutReading(conn net.Conn) error {
	return flood(conn, strings.Repeat("x\n", 16<<10))
}

// floodItself publishes to itself.
func floodItself(conn net.Conn) error {
	if err := expectAll(conn, "{\"op\":\"sub\",\"topic\":\"a\"}\n", ok); err != nil {
		return err
	}
	request, _ := publishOf(64 << 10)
	return flood(conn, request+"\n")
}

func flood(conn net.Conn, text string) error {
	for {
		_, err := io.WriteString(conn, text)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return fmt.Errorf("still connected after %v without reading", patience)
		}
		if err != nil {
			return nil
		}
	}
}

func byteByByte(conn net.Conn) error {
	for range 20 {
		for _, b := range []byte(ping) {
			if _, err := conn.Write([]byte{b}); err != nil {
				return err
			}
		}
		if err := expectAll(conn, "", ok); err != nil {
			return err
		}
	}
	return nil
}

func endlessLine(conn net.Conn) error {
	return expectAll(conn, strings.Repeat("x", 1<<20+1), failed("too_large: a line has more than 1048576 bytes"))
}

func deepNesting(conn net.Conn) error {
	for _, nested := range []string{
		strings.Repeat("[", 500_000), strings.Repeat(`{"a":`, 200_000),
		strings.Repeat("[", 500_000) + strings.Repeat("]", 500_000),
	} {
		if err := refusedThenServed(conn, `{"op":"ping","x":`+nested+`}`); err != nil {
			return err
		}
	}
	return nil
}

// refusedThenServed sends a line that is a bad request, and a ping.
func refusedThenServed(conn net.Conn, line string) error {
	if _, err := io.WriteString(conn, line+"\n"); err != nil {
		return err
	}
	var reply []byte
	for b := []byte{0}; b[0] != '\n'; reply = append(reply, b...) {
		if _, err := io.ReadFull(conn, b); err != nil {
			return err
		}
	}
	if !strings.HasPrefix(string(reply), `{"ok":false,"error":"bad_request: `) {
		return fmt.Errorf("%.40q: got %.100s", line, reply)
	}
	return expectAll(conn, ping, ok)
}

func manyKeys(conn net.Conn) error {
	var line strings.Builder
	line.WriteString(`{"op":"ping"`)
	for i := range 60_000 {
		fmt.Fprintf(&line, `,"%d":null`, i)
	}
	for range 5 {
		if err := refusedThenServed(conn, line.String()+"}"); err != nil {
			return err
		}
	}
	return nil
}

func invalidUTF8(conn net.Conn) error {
	for _, bad := range []string{"\xff", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", `\ud800`, `\udc00\ud800`} {
		if err := refusedThenServed(conn, `{"op":"pub","topic":"healthy","data":"`+bad+`"}`); err != nil {
			return err
		}
	}
	return nil
}

func nuls(conn net.Conn) error {
	if err := expectAll(conn, ping, ok); err != nil { // the first line has to be an object
		return err
	}
	for _, bad := range []string{"\x00", strings.Repeat("\x00", 4096), "\x00{\"op\":\"ping\"}", "{\"op\":\"ping\"}\x00",
		"{\"op\":\"pub\",\"topic\":\"healthy\x00\",\"data\":\"\"}"} {
		if err := refusedThenServed(conn, bad); err != nil {
			return err
		}
	}
	return nil
}

// A request for a web server is answered in its own language, and what it holds is
// not carried out: a page in a browser could else publish.
func anotherProtocol(conn net.Conn) error {
	frame := failed("bad_request: this port speaks the Jolt protocol, one JSON object a line, and not HTTP") + "\n"
	want := fmt.Sprintf("HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"+
		"Connection: close\r\n\r\n%s", len(frame), frame)
	request := "POST / HTTP/1.1\r\nHost: healthy\r\n\r\n" + `{"op":"pub","topic":"healthy","data":"from a web page"}` + "\n"
	if _, err := io.WriteString(conn, request); err != nil {
		return err
	}
	got, err := io.ReadAll(conn)
	if string(got) != want || err != nil {
		return fmt.Errorf("got %q, %v, want %q", got, err, want)
	}
	return nil
}

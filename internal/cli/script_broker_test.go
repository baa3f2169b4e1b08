package cli

import (
	"bufio"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"joltui/broker/brokertest"
	"joltui/jolt"
)

// await waits until a file, or what HTTP answers at a URL, matches, and keeps what
// the first group matched: await FILE|URL REGEXP [VARIABLE].
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: await FILE|URL REGEXP [VARIABLE]")
	}
	wanted, err := regexp.Compile("(?m)" + args[1])
	ts.Check(err)
	read := func() ([]byte, error) { return os.ReadFile(ts.MkAbs(args[0])) }
	if strings.HasPrefix(args[0], "http://") {
		read = func() ([]byte, error) { return get(args[0]) }
	}
	tick, late := time.NewTicker(time.Millisecond), time.After(20*time.Second)
	defer tick.Stop()
	for {
		got, err := read()
		if found := wanted.FindSubmatch(got); found != nil {
			if len(args) == 3 {
				ts.Setenv(args[2], string(found[1]))
			}
			return
		}
		select {
		case <-tick.C:
		case <-late:
			ts.Fatalf("waited in vain for %s in %s: %v\n%s", args[1], args[0], err, got)
		}
	}
}

func get(url string) ([]byte, error) {
	answer, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	return io.ReadAll(answer.Body)
}

// issue writes a new certificate, which AUTHORITY signs, and its key: issue HOST CERT KEY.
func issue(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: issue HOST CERT KEY")
	}
	pair := ts.Value("authority").(*brokertest.Authority).Issue(args[0], time.Now().Add(time.Hour))
	ts.Check(errors.Join(
		os.Rename(pair.CertFile, ts.MkAbs(args[1])),
		os.Rename(pair.KeyFile, ts.MkAbs(args[2]))))
}

// answer begins a broker of one kind: of its first connection it reads so many publishes,
// answers the first of them, with a refusal the one with a number, if that is not 0, and
// hangs up; later ones are served: answer COUNT OF REFUSED VARIABLE.
func answer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: answer COUNT OF REFUSED VARIABLE")
	}
	var n [3]int
	for i := range n {
		var err error
		n[i], err = strconv.Atoi(args[i])
		ts.Check(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { ln.Close() })
	_, port, err := net.SplitHostPort(ln.Addr().String())
	ts.Check(err)
	ts.Setenv(args[3], port)
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			answerSome(conn, n[0], n[1], n[2])
			n = [3]int{math.MaxInt, math.MaxInt, 0}
		}
	}()
}

// speak begins a server of another protocol: to each connection on which something comes
// it says a text, which is written as in Go, and hangs up: speak TEXT VARIABLE.
func speak(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: speak TEXT VARIABLE")
	}
	text, err := strconv.Unquote(`"` + args[0] + `"`)
	ts.Check(err)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { ln.Close() })
	_, port, err := net.SplitHostPort(ln.Addr().String())
	ts.Check(err)
	ts.Setenv(args[1], port)
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				conn.Read(make([]byte, 1<<10))
				io.WriteString(conn, text)
				conn.(*net.TCPConn).CloseWrite()
				io.Copy(io.Discard, conn)
			}()
		}
	}()
}

// answerSome reads so many publishes, and answers some of them and whatever else is asked.
func answerSome(conn net.Conn, count, of, refused int) {
	defer conn.Close()
	lines := bufio.NewScanner(conn)
	for n := 0; n < of && lines.Scan(); {
		reply := jolt.AppendAck(nil)
		if strings.Contains(lines.Text(), `"pub"`) {
			n++
		}
		switch {
		case n > count:
			continue
		case n == refused && n > 0:
			reply = jolt.AppendError(nil, "forbidden:no")
		}
		if _, err := conn.Write(reply); err != nil {
			return
		}
	}
	// A socket that is closed with bytes unread is reset, and its replies may be lost.
	conn.(*net.TCPConn).CloseWrite()
	io.Copy(io.Discard, conn)
}

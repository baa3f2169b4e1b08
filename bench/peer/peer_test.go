package peer

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// TestMain makes the test binary the programs that the tests run.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 {
		switch os.Args[1] {
		case "listen":
			listen(os.Args[2])
		case "refuse":
			fmt.Fprintln(os.Stderr, "no port is good enough")
			os.Exit(1)
		case "leave":
			leave(os.Args[2])
		}
	}
	os.Exit(m.Run())
}

// listen accepts connections until it is told to end.
func listen(port string) {
	ln, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		panic(err)
	}
	for {
		if _, err := ln.Accept(); err != nil {
			return
		}
	}
}

// leave ends once somebody sends something.
func leave(port string) {
	ln, err := net.Listen("tcp", "127.0.0.1:"+port)
	if err != nil {
		panic(err)
	}
	for {
		conn, err := ln.Accept()
		if err != nil {
			panic(err)
		}
		if n, _ := conn.Read(make([]byte, 1)); n > 0 {
			fmt.Fprintln(os.Stderr, "leaving")
			os.Exit(0)
		}
	}
}

func program(t *testing.T, does string) Program {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Program{"it", self, func(port int) []string { return []string{does, strconv.Itoa(port)} }}
}

func TestStartAndStop(t *testing.T) {
	p, err := Start(t.Context(), program(t, "listen"))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", p.Addr)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	broken := errors.New("broken")
	if err := p.Explain(broken); err != broken {
		t.Errorf("while it runs, an error is explained as %v", err)
	}
	p.Stop()
	if conn, err := net.Dial("tcp", p.Addr); err == nil {
		conn.Close()
		t.Error("it still listens")
	}
	p.Stop() // again, for nothing
}

func TestProgramThatDoesNotStart(t *testing.T) {
	_, err := Start(t.Context(), program(t, "refuse"))
	if err == nil || !strings.HasPrefix(err.Error(), "it ended instead of listening at 127.0.0.1:") ||
		!strings.HasSuffix(err.Error(), ": no port is good enough") {
		t.Errorf("got %v", err)
	}
	if _, err := Start(t.Context(), Program{"it", "/nowhere/it", func(int) []string { return nil }}); err == nil || !strings.HasPrefix(err.Error(), "it: ") {
		t.Errorf("got %v", err)
	}
}

func TestProgramThatEnds(t *testing.T) {
	p, err := Start(t.Context(), program(t, "leave"))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Stop()
	conn, err := net.Dial("tcp", p.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.Write([]byte("x"))
	io.Copy(io.Discard, conn) // until it has hung up
	broken := errors.New("broken")
	if err := p.Explain(broken); !errors.Is(err, broken) || err.Error() != "broken; it has ended: leaving" {
		t.Errorf("got %v", err)
	}
}

func TestLastWords(t *testing.T) {
	var l lastWords
	if got := l.String(); got != "it said nothing" {
		t.Errorf("got %q", got)
	}
	for i := range 1000 {
		fmt.Fprintf(&l, "line %d\n", i)
	}
	if got := l.String(); len(got) > lastWordsBytes || !strings.HasSuffix(got, "line 998\nline 999") {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}

func TestNoRedis(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Redis(); !errors.Is(err, ErrNoRedis) {
		t.Errorf("got %v", err)
	}
}

func TestWhatGoSays(t *testing.T) {
	_, err := goTool(t.Context(), "build", "./nowhere")
	if err == nil || !strings.Contains(err.Error(), "go build: ") || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("got %v", err)
	}
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) {
		t.Errorf("%v does not tell how it ended", err)
	}
}

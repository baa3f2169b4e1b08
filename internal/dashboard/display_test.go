package dashboard

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// slowTerminal takes as many pieces as it is allowed to.
type slowTerminal struct {
	io.Reader
	io.Closer
	allowed chan struct{}
	once    sync.Once
	fails   error

	mu  sync.Mutex
	got bytes.Buffer
}

func (s *slowTerminal) Fd() uintptr { return 0 }

func (s *slowTerminal) Write(p []byte) (int, error) {
	<-s.allowed
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got.Write(p)
	return len(p), s.fails
}

func (s *slowTerminal) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got.String()
}

// startDisplay runs a display on a terminal that takes nothing yet.
func startDisplay(t *testing.T) (*display, *slowTerminal) {
	s := &slowTerminal{allowed: make(chan struct{})}
	d := newDisplay(s)
	var ended sync.WaitGroup
	ended.Go(d.run)
	t.Cleanup(func() {
		d.Close()
		s.takeAll()
		ended.Wait()
	})
	return d, s
}

// takeAll takes whatever comes from now on.
func (s *slowTerminal) takeAll() { s.once.Do(func() { close(s.allowed) }) }

// What the terminal has not taken keeps nobody waiting, and arrives in order.
func TestDisplayDoesNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, s := startDisplay(t)
		if d.Busy() {
			t.Error("it is busy before anything was written")
		}
		frame, copied := strings.Repeat("a row of the window\r\n", 1000), "\x1b]52;c;aGk=\a"
		want := ansi.HideCursor + frame + copied + frame
		for _, part := range []string{ansi.HideCursor, frame, copied, frame} {
			if n, err := io.WriteString(d, part); n != len(part) || err != nil {
				t.Fatalf("writing %d bytes: %d, %v", len(part), n, err)
			}
		}
		idle := make(chan struct{})
		go func() {
			d.Wait()
			close(idle)
		}()
		synctest.Wait()
		select {
		case <-idle:
			t.Error("it is idle though the terminal has taken nothing")
		default:
		}
		if s.text() != "" || !d.Busy() {
			t.Errorf("%d bytes have arrived, busy %v", len(s.text()), d.Busy())
		}
		s.takeAll()
		<-idle
		if s.text() != want {
			t.Errorf("%d bytes have arrived, not the %d that were written in their order", len(s.text()), len(want))
		}
		if d.Busy() {
			t.Error("it is busy though everything has arrived")
		}
	})
}

// What is queued is bounded: beyond it a writer waits.
func TestDisplayIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, s := startDisplay(t)
		frame := make([]byte, 40<<10)
		written := 0
		var mu sync.Mutex
		go func() {
			for range 100 {
				d.Write(frame)
				mu.Lock()
				written++
				mu.Unlock()
			}
		}()
		synctest.Wait()
		mu.Lock()
		if queued := written * len(frame); queued < maxQueued || queued > maxQueued+pieceSize+len(frame) {
			t.Errorf("%d bytes were taken without the terminal", queued)
		}
		mu.Unlock()
		s.takeAll()
		synctest.Wait()
		if got := len(s.text()); got != 100*len(frame) {
			t.Errorf("%d bytes have arrived of %d", got, 100*len(frame))
		}
	})
}

// Giving the terminal back waits until it has everything, however slow it is.
func TestDisplayGivesTheTerminalBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, s := startDisplay(t)
		frame := strings.Repeat("x", 10*pieceSize)
		io.WriteString(d, frame)
		go func() {
			for range 11 { // the pieces of both
				time.Sleep(giveUp * 9 / 10)
				s.allowed <- struct{}{}
			}
		}()
		io.WriteString(d, ansi.ShowCursor)
		if s.text() != frame+ansi.ShowCursor {
			t.Errorf("only %d bytes have arrived", len(s.text()))
		}
	})
}

// A terminal that takes nothing does not keep the program from ending.
func TestDisplayGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, _ := startDisplay(t)
		begin := time.Now()
		io.WriteString(d, "a frame")
		for range 3 { // Bubble Tea shows the cursor more than once
			io.WriteString(d, ansi.ShowCursor)
		}
		if took := time.Since(begin); took != giveUp {
			t.Errorf("it took %s to give up", took)
		}
	})
}

// When the terminal is gone, nobody waits for it.
func TestDisplayWithoutATerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, s := startDisplay(t)
		s.fails = errors.New("input/output error")
		io.WriteString(d, strings.Repeat("x", 3*maxQueued))
		s.takeAll()
		begin := time.Now()
		d.Wait()
		if _, err := io.WriteString(d, ansi.ShowCursor); !errors.Is(err, s.fails) {
			t.Errorf("the error is %v", err)
		}
		if took := time.Since(begin); took > 0 || d.Busy() {
			t.Errorf("it took %s, busy %v", took, d.Busy())
		}
	})
}

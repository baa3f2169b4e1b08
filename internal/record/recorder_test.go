package record

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"joltui/jolt"
)

func events(from, n int) []jolt.Event {
	var all []jolt.Event
	for i := range n {
		all = append(all, message(from+i, time.Duration(from+i)*time.Millisecond))
	}
	return all
}

func TestRecorder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.ndjson")
	var tap Tap
	tap.Handle(events(0, 1)) // before it is on
	if _, err := tap.Start(path, Options{Match: func(m *jolt.Message) bool { return m.Topic != "orders.1" }}); err != nil {
		t.Fatal(err)
	}
	if _, err := tap.Start(path+"2", Options{}); !errors.Is(err, ErrRecording) {
		t.Errorf("a second recording: %v", err)
	}
	gap := &jolt.Gap{From: noon(), To: noon().Add(time.Second), Cause: jolt.ErrDeadPeer}
	tap.Handle([]jolt.Event{message(3, 0), message(4, 0), &jolt.Reply{}, &jolt.BadLine{}, gap, message(5, 0)})
	status, on := tap.Stop()
	if !on || status.Messages != 2 || status.Missing != 0 || status.Err != nil || status.Path != path || status.Ended.IsZero() {
		t.Errorf("%+v", status)
	}
	if _, on := tap.Stop(); on {
		t.Error("it is on after the end")
	}
	got, problems := read(t, path)
	want := entries(message(3, 0), gap, message(5, 0))
	if d := diff(want, got); d != "" || problems != nil {
		t.Errorf("%v\n%s", problems, d)
	}
}

// However slow the disk is, Record does not block, memory is bounded, and the file says how
// many messages it lacks.
func TestRecorderNeverBlocks(t *testing.T) {
	d := &disk{room: -1, stuck: make(chan struct{})}
	r, err := Start("stuck", Options{WriterOptions: d.options()})
	if err != nil {
		t.Fatal(err)
	}
	const n = 3 * queueMessages
	for i := 0; i < n; i += 1024 {
		r.Record(events(i, 1024)) // would hang here
	}
	if s := r.Status(); s.Missing == 0 {
		t.Errorf("%+v", s)
	}
	close(d.stuck)
	s := r.Stop()
	if s.Err != nil || s.Messages+s.Missing != n || s.Messages < queueMessages {
		t.Fatalf("%+v", s)
	}
	got, problems := read(t, d.saved(t))
	var messages, missing uint64
	for _, e := range got {
		messages += 1 - min(e.Missing.Messages, 1)
		missing += e.Missing.Messages
	}
	if problems != nil || messages != s.Messages || missing != s.Missing {
		t.Errorf("%v: the file has %d messages and lacks %d; %+v", problems, messages, missing, s)
	}
}

func TestDiskFull(t *testing.T) {
	d := &disk{room: 100_000}
	r, err := Start("full", Options{WriterOptions: d.options()})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		r.Record(events(i*100, 100))
	}
	<-r.Ended() // by itself
	r.Record(events(0, 100))
	s := r.Stop()
	if !errors.Is(s.Err, errNoSpace) || !strings.HasPrefix(s.Err.Error(), "cannot write the recording: ") || s.Ended.IsZero() {
		t.Errorf("%+v", s)
	}
	got, problems := read(t, d.saved(t))
	if s.Messages+s.Missing != 10_100 || s.Messages != uint64(len(got)) || s.Size != int64(d.Len()) {
		t.Errorf("%d messages in %d bytes of the file: %+v", len(got), d.Len(), s)
	}
	if len(got) < 500 || len(problems) > 1 || diff(entries(events(0, len(got))...), got) != "" {
		t.Errorf("%d messages, %v", len(got), problems)
	}
}

func TestRecorderFlushesEverySecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &disk{room: -1}
		r, err := Start("slow", Options{WriterOptions: d.options()})
		if err != nil {
			t.Fatal(err)
		}
		r.Record(events(0, 1))
		synctest.Wait()
		if text := d.text(); text != "" {
			t.Errorf("%q was written before the buffer is full", text)
		}
		time.Sleep(time.Second + time.Millisecond)
		synctest.Wait()
		if got := strings.Count(d.text(), "\n"); got != 2 {
			t.Errorf("%d lines after a second", got)
		}
		r.Stop()
	})
}

func TestConcurrentStop(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.ndjson")
	var tap Tap
	if _, err := tap.Start(path, Options{}); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	stopped := make(chan Status, 8)
	for i := range 8 {
		all.Go(func() {
			for range 50 {
				tap.Handle(events(i*100, 10))
				tap.Status()
			}
			if s, on := tap.Stop(); on {
				stopped <- s
			}
		})
	}
	all.Wait()
	close(stopped)
	s, again := <-stopped, false
	if _, again = <-stopped; again || s.Err != nil {
		t.Errorf("stopped twice: %v; %+v", again, s)
	}
	got, problems := read(t, path)
	if problems != nil || uint64(len(got)) != s.Messages {
		t.Errorf("%v: %d messages are in the file; %+v", problems, len(got), s)
	}
}

// What came before is written first, without what the recorder got itself, though several
// messages have the same time.
func TestRecorderWithWhatCameBefore(t *testing.T) {
	at := func(s int) time.Time { return time.Date(2026, 1, 2, 12, 0, s, 0, time.UTC) }
	message := func(s int, data string) *jolt.Message { return &jolt.Message{At: at(s), Topic: "t", Data: data} }
	var past []Entry
	for i, s := range []int{1, 2, 5, 5, 5, 6} {
		past = append(past, Entry{At: at(s), Event: message(s, fmt.Sprint(i))})
	}
	before := make(chan []Entry, 1)
	path := filepath.Join(t.TempDir(), "r.ndjson")
	not := func(m *jolt.Message) bool { return m.Data != "1" }
	r, err := Start(path, Options{WriterOptions: WriterOptions{Began: at(1)}, Match: not, Before: before})
	if err != nil {
		t.Fatal(err)
	}
	r.Record([]jolt.Event{&jolt.StateChange{At: at(5)}, message(5, "3"), message(5, "4"), message(6, "5"), message(7, "6")})
	if s := r.Status(); !s.First.Equal(at(5)) {
		t.Errorf("the first is of %v", s.First)
	}
	before <- past
	if s := r.Stop(); s.Failed() != nil || s.Messages != 6 {
		t.Errorf("%+v", s)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var data []string
	for _, found := range regexp.MustCompile(`"data":"(.)"`).FindAllStringSubmatch(string(text), -1) {
		data = append(data, found[1])
	}
	if got := strings.Join(data, ""); got != "023456" {
		t.Errorf("recorded %s:\n%s", got, text)
	}
}

// A recording that never got what came before it says so.
func TestRecorderThatIsStoppedTooSoon(t *testing.T) {
	r, err := Start(filepath.Join(t.TempDir(), "r.ndjson"), Options{Before: make(chan []Entry)})
	if err != nil {
		t.Fatal(err)
	}
	r.Record(events(0, 3))
	if s := r.Stop(); !errors.Is(s.Err, errNoBefore) || s.Messages != 3 {
		t.Errorf("%+v", s)
	}
}

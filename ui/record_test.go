package ui

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"joltui/internal/record"
	"joltui/jolt"
)

// fakeRecorder returns what the test sets, and writes nothing.
type fakeRecorder struct {
	options record.Options
	status  record.Status
	on      bool
	err     error
}

func (r *fakeRecorder) Start(path string, o record.Options) (record.Status, error) {
	if r.err != nil {
		return record.Status{}, r.err
	}
	r.options, r.on = o, true
	r.status = record.Status{Path: path, What: o.What, Started: o.Now(), Parts: 1, Size: 120}
	return r.status, nil
}

func (r *fakeRecorder) Status() (record.Status, bool) { return r.status, r.on }

func (r *fakeRecorder) Stop() (record.Status, bool) {
	was := r.on
	if r.on = false; r.status.Ended.IsZero() && r.options.Now != nil {
		r.status.Ended = r.options.Now()
	}
	return r.status, was
}

func (r *fakeRecorder) takes(topic, data string) bool {
	return r.options.Match == nil || r.options.Match(&jolt.Message{Topic: topic, Data: data})
}

func TestRecordAll(t *testing.T) {
	r := &fakeRecorder{}
	s := watchOrders(t, 160, 40, Options{Recorder: r, RecordIn: []string{"/state/joltui", "."}})
	s.press("r", "enter")
	s.contains("record to /state/joltui/jolt-20260102-120126.ndjson")
	s.press("tab")
	s.contains("record to jolt-20260102-120126.ndjson")
	s.press("enter")
	s.contains("recording all that arrives to jolt-20260102-120126.ndjson", "● REC 120 B 0 s")
	if !r.takes("any", "thing") {
		t.Error("not all is recorded")
	}
	s.pass(2 * time.Minute)
	r.status.Messages, r.status.Size, r.status.Parts, r.status.Missing = 1204331, 96346480, 3, 12
	s.pass(time.Second)
	s.contains("● REC 96.3 MB 2m −12")
	r.status.Ended = s.now
	s.press("r")
	s.logSays("recorded 1,204,331 messages, 96.3 MB, in 2m: jolt-20260102-120126.ndjson and 2 files more; 12 came faster")
	s.lacks("REC")
}

// A name that is taken is asked for again, with what was typed.
func TestRecordToAFileThatExists(t *testing.T) {
	r := &fakeRecorder{err: fmt.Errorf("open night.ndjson: %w", fs.ErrExist)}
	s := watchOrders(t, 160, 40, Options{Recorder: r})
	s.press("r", "text: ", "backspace", "enter", "ctrl+u", "text:night.ndjson", "enter")
	s.contains("record to night.ndjson", "✗ the file exists: name another one", "nothing is recorded: open night.ndjson")
	r.err = nil
	s.press("enter")
	s.contains("record to night.ndjson")
	s.press("left", "text:2", "enter")
	s.contains("recording all that arrives to night.ndjso2n")
}

func TestRecordScreen(t *testing.T) {
	for _, tt := range []struct {
		keys    []string
		what    string
		takes   string // topics of messages that say "failed"
		filters bool
	}{
		{[]string{"g"}, "all topics", "orders.eu audit", false},
		{[]string{"G"}, "orders.eu", "orders.eu", false},
		{[]string{"G", "v", "k", "k", "v"}, "orders.eu, audit", "orders.eu audit", false},
		{[]string{"G", "/", "tab", "text:failed", "enter"}, "orders.eu, filter failed", "orders.eu", true},
	} {
		r := &fakeRecorder{}
		s := watchOrders(t, 160, 40, Options{Recorder: r})
		s.press(tt.keys...)
		s.press("r")
		s.contains("record all, or screen (" + tt.what + "):")
		s.press("tab", "enter", "enter")
		takes := ""
		for _, topic := range []string{"orders.eu", "audit"} {
			if r.takes(topic, "it failed") {
				takes += " " + topic
			}
		}
		if r.options.What != tt.what || takes != " "+tt.takes || r.takes("orders.eu", "paid") == tt.filters {
			t.Errorf("%v records %s: %q", tt.keys, takes, r.options.What)
		}
	}
}

func TestRecordingFails(t *testing.T) {
	r := &fakeRecorder{err: errors.New("x.ndjson is there already: take another name")}
	s := watchOrders(t, 160, 40, Options{Recorder: r})
	s.press("r", "enter", "enter")
	s.contains("nothing is recorded: x.ndjson is there already: take another name")
	s.lacks("REC")

	r.err = nil
	s.press("r", "enter", "enter")
	r.status.Ended, r.status.Err = s.now, fmt.Errorf("cannot write the recording: %w", errors.New("no space left on device"))
	s.run(s.model.recording.checkRecording())
	s.logSays("the recording ended: cannot write the recording: no space left on device; recorded 0 messages")
	s.lacks("● REC")

	// That it ended shows until somebody takes note.
	s.pass(time.Minute)
	s.contains("✗ REC FAILED")
	s.press("r", "esc")
	s.lacks("REC FAILED")
}

func TestADiskThatIsFull(t *testing.T) {
	r := &fakeRecorder{}
	s := watchOrders(t, 260, 40, Options{Recorder: r})
	s.press("r", "enter", "enter")
	r.status.Messages, r.status.Missing, r.status.Ended = 13188, 2189, s.now
	r.status.Err = fmt.Errorf("cannot write the recording: %w", syscall.ENOSPC)
	s.run(s.model.recording.checkRecording())
	s.contains("✗ the recording ended: cannot write the recording: no space left on device; recorded 13,188 messages",
		"; 2,189 more are lost; to record again, make room on the disk, then press r", "✗ REC FAILED")
	r.status.Err = nil
	s.press("r", "enter", "enter")
	s.contains("● REC")
	s.lacks("REC FAILED")
	r.status.Ended = s.now
	s.press("r")
	s.lacks("REC FAILED")
}

// A recording whose file is moved away goes on. The header says so while that lasts, the log
// once, and at its end the recording counts as failed.
func TestAFileThatIsTakenAway(t *testing.T) {
	r := &fakeRecorder{}
	s := watchOrders(t, 260, 40, Options{Recorder: r})
	s.press("r", "enter", "enter")
	gone := errors.New("/x.ndjson was deleted or moved while the recording was on\x1b[2J")
	told := func() int {
		return strings.Count(s.model.View(), "✗ recording goes on, but /x.ndjson was deleted or moved")
	}
	r.status.Gone = gone
	s.pass(10 * time.Second)
	s.contains("✗ REC FILE GONE 120 B 10 s", "to record into a new file, press r twice")
	if told() != 1 {
		t.Errorf("told %d times", told())
	}
	r.status.Gone = nil
	s.pass(10 * time.Second)
	s.contains("● REC 120 B 20 s", "· the files of the recording are in place again")
	r.status.Gone = gone
	s.pass(time.Second)
	if told() != 2 {
		t.Errorf("told %d times", told())
	}
	r.status.Ended = s.now
	s.press("r")
	s.contains("✗ /x.ndjson was deleted or moved while the recording was on\\x1b[2J; recorded 0 messages", "✗ REC FAILED")
	s.lacks("\x1b")
}

// A recording that is to last for a time ends by itself, and says what it has.
func TestRecordForAMinute(t *testing.T) {
	r := &fakeRecorder{}
	s := watchOrders(t, 160, 40, Options{Recorder: r})
	s.press("r", "text: 1m", "enter", "enter")
	s.contains("● REC 120 B 0 s of 1m", "recording all that arrives to jolt-20260102-120126.ndjson, for 1m")
	s.pass(59 * time.Second)
	if !r.on {
		t.Fatal("it ended too soon")
	}
	s.now = s.now.Add(time.Second)
	s.model.now, r.status.Messages = s.now, 412
	s.run(s.model.recording.checkRecording())
	s.contains(" · recorded 412 messages, 120 B, in 1m: jolt-20260102-120126.ndjson")
	s.lacks("● REC")
	s.press("r", "enter", "enter") // the next one lasts until it is stopped
	s.contains("● REC 120 B 0 s ")
	s.press("r", "r", "ctrl+u", "text:all 10ms")
	s.contains("✗ a second at least, as 30s or 1m")
	s.press("ctrl+u", "text:some")
	s.contains("✗ all or screen, then 1m, then with history")
}

func TestRecordByCommand(t *testing.T) {
	r := &fakeRecorder{}
	s := watchOrders(t, 160, 40, Options{Recorder: r})
	s.typedCommand("record screen my file.ndjson 30s")
	s.contains("recording all topics to my file.ndjson, for 30 s")
	s.typedCommand("record other.ndjson")
	s.contains("nothing more is recorded: a recording is on; r ends it")
	s.typedCommand("record")
	if r.on {
		t.Error("it is still on")
	}
}

// A recording with history begins with what the histories hold, each message once, whatever
// comes while it is started.
func TestRecordWithHistory(t *testing.T) {
	for name, moves := range map[string]func(s *screen, tap *record.Tap){
		"quiet": func(s *screen, tap *record.Tap) {
			s.now = s.now.Add(2 * time.Second)
			s.pollPast()
		},
		"busy": func(s *screen, tap *record.Tap) {
			onItsWay := orders(s.now.Add(500*time.Millisecond), 900, 5) // the recorder came too late for these
			own := orders(s.now.Add(1900*time.Millisecond), 905, 10)
			tap.Handle(own)
			s.now = s.now.Add(2 * time.Second)
			s.pollPast()
			s.events(append(onItsWay, own[:4]...)...)
			s.pollPast()
			s.events(own[4:]...)
		},
		"stopped at once": func(s *screen, tap *record.Tap) {},
	} {
		t.Run(name, func(t *testing.T) {
			var tap record.Tap
			s := watchOrders(t, 160, 40, Options{Recorder: &tap, RecordIn: []string{t.TempDir()}})
			s.press("r", "text: with history", "enter", "enter")
			s.contains("recording all that arrives to ", "with what was already seen")
			status, _ := tap.Status()
			moves(s, &tap)
			s.press("r")
			var want []string
			for _, e := range s.model.feed.Held() {
				want = append(want, e.Data)
			}
			set, err := record.Open(status.Path)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			reader := set.Read(record.Position{})
			defer reader.Close()
			for {
				e, err := reader.Next()
				if err != nil {
					break
				}
				if m, ok := e.Event.(*jolt.Message); ok {
					got = append(got, m.Data)
				}
			}
			if !slices.Equal(got, want) || len(got) < 100 {
				t.Errorf("%d messages, want %d", len(got), len(want))
			}
			if set.Started().After(noon()) {
				t.Errorf("it begins at %v, after what it has", set.Started())
			}
		})
	}
}

// pollPast runs the command with which a recording gets what came before it.
func (s *screen) pollPast() {
	if status, on := s.model.recording.status(); on {
		s.run(s.model.recording.checkPast(status))
	}
}

// A real recorder writes a file while the dashboard runs.
func TestRecordToFile(t *testing.T) {
	var tap record.Tap
	s := watchOrders(t, 160, 40, Options{Recorder: &tap, RecordIn: []string{t.TempDir()}})
	s.press("r", "enter", "enter")
	status, on := tap.Status()
	if !on || filepath.Base(status.Path) != "jolt-20260102-120126.ndjson" {
		t.Fatalf("%+v", status)
	}
	tap.Handle(orders(s.now, 0, 3))
	s.press("r")
	s.contains("recorded 3 messages")
}

func TestNoRecorderNoKey(t *testing.T) {
	s := watchOrders(t, 160, 60, Options{})
	s.press("r", ",", "]")
	s.lacks("record all")
	s.press("?")
	s.lacks("record, or stop", "Recording")
}

func TestGoldenRecording(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			r := &fakeRecorder{}
			s := watchOrders(t, size.w, size.h, Options{Recorder: r, RecordIn: []string{"/home/ann/.local/state/joltui"}})
			s.press("r", "enter", "enter")
			r.status.Size = 1_234_567
			s.pass(75 * time.Second)
			s.events(orders(s.now, 0, 12)...)
			s.pass(time.Second)
			s.golden()
		})
	}
}

// TestGoldenRecordingFor is the question, and a recording that ends by itself.
func TestGoldenRecordingFor(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
		for name, keys := range map[string][]string{
			"asking": {"r"},
			"on":     {"r", "text: 1m with history", "enter", "enter"},
		} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size.w, size.h), func(t *testing.T) {
				s := watchOrders(t, size.w, size.h, Options{Recorder: &fakeRecorder{}, RecordIn: []string{"/home/ann/.local/state/joltui"}})
				s.press(keys...)
				s.golden()
			})
		}
	}
}

package ui

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"joltui/jolt"
	"joltui/record"
)

// fakeRecorder says what it is told to, and writes nothing.
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
	r.on = false
	return r.status, was
}

func (r *fakeRecorder) takes(topic, data string) bool {
	return r.options.Match == nil || r.options.Match(&jolt.Message{Topic: topic, Data: data})
}

func TestRecordAll(t *testing.T) {
	r := &fakeRecorder{}
	s := watching(t, 160, 40, Options{Recorder: r, RecordIn: []string{"/state/joltui", "."}})
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
	s.contains("recorded 1,204,331 messages, 96.3 MB, in 2m: jolt-20260102-120126.ndjson and 2 files more; 12 came faster")
	s.lacks("REC")
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
		{[]string{"G", "/", "text:failed", "enter"}, "orders.eu, filter failed", "orders.eu", true},
	} {
		r := &fakeRecorder{}
		s := watching(t, 160, 40, Options{Recorder: r})
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
	s := watching(t, 160, 40, Options{Recorder: r})
	s.press("r", "enter", "enter")
	s.contains("nothing is recorded: x.ndjson is there already: take another name")
	s.lacks("REC")

	r.err = nil
	s.press("r", "enter", "enter")
	r.status.Ended, r.status.Err = s.now, fmt.Errorf("cannot write the recording: %w", errors.New("no space left on device"))
	s.run(s.model.checkRecording())
	s.contains("the recording ended: cannot write the recording: no space left on device; recorded 0 messages")
	s.lacks("● REC")
}

// The recorder writes while the dashboard is driven as ever.
func TestRecordToFile(t *testing.T) {
	var tap record.Tap
	s := watching(t, 160, 40, Options{Recorder: &tap, RecordIn: []string{t.TempDir()}})
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
	s := watching(t, 160, 60, Options{})
	s.press("r", ",", "]")
	s.lacks("record all")
	s.press("?")
	s.lacks("record, or stop", "Recording")
}

func TestGoldenRecording(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			r := &fakeRecorder{}
			s := watching(t, size.w, size.h, Options{Recorder: r, RecordIn: []string{"/home/ann/.local/state/joltui"}})
			s.press("r", "enter", "enter")
			r.status.Size = 1_234_567
			s.pass(75 * time.Second)
			s.events(orders(s.now, 0, 12)...)
			s.pass(time.Second)
			s.golden()
		})
	}
}

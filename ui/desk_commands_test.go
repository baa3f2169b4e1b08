package ui

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"joltui/ui/layout"
	"joltui/ui/views/stream"
)

// under returns the message under the cursor of the stream.
func (s *screen) under() string {
	if e := s.model.stream().Current(s.model.feed); e != nil {
		return e.Data
	}
	return ""
}

func TestFindGoesToTheNewestHit(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.events(chat(s.now, "what? (really) jq .x, at first"), chat(s.now, "what? (really) jq .x, at last"))
	s.events(orders(s.now, 900, 3)...)
	for _, text := range []string{"what? (really)", "jq .x"} {
		s.press("1", "g")
		s.typedCommand("find " + text)
		if s.model.focus != layout.RegionStream || !strings.Contains(s.under(), "at last") || s.model.streamOptions.Filter != stream.ShowOthers {
			t.Errorf("%s: the cursor is on %q", text, s.under())
		}
	}
	s.typedCommand("find !nowhere")
	s.contains("0 hits of ")
}

func TestGoToATime(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{}) // from 12:01:02 on, for 24 s
	for typed, want := range map[string]string{"12:01:10": "12:01:10.", "-10s": "12:01:16.", "0%": "12:01:01.", "2026-01-02 12:01:10": "12:01:10."} {
		s.press("1", "g")
		s.typedCommand("goto " + typed)
		e := s.model.stream().Current(s.model.feed)
		if e == nil || !strings.HasPrefix(e.At.Format("15:04:05.000"), want) {
			t.Errorf("%s goes to %v", typed, e)
		}
	}
	s.typedCommand("goto 23:00")
	s.contains("the newest is of 12:01:2")
	s.typedCommand("goto 11:00")
	s.contains("the oldest is of 12:01:0")
	s.typedCommand("goto noon")
	s.contains("✗ a time, a percentage, or + and how long")
	idle := newScreen(t, 120, 40, Options{})
	idle.typedCommand("goto 12:00")
	idle.contains("✗ there is no message to go to")
}

func TestSortTopics(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("2")
	s.typedCommand("sort rate")
	s.contains("rate ↓")
	if s.model.focus != layout.RegionTopics {
		t.Error("the list has not got the focus")
	}
	s.typedCommand("sort size")
	s.contains(`✗ no order is called "size": there are name, rate, heard, count`)
}

func TestWatchAndAlertByCommand(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G")
	s.typedCommand("watch .amount")
	s.typedCommand(`alert .status == "failed"`)
	s.typedCommand("alert .id in * > 5000")
	all := s.model.feed.Watches().All()
	var got []string
	for _, w := range all {
		got = append(got, w.Field().String()+" "+w.Threshold().String())
	}
	if want := `.amount in orders.eu |.status in orders.eu == "failed"|.id in * > 5000`; strings.Join(got, "|") != want {
		t.Errorf("watched are %q", got)
	}
	if s.model.top() == nil {
		t.Error("the page of watched fields is not open")
	}
	for typed, wrong := range map[string]string{
		"alert .amount":     "after the field comes what is to be told",
		"alert .amount > ":  "what is to be compared with is missing",
		"alert .amount = 5": "write ==: = on its own compares nothing",
		"watch .[":          "✗ ",
	} {
		s.typedCommand(typed)
		s.contains(wrong)
		s.press("esc")
	}
	s.press("esc", ":", "text:watch ", "tab")
	s.contains(": watch .amount")
	s.press("esc", ":", "text:alert .am", "tab")
	s.contains(": alert .amount ")
}

// A recording is chosen among those of the usual folder, the newest first, played on the
// terminal, and the dashboard goes on afterwards.
func TestReplayByCommand(t *testing.T) {
	dir := filepath.Dir(writePayload(t, "jolt-20260101-100000.ndjson", ""))
	var played []string
	fail := errors.New("exit status 2")
	s := watchOrders(t, 160, 40, Options{
		RecordIn: []string{dir},
		Replay: func(path string) *exec.Cmd {
			played = append(played, filepath.Base(path))
			return exec.Command("true")
		},
	})
	s.press(":", "text:replay ", "tab")
	s.contains("jolt-20260101-100000.ndjson", "1 of 1")
	s.press("enter")
	if len(played) != 1 || played[0] != "jolt-20260101-100000.ndjson" {
		t.Fatalf("played %q", played)
	}
	s.send(playedMsg{"x.ndjson", fail})
	s.contains("not played: x.ndjson: exit status 2")
	without := watchOrders(t, 160, 40, Options{})
	without.typedCommand("replay x")
	without.contains(`✗ no command is called "replay"`)
}

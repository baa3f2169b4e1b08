package ui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/calm"
	"joltui/ui/layout"
	"joltui/ui/views/kit"
)

func TestLayoutCycles(t *testing.T) {
	s := watchOrders(t, 160, 50, Options{})
	s.press("G", "L")
	s.contains("layout: focus", "orders.eu ─", " Log ")
	s.lacks(" Topics ", " Publish ")
	s.press("L")
	s.contains("layout: tiles", " audit ", " chat.room ", " orders.eu ─", " Log ")
	s.lacks(" Publish ")
	s.press("L")
	s.contains("layout: all", " Topics ", " Publish ")
	s.pass(sayTime)
	s.lacks("layout: all")
}

func TestLayoutKeepsWhatHasTheFocusInSight(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("L", "esc")
	s.contains(" Topics ")
	s.press("enter")
	s.lacks(" Topics ")
	s.press("p")
	s.contains(" Publish ")
	s.press("esc")
	s.lacks(" Publish ")
	s.press("esc")
	s.contains(" Topics ")
}

func TestLayoutOfASmallWindowSaysWhatItNeeds(t *testing.T) {
	s := watchOrders(t, 60, 15, Options{})
	s.press("L")
	s.contains("layout: focus, in a window from 70×18 on")
}

func TestTilesFollowTheSubscriptions(t *testing.T) {
	s := watchOrders(t, 160, 50, Options{})
	s.press("L", "L", "s", "text:billing", "enter")
	s.events(subscribed("billing")...)
	s.contains(" billing ")
	if n := len(s.model.streams); n != 4 {
		t.Errorf("%d streams, want 4", n)
	}
	s.press("esc", "g", "j", "v") // audit goes first, as it is marked
	if first := s.model.streams[0].Topic(); first != "audit" {
		t.Errorf("the first tile is %s", first)
	}
	s.press("L")
	if n := len(s.model.streams); n != 1 {
		t.Errorf("%d streams, want the marked one", n)
	}
}

func TestSplitsMoveWithinBounds(t *testing.T) {
	s := watchingFor(t, 120, 40, Options{}, 8)
	l := func() layout.Layout { return s.model.layout }
	before := l()
	s.press(">", "=")
	if l().Topics.W != before.Topics.W+splitStep || l().Log.H != before.Log.H+1 {
		t.Errorf("topics %d, log %d; before %d and %d", l().Topics.W, l().Log.H, before.Topics.W, before.Log.H)
	}
	s.press("<", "-")
	if l().Topics.W != before.Topics.W || l().Log.H != before.Log.H {
		t.Error("there and back is not the same")
	}
	for range 100 {
		s.press("<", "-")
	}
	if l().Topics.W != layout.LeastTopics || l().Log.H != layout.LeastLog {
		t.Errorf("at the least: topics %d, log %d", l().Topics.W, l().Log.H)
	}
	for range 100 {
		s.press(">", "=")
	}
	if stream := l().Streams[0]; stream.W != layout.TileWidth || stream.H != layout.TileHeight {
		t.Errorf("at the most: a stream of %d×%d", stream.W, stream.H)
	}
}

func TestSplitsOutliveAResize(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press(">", ">", ">", "=", "=")
	before := s.model.layout
	s.send(tea.WindowSizeMsg{Width: 60, Height: 15})
	s.send(tea.WindowSizeMsg{Width: 240, Height: 78})
	if l := s.model.layout; l.Topics.W != 2*before.Topics.W || l.Log.H != 2*before.Log.H {
		t.Errorf("topics %d, log %d; before %d and %d", l.Topics.W, l.Log.H, before.Topics.W, before.Log.H)
	}
	s.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	if l := s.model.layout; l.Topics != before.Topics || l.Log != before.Log {
		t.Error("there and back is not the same")
	}
}

func TestSplitsThatAreNotOnShowSaySo(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("f", ">")
	s.contains("there is no border of the topics here")
	s.press("=")
	s.contains("there is no border of the log here")
	if s.model.splits != (layout.Splits{}) {
		t.Errorf("moved all the same: %+v", s.model.splits)
	}
}

func TestThePublishBoxGrowsWithItsTextWhateverTheSplits(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	for range 9 {
		s.press("=")
	}
	s.press("G", "p")
	before := s.model.layout.Publish.H
	s.press("text:a", "alt+enter", "text:b", "alt+enter", "text:c")
	if got := s.model.layout.Publish.H; got != before+2 {
		t.Errorf("the box is %d high, was %d", got, before)
	}
	if stream := s.model.layout.Streams[0]; stream == (kit.Rect{}) || stream.H < layout.TileHeight {
		t.Errorf("the stream is left with %+v", stream)
	}
}

// rowsOf returns the heights of the log, the publish box and the stream.
func (s *screen) rowsOf() [3]int {
	l := &s.model.layout
	return [3]int{l.Log.H, l.Publish.H, l.Streams[0].H}
}

// The log and the publish box give their rows to the stream after a calm, once, and take them
// back when they are needed: not for what is merely new, and not while the user reads.
func TestIdlePanesShrink(t *testing.T) {
	s := watchingFor(t, 80, 24, Options{}, 0)
	small, full := [3]int{2, 1, 19}, [3]int{5, 3, 14}
	expect := func(want [3]int, when string) {
		t.Helper()
		if got := s.rowsOf(); got != want {
			t.Fatalf("%s: the log, the publish box and the stream have %v rows, want %v:\n%s", when, got, want, s.model.View())
		}
	}
	expect(full, "at first")
	s.pass(calm.Before - time.Second)
	s.press("j")
	s.pass(calm.Before - time.Second)
	expect(full, "a key was pressed not long ago")
	s.pass(time.Second)
	expect(small, "calm")
	s.events(subscribed("orders.us")...)
	s.model.note("something new")
	s.pass(time.Second)
	expect(small, "something new")
	s.press("3")
	expect([3]int{5, 1, 16}, "the log has the focus")
	s.pass(calm.Before + time.Second)
	expect([3]int{5, 1, 16}, "it still has it")
	s.press("2", "p")
	expect([3]int{5, 4, 13}, "one publishes")
	s.press("esc", "j")
	s.pass(calm.Before)
	expect(small, "calm again")
	s.model.fail("the disk is full")
	s.events()
	expect([3]int{5, 1, 16}, "something went wrong")
	s.pass(calm.Before)
	expect(small, "and then nothing more")
}

func TestPanesStandStillWhileTheUserReads(t *testing.T) {
	s := watchOrders(t, 80, 24, Options{})
	s.press("2", "k", "k")
	s.model.fail("the disk is full")
	s.events()
	if s.rowsOf()[0] != layout.IdleLog {
		t.Fatalf("the log grows under the eyes of the reader: %v", s.rowsOf())
	}
	s.pass(3 * time.Second)
	if s.rowsOf()[0] == layout.IdleLog {
		t.Fatalf("the log never grows: %v", s.rowsOf())
	}
}

// While there is no connection the log stays, however far apart the attempts are.
func TestTheLogStaysWhileDisconnected(t *testing.T) {
	s := watchOrders(t, 80, 24, Options{})
	s.events(down(s.now, 3, time.Hour, refused()))
	s.pass(2 * calm.Before)
	if s.rowsOf()[0] == layout.IdleLog {
		t.Errorf("%v", s.rowsOf())
	}
}

// A height that the user has given the log stays; a key for it begins at the height that the
// log grows back to.
func TestTheUsersHeightOfTheLogStays(t *testing.T) {
	s := watchOrders(t, 80, 24, Options{})
	s.press("=")
	if got := s.rowsOf(); got[0] != 6 {
		t.Fatalf("%v", got)
	}
	s.pass(2 * calm.Before)
	if got := s.rowsOf(); got[0] != 6 || got[1] != layout.IdlePublish {
		t.Errorf("%v", got)
	}
}

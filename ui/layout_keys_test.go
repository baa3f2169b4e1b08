package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

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
	s := watchOrders(t, 120, 40, Options{})
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

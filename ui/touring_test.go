package ui

import (
	"fmt"
	"testing"
)

// touringOrders is watchOrders with the tour.
func touringOrders(t *testing.T, w, h int) *screen { return watchOrders(t, w, h, Options{Tour: true}) }

// publishTour takes the last step of the tour.
func publishTour(s *screen) {
	s.press("p", "text:hello", "enter")
	s.events(ack(s.client.last(s.t), 400_000))
}

// The tour goes on by the keys that it teaches.
func TestTheTour(t *testing.T) {
	s := touringOrders(t, 80, 24)
	s.contains("Tour, 1 of 4", "orders.eu", "esc ends it")
	s.press("j")
	s.contains("Tour, 1 of 4")
	s.press("G", "enter")
	s.contains("Tour, 2 of 4", "/ then type failed")
	s.press("/")
	s.contains("Tour, 2 of 4", "type failed")
	s.lacks("esc ends it")
	s.press("text:failed", "enter")
	s.contains("Tour, 3 of 4", "goes up to a message")
	s.press("k", "k", "enter")
	s.contains("Tour, 3 of 4", "d shows what has changed")
	s.lacks("esc ends it")
	s.press("d")
	s.contains("Tour, 4 of 4", "esc goes back to the dashboard, then p")
	s.press("esc", "esc")
	s.contains("Tour, 4 of 4", "esc ends it")
	s.press("p")
	s.contains("type a payload, enter sends it")
	s.press("text:hello", "enter")
	s.contains("Tour, 4 of 4")
	s.events(ack(s.client.last(t), 400_000))
	s.contains("That was it")
	s.lacks("4 of 4")
	s.press("esc")
	s.contains("That was it", "esc ends it")
	s.press("esc")
	s.lacks("Tour", "That was it")
}

// What was published before the last step does not take it, and neither does what is under
// way.
func TestTheTourWaitsForItsOwnMessage(t *testing.T) {
	s := touringOrders(t, 80, 24)
	s.press("G")
	publishTour(s)
	s.press("esc", "enter", "/", "text:failed", "enter", "k", "d")
	s.contains("Tour, 4 of 4")
	s.press("esc")
	publishTour(s)
	s.contains("That was it")
}

// Leaving the tour is for good: nothing brings it back, and no step is left to take.
func TestLeavingTheTour(t *testing.T) {
	s := touringOrders(t, 80, 24)
	s.press("/", "text:failed", "enter", "esc")
	s.lacks("Tour")
	s.contains("/failed/") // esc has ended the tour, and nothing else
	s.press("esc", "G", "enter")
	s.lacks("Tour", "/failed/")
}

// A prompt and a page have esc for themselves.
func TestTheTourOutlivesAPage(t *testing.T) {
	s := touringOrders(t, 80, 24)
	s.press("?", "esc", "/", "esc", "p", "esc")
	s.contains("Tour, 1 of 4")
}

// It covers nothing: header, panes and footer are those of a window that is so much lower.
// Where that would be too low for all panes, there is none.
func TestTheTourCoversNothing(t *testing.T) {
	for _, tt := range []struct {
		w, h  int
		shown bool
	}{{80, 24, true}, {70, 21, true}, {70, 20, false}, {69, 24, false}, {30, 8, false}} {
		s := touringOrders(t, tt.w, tt.h)
		if !tt.shown {
			s.lacks("Tour")
			continue
		}
		s.contains("Tour, 1 of 4")
		lower := watchOrders(t, tt.w, tt.h-3, Options{})
		if got, want := s.model.layout.Body, lower.model.layout.Body; got != want {
			t.Errorf("%dx%d: the body is %v, want %v", tt.w, tt.h, got, want)
		}
	}
}

func TestGoldenTour(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {160, 50}} {
		for i, keys := range [][]string{
			nil,
			{"G", "enter"},
			{"G", "enter", "/", "text:failed", "enter"},
			{"G", "enter", "/", "text:failed", "enter", "k", "d"},
		} {
			t.Run(fmt.Sprintf("step %d %dx%d", i+1, size[0], size[1]), func(t *testing.T) {
				s := touringOrders(t, size[0], size[1])
				s.press(keys...)
				s.golden()
			})
		}
		t.Run(fmt.Sprintf("end %dx%d", size[0], size[1]), func(t *testing.T) {
			s := touringOrders(t, size[0], size[1])
			s.press("G", "enter", "/", "text:failed", "enter", "k", "d", "esc")
			publishTour(s)
			s.golden()
		})
	}
}

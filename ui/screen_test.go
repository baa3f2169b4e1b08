package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"joltui/jolt"
)

// hostile is a text that would act on a terminal if it were not escaped.
const hostile = "\x1b[2J\x1b]0;owned\a\u009b31m\u202eabc\x7f\xff👩‍👩‍👧\u0301"

func TestNothingHostileReachesTheTerminal(t *testing.T) {
	s := newScreen(t, 120, 40, Options{Addr: hostile, User: hostile, Topics: []string{hostile}})
	s.events(&jolt.StateChange{At: noon(), State: jolt.Up, Addr: hostile, User: hostile})
	s.events(&jolt.Message{At: noon(), Topic: hostile, Data: hostile})
	s.events(reject(jolt.Request{Op: jolt.OpSubscribe, Topic: hostile}, hostile))
	s.press("/", "text:"+hostile, "tab")
	view := s.model.View()
	if strings.ContainsAny(view, "\x1b\a\x7f\u009b\u202e\u200d") {
		t.Errorf("control characters:\n%q", view)
	}
	checkSize(t, view, 120, 40)
}

func checkSize(t *testing.T, view string, w, h int) {
	t.Helper()
	checkSizeAgain(t, view, w, h, map[string]bool{})
}

// checkSizeAgain is checkSize for many screens of one width. measured is a cache of rows that
// have the right width.
func checkSizeAgain(t *testing.T, view string, w, h int, measured map[string]bool) {
	t.Helper()
	rows := strings.Split(view, "\n")
	if len(rows) != h {
		t.Fatalf("%d×%d has %d rows:\n%s", w, h, len(rows), view)
	}
	for i, row := range rows {
		if measured[row] {
			continue
		}
		if got := ansi.StringWidth(row); got != w {
			t.Fatalf("%d×%d: row %d is %d wide: %q", w, h, i, got, row)
		}
		measured[row] = true
	}
}

func TestEveryWindowIsFilledExactly(t *testing.T) {
	for name, scene := range scenes() {
		t.Run(name, func(t *testing.T) {
			s := scene(t, 120, 40, Options{})
			for w := 1; w <= 60; w++ {
				measured := make(map[string]bool)
				for h := 1; h <= 20; h++ {
					s.model.w, s.model.h = w, h
					s.model.arrange()
					checkSizeAgain(t, s.model.View(), w, h, measured)
				}
			}
			for _, size := range [][2]int{{70, 18}, {71, 19}, {99, 23}, {160, 50}, {300, 100}} {
				s.model.w, s.model.h = size[0], size[1]
				s.model.arrange()
				checkSize(t, s.model.View(), size[0], size[1])
			}
		})
	}
}

// TestDrawingChangesNothing: a screen that was drawn at every step is the same as one that
// was drawn only at the end.
func TestDrawingChangesNothing(t *testing.T) {
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}, {200, 60}} {
		w, h := size[0], size[1]
		often := newScreen(t, w, h, Options{Topics: []string{"audit", "chat.room", "orders.eu"}})
		often.traffic(24)
		if got, want := often.model.View(), watchOrders(t, w, h, Options{}).model.View(); got != want {
			t.Errorf("drawn at every step:\n%s\nat the end:\n%s", got, want)
		}
	}
}

func TestNothingIsDrawnBeforeTheSizeIsKnown(t *testing.T) {
	s := newScreen(t, 0, 0, Options{})
	if view := s.model.View(); view != "" {
		t.Errorf("drawn: %q", view)
	}
}

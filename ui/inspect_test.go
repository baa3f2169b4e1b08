package ui

import (
	"fmt"
	"io"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"joltui/jolt"
	"joltui/ui/layout"
)

// nested is watchOrders, with two nested messages at the end.
func nested(t *testing.T, w, h int, o Options) *screen {
	s := watchOrders(t, w, h, o)
	for _, data := range []string{
		`{"id":5105,"status":"new","customer":{"id":"c-1276","name":"Zoë \u00c5berg"},"items":[{"sku":"kettle","n":1,"price":24.90},{"sku":"cup","n":4,"price":3.50}],"paid":false}`,
		`{"id":5105,"status":"paid","customer":{"name":"Zoë Åberg","id":"c-1276"},"items":[{"sku":"kettle","n":1,"price":24.9},{"sku":"cup","n":6,"price":3.50},{"sku":"tea","n":1,"price":12345678901234567890}],"paid":true,"vat":null}`,
	} {
		s.events(&jolt.Message{At: s.now, Topic: "orders.eu", Data: data})
	}
	s.press("G", "enter")
	return s
}

func inspectScenes() map[string][]string {
	return map[string][]string{
		"tree":       {"enter", "enter", "j", "j"},
		"folded":     {"enter", "enter", "Z", "G", "k", "k", "k"},
		"searching":  {"enter", "enter", "Z", "/", "text:cup|n"},
		"bad search": {"enter", "enter", "/", "text:(cup"},
		"found":      {"enter", "enter", "Z", "/", "text:cup|n", "enter", "n", "n"},
		"raw":        {"enter", "enter", "/", "text:cup", "enter", "f"},
		"hex":        {"enter", "enter", "/", "text:cup", "enter", "f", "f"},
		"diff":       {"d", "j"},
		"diff all":   {"enter", "enter", "d", "a", "G"},
	}
}

func TestGoldenInspect(t *testing.T) {
	for name, keys := range inspectScenes() {
		for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size.w, size.h), func(t *testing.T) {
				s := nested(t, size.w, size.h, Options{})
				pressed := keys
				if h := s.model.layout.Streams[0].H; keys[0] == "enter" && h < 20 {
					pressed = keys[1:] // there is no room beside the stream
				}
				s.press(pressed...)
				s.golden()
			})
		}
	}
}

// TestGoldenDetail: a message beside the stream in a wide window, below it in a high one, and
// on a page of its own where there is no room.
func TestGoldenDetail(t *testing.T) {
	for name, keys := range map[string][]string{
		"open":    {"enter"},
		"moved":   {"enter", "k", "k"},
		"in it":   {"enter", "tab", "j", "j", "z"},
		"full":    {"f", "enter"},
		"columns": {"|", "enter"},
	} {
		for _, size := range []struct{ w, h int }{{80, 24}, {120, 40}, {160, 50}} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size.w, size.h), func(t *testing.T) {
				s := nested(t, size.w, size.h, Options{})
				s.press(keys...)
				s.golden()
			})
		}
	}
}

// TestTheDetailFollowsTheCursor: in the stream keys move the cursor, and the message beside it
// is the one under the cursor; in the detail they are those of the page.
func TestTheDetailFollowsTheCursor(t *testing.T) {
	for _, size := range []struct{ w, h int }{{120, 40}, {160, 50}} {
		s := watchOrders(t, size.w, size.h, Options{})
		s.press("G", "enter", "enter")
		s.contains("message 399")
		if s.model.top() != nil || s.model.focus != layout.RegionStream {
			t.Fatalf("focus %d, page %v", s.model.focus, s.model.top())
		}
		s.press("k", "k")
		s.contains("message 397")
		s.press("tab", "h")
		s.contains("message 396")
		if s.model.focus != layout.RegionDetail {
			t.Fatalf("tab goes to %d", s.model.focus)
		}
		if s.press("tab"); s.model.focus != layout.RegionLog {
			t.Errorf("tab in the detail goes to %d", s.model.focus)
		}
		s.press("shift+tab", "shift+tab", "enter")
		if s.model.top() != s.model.inspection.inspector {
			t.Error("enter does not make it the page")
		}
		s.press("esc")
		s.contains("message 396")
		s.press("G")
		s.events(orders(s.now, 900, 3)...)
		s.contains("message 402")
		s.press("tab", "esc")
		s.lacks("message 40")
		if s.model.focus != layout.RegionStream {
			t.Errorf("esc in the detail goes to %d", s.model.focus)
		}
	}
}

// TestTheDetailNeedsRoom: in a window that becomes small the stream has it back, and the keys.
func TestTheDetailNeedsRoom(t *testing.T) {
	s := watchOrders(t, 160, 50, Options{})
	s.press("G", "enter", "enter", "tab")
	s.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	if s.lacks("message 399"); s.model.focus != layout.RegionStream {
		t.Errorf("the focus is on %d", s.model.focus)
	}
	s.press("enter")
	if s.contains("message 399"); s.model.top() != s.model.inspection.inspector {
		t.Error("enter opens no page")
	}
}

// TestGoldenInspectColoured: hits, kinds of value and changes show on a dark and a
// light background, and without colour.
func TestGoldenInspectColoured(t *testing.T) {
	noColour := lipgloss.NewRenderer(io.Discard, termenv.WithUnsafe(),
		termenv.WithEnvironment(environment{"NO_COLOR": "1", "TERM": "xterm-256color"}))
	for where, r := range map[string]*lipgloss.Renderer{
		"dark": renderer(termenv.TrueColor, true), "light": renderer(termenv.TrueColor, false),
		"16": renderer(termenv.ANSI, true), "no colour": noColour,
	} {
		for _, name := range []string{"found", "diff all"} {
			t.Run(name+" "+where, func(t *testing.T) {
				s := nested(t, 80, 24, Options{Renderer: r})
				s.press(inspectScenes()[name]...)
				s.golden()
			})
		}
	}
}

func TestTheInspectorKeepsItsWaysThroughMessages(t *testing.T) {
	s := nested(t, 80, 24, Options{})
	s.press("enter", "/", "text:cup", "enter")
	s.contains("hit 1 of 1", `▸      "sku": "cup"`)
	s.press("h")
	s.contains("message 400", "1 hit for /cup/", `▸      "sku": "cup"`)
	s.press("f", "h")
	s.contains("message 399", "raw", "no hit for /cup/")
}

func TestTheDiffComesAndGoes(t *testing.T) {
	s := nested(t, 80, 24, Options{})
	s.press("d")
	s.contains("message 400 → 401", `"new" → "paid"`)
	s.press("h")
	s.contains("message 399 → 400")
	s.press("l", "l")
	s.contains("message 400 → 401")
	s.press("esc")
	s.contains("┏ orders.eu", "┌ Topics")
	s.press("enter", "d", "d")
	s.contains("message 401", "pretty")
	s.press("q", "q")
	if !s.quit {
		t.Error("q did not lead out")
	}
}

func TestBigMessagesAreWorkedOnBesides(t *testing.T) {
	s := nested(t, 120, 24, Options{})
	big := `[` + strings.Repeat(`{"id":4711,"status":"failed"},`, 1<<20/30)
	s.events(
		&jolt.Message{At: s.now, Topic: "orders.eu", Data: big + `0]`},
		&jolt.Message{At: s.now, Topic: "orders.eu", Data: big + `{"status":"found"}]`},
	)
	s.press("enter", "G")
	s.contains("▸]", `"status": "found"`, "100 %")
	s.press("Z", "/", "text:found", "enter")
	s.contains(`▸    "status": "found"`, "hit 1 of 1", ".[34952].status")
	s.press("d")
	s.contains(`~ .[34952]  0 → {"status":"found"}`)
}

// TestDiffByAField: K makes a field the key of its topic, for this run and the next.
func TestDiffByAField(t *testing.T) {
	d := &drawer{}
	s := remembering(t, d, Options{})
	s.press("G", "enter", "enter", "tab", "j", "j", "K") // .status
	s.contains("diff compares with the one before that has the same .status")
	s.press("d")
	s.contains("message 395 → 399", "the one before with the same .status")
	again := remembering(t, d, Options{})
	again.press("G", "enter", "d")
	again.contains("message 395 → 399")
	again.press("esc", "enter", "tab", "j", "j", "K")
	again.contains("diff goes by no field any more")
	again.press("d")
	again.contains("message 398 → 399")
}

// TestDiffWithAMark: any two messages can be compared, whichever of them is marked.
func TestDiffWithAMark(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "enter", "D")
	s.contains("no other message is marked here")
	s.press("k", "b", "D")
	s.contains("no other message is marked here")
	s.press("k", "k", "k", "D")
	s.contains("message 395 → 398")
	s.press("esc", "G", "k", "j", "D")
	s.contains("message 398 → 399")
}

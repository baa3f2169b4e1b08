package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"

	"joltui/jolt"
	"joltui/ui/layout"
	"joltui/ui/loop"
	"joltui/ui/views/stream"
)

func TestQuit(t *testing.T) {
	for _, tc := range []struct {
		name string
		keys []string
		quit bool
	}{
		{"q", []string{"q"}, true},
		{"q closes the help first", []string{"?", "q"}, false},
		{"q leaves full screen first", []string{"f", "q"}, false},
		{"then it quits", []string{"f", "q", "q"}, true},
		{"q closes the inspector first", []string{"G", "enter", "enter", "q"}, false},
		{"q is text in the publish box", []string{"p", "q"}, false},
		{"q is text in the prompt", []string{"s", "q"}, false},
		{"ctrl+c in the publish box", []string{"p", "ctrl+c"}, true},
		{"ctrl+c in the prompt", []string{"/", "ctrl+c"}, true},
		{"ctrl+c in the help", []string{"?", "ctrl+c"}, true},
		{"ctrl+c in the inspector", []string{"G", "enter", "enter", "ctrl+c"}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := watchOrders(t, 120, 40, Options{})
			s.press(tc.keys...)
			if s.quit != tc.quit {
				t.Errorf("quit is %v after %v", s.quit, tc.keys)
			}
		})
	}
}

func TestCtrlCQuitsAWindowThatIsTooSmall(t *testing.T) {
	s := watchOrders(t, 10, 3, Options{})
	s.press("ctrl+c")
	if !s.quit {
		t.Error("it did not quit")
	}
}

func TestTabVisitsEveryPaneAndComesBack(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "v", "k", "v")
	type stop struct {
		focus layout.Region
		tile  int
	}
	visit := func(key string, n int) (stops []stop) {
		for range n {
			s.press(key)
			stops = append(stops, stop{s.model.focus, s.model.tile})
		}
		return stops
	}
	allow := cmp.AllowUnexported(stop{})
	want := []stop{{layout.RegionStream, 0}, {layout.RegionStream, 1}, {layout.RegionLog, 1}, {layout.RegionTopics, 1}}
	if diff := cmp.Diff(want, visit("tab", 4), allow); diff != "" {
		t.Errorf("tab (-want +got):\n%s", diff)
	}
	want = []stop{{layout.RegionLog, 1}, {layout.RegionStream, 1}, {layout.RegionStream, 0}, {layout.RegionTopics, 0}}
	if diff := cmp.Diff(want, visit("shift+tab", 4), allow); diff != "" {
		t.Errorf("shift+tab (-want +got):\n%s", diff)
	}
}

func TestEscClearsTheFilterThenGoesBack(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("tab", "/", "text:failed", "enter", "f")
	s.contains("filter /failed/")
	s.press("esc")
	if s.model.full {
		t.Fatal("esc did not leave full screen")
	}
	s.press("esc")
	s.lacks("filter /failed/")
	if s.model.focus != layout.RegionStream {
		t.Fatal("esc cleared the filter and moved the focus")
	}
	s.press("esc")
	if s.model.focus != layout.RegionTopics {
		t.Error("esc did not go back")
	}
}

func TestFilterAppliesWhileTypedAndCancelRestoresIt(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("/", "tab", "text:failed", "enter", "/", "text:|pai")
	s.contains("filter /failed|pai/")
	s.press("text:(")
	s.contains("filter /failed|pai/", "✗")
	s.press("enter")
	if !s.model.prompt.Active() {
		t.Error("enter accepted what is no filter")
	}
	s.press("esc")
	s.contains("filter /failed/")
}

func TestJQFilter(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("/", "tab", "tab", `text:.status == "failed"`)
	s.contains(`filter jq .status == "failed"`, " hits", "tab as regexp")
	s.press("text: and (")
	s.contains("✗ the expression is not complete")
	s.press("esc", "/", "tab", "tab", "text:.id = 1")
	s.contains("✗ = changes a value: to compare, write ==")
}

func TestCancelledFilterPutsTheReaderBack(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "tab", "g", "x", "x", "j", "j")
	before := s.model.View()
	s.press("/", "text:4790")
	s.contains("highlight /4790/")
	s.press("esc")
	if after := s.model.View(); after != before {
		t.Errorf("it came back from\n%s\nto\n%s", before, after)
	}
	s.press("/", "text:4790", "enter", "esc")
	if !slices.ContainsFunc(strings.Split(s.model.View(), "\n"), func(row string) bool {
		return strings.Contains(row, `"id":4790`) && strings.Contains(row, "┃▸")
	}) {
		t.Errorf("the cursor is not on what was found:\n%s", s.model.View())
	}
}

func TestModesAndMarksReachEveryTile(t *testing.T) {
	s := watchOrders(t, 160, 50, Options{})
	s.press("/", "tab", "text:failed", "enter", "shift+tab", "G", "v", "k", "v", "tab", "x", "b")
	if n := strings.Count(s.model.View(), "dim /failed/"); n != 2 {
		t.Errorf("%d of 2 streams are dimmed:\n%s", n, s.model.View())
	}
	s.press("shift+tab", "g", "enter")
	s.contains("all topics ─ ", "1 mark ")
}

func TestAFilterReachesStreamsThatComeLater(t *testing.T) {
	s := watchOrders(t, 160, 40, Options{})
	s.press("/", "tab", "text:failed", "enter", "shift+tab", "G", "v", "k", "v")
	if n := strings.Count(s.model.View(), "filter /failed/"); n != 2 {
		t.Errorf("%d of 2 streams are filtered:\n%s", n, s.model.View())
	}
}

// While it is paused nothing moves, one number says how much has come, and the second space
// ends what the first has begun.
func TestPauseHoldsAndCounts(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", " ")
	before := s.model.View()
	s.events(orders(s.now, 5000, 2000)...)
	s.contains(" PAUSED ", "paused ▼ 2,000 new")
	if n := strings.Count(s.model.View(), "2,000"); n != 1 {
		t.Errorf("%d numbers for one thing", n)
	}
	if row := strings.Split(before, "\n")[10]; !strings.Contains(s.model.View(), row) {
		t.Error("the stream moved while it was paused")
	}
	s.contains("space resume")
	s.press(" ")
	s.lacks("PAUSED", "▼", "frozen", "resume")
	s.contains(`"id":11710`)
}

// A stream that was scrolled up before the pause stays where it is after it, and says so. One
// that was scrolled up during the pause follows again.
func TestPauseEndsWhereItBegan(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "tab", "pgup", " ")
	s.contains("space resume", "resume at now")
	s.events(orders(s.now, 5000, 2000)...)
	s.press(" ")
	s.contains("frozen, G follows", "▼ 2,000 new")
	s.lacks("PAUSED", `"id":11710`)
	s.press("j")
	s.contains("frozen ▼ 2,000 new")
	s.press("G")
	s.lacks("frozen", "▼")
	s.press(" ", "pgup", " ")
	s.lacks("frozen", "▼")
	s.contains(`"id":11710`)
}

func TestPauseEndsAtNow(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "tab", "k", " ")
	s.events(orders(s.now, 5000, 2000)...)
	s.contains("space resume", "resume at now")
	s.press("G")
	s.lacks("PAUSED", "▼", "resume")
	s.contains(`"id":11710`)
}

// If no message came during a pause, the stream follows again after it.
func TestPauseWithoutNewsFollowsAgain(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", " ", " ")
	s.events(orders(s.now, 5000, 2000)...)
	s.lacks("▼")
	s.contains(`"id":11710`)
}

func TestPauseAndWrapReachEveryTile(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "v", "k", "v", "w", " ")
	s.events(orders(s.now, 5000, 2000)...)
	s.contains("paused ▼ 2,000 new", "paused ▼ 0 new")
	s.press("g", "j", "enter", "esc") // another topic alone, and back
	s.contains("paused ▼ 2,000 new")
}

func TestSuspend(t *testing.T) {
	for _, keys := range [][]string{{"ctrl+z"}, {"p", "ctrl+z"}, {"?", "ctrl+z"}} {
		s := watchOrders(t, 120, 40, Options{})
		s.press(keys...)
		if !s.suspended {
			t.Errorf("%v did not suspend it", keys)
		}
	}
}

func TestResize(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.blind = true // but for what is looked at
	for i := range 1000 {
		w, h := 1+i*37%200, 1+i*53%60
		s.send(tea.WindowSizeMsg{Width: w, Height: h})
		checkSize(t, s.model.View(), w, h)
	}
}

func TestTheLogScrolls(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	for i := range 40 {
		s.model.note(fmt.Sprintf("note %02d", i))
	}
	s.press("shift+tab", "g")
	s.contains("connected to")
	s.lacks("note 39")
	s.press("G")
	s.contains("note 39")
}

func TestOpenGoesToTheTileOrShowsTheTopicAlone(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "v", "k", "v", "enter")
	if s.model.focus != layout.RegionStream || s.model.tile != 1 || s.model.solo {
		t.Errorf("focus %v, tile %d, solo %v", s.model.focus, s.model.tile, s.model.solo)
	}
	s.press("esc", "k", "enter")
	if !s.model.solo || s.model.streams[0].Topic() != "audit" {
		t.Errorf("audit is not shown on its own: %v", s.model.streams[0].Topic())
	}
	s.press("esc")
	if len(s.model.streams) != 2 {
		t.Errorf("%d tiles are back, want 2", len(s.model.streams))
	}
}

func TestATileKeepsItsPlaceWhenAnotherCloses(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "v", "k", "v")
	kept := s.model.streams[1]
	s.press("G", "v")
	if len(s.model.streams) != 1 || s.model.streams[0] != kept {
		t.Error("the tile that stays was made anew")
	}
}

func TestTheInspectorStepsThroughMessages(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "enter", "enter", "enter")
	s.contains("message 399")
	s.press("h", "h")
	s.contains("message 397")
	s.press("l", "q", "q")
	s.lacks("message 39")
}

func TestPublishKeepsItsDraftAndGivesTheFocusBack(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "tab", "p", "text:half a ", "esc")
	if s.model.focus != layout.RegionStream {
		t.Error("the focus did not go back to the stream")
	}
	s.press("p", "text:thought", "enter")
	if r := s.client.last(t); r.Op != jolt.OpPublish || r.Topic != "orders.eu" || r.Data != "half a thought" {
		t.Errorf("published %+v", r)
	}
	s.lacks("✓ ok")
	s.events(ack(s.client.last(t), time.Millisecond))
	s.contains("✓ ok")
}

func TestTimesAndWrap(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.contains("12:01:24.666")
	s.press("t")
	s.lacks("12:01:24.666")
	s.press("t", "t", "t")
	s.contains("12:01:24.666")
	s.lacks(`"currency":"EUR"}`)
	s.press("w")
	s.contains(`EUR"}`)
	if s.model.streamOptions != (stream.Options{Wrap: true}) {
		t.Errorf("options %+v", s.model.streamOptions)
	}
}

func TestWhatWasMissedWhileDisconnectedShows(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	from := s.now
	s.events(down(from, 1, time.Second, refused()))
	s.contains("disconnected", "retry in 1 s", `"id":5104`)
	s.pass(2 * time.Second)
	s.events(&jolt.Gap{From: from, To: s.now, Cause: refused()}, up(3))
	s.lacks("retry in")
	s.contains("gap", "is lost")
}

func TestDropsAreAlwaysShown(t *testing.T) {
	s := watchOrders(t, 40, 12, Options{})
	s.lacks("dropped")
	s.send(loop.Batch{Drops: []loop.Drop{{Topic: "orders.eu", Messages: 1_204_331, Bytes: 1}}})
	s.contains("dropped 1,204,331")
}

func TestStartBrokerNamesThePort(t *testing.T) {
	s := newScreen(t, 80, 24, Options{Addr: "[::1]:9090"})
	s.events(down(noon(), 1, time.Second, refused()))
	s.contains("joltui broker --port 9090")
}

// Bubble Tea joins keys that were pressed while the program was busy.
func TestKeysThatCameTogether(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jjphello")})
	s.press("enter")
	if r := s.client.last(t); r.Op != jolt.OpPublish || r.Topic != "chat.room" || r.Data != "hello" {
		t.Errorf("asked for %+v", r)
	}
	s.press("esc")
	s.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("qq"), Paste: true})
	if s.quit {
		t.Error("a paste was taken for keys")
	}
}

// Nothing is drawn for a partial batch, and everything for what comes after it.
func TestPartialBatchIsNotDrawn(t *testing.T) {
	s := newScreen(t, 100, 30, Options{})
	s.events(up(0))
	s.send(loop.Batch{Events: orders(noon(), 1, 1), Partial: true})
	s.lacks("received 1 ")
	s.send(loop.Batch{})
	s.contains("received 1 ")
	s.send(loop.Batch{Events: orders(noon(), 2, 1), Partial: true})
	s.press("?")
	s.contains("┏ Help ━", "unsubscribe")
}

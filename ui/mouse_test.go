package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/layout"
	"joltui/ui/views/kit"
)

func (s *screen) mouse(x, y int, button tea.MouseButton, action tea.MouseAction) {
	s.t.Helper()
	s.send(tea.MouseMsg{X: x, Y: y, Button: button, Action: action})
}

func (s *screen) click(x, y int) {
	s.t.Helper()
	s.mouse(x, y, tea.MouseButtonLeft, tea.MouseActionPress)
	s.mouse(x, y, tea.MouseButtonLeft, tea.MouseActionRelease)
}

func (s *screen) wheel(r kit.Rect, button tea.MouseButton) {
	s.t.Helper()
	s.mouse(r.X+2, r.Y+2, button, tea.MouseActionPress)
}

// dragged moves the pointer from one place to another with the button held down.
func (s *screen) dragged(x, y, toX, toY int) {
	s.t.Helper()
	s.mouse(x, y, tea.MouseButtonLeft, tea.MouseActionPress)
	s.mouse((x+toX)/2, (y+toY)/2, tea.MouseButtonLeft, tea.MouseActionMotion)
	s.mouse(toX, toY, tea.MouseButtonLeft, tea.MouseActionMotion)
	s.mouse(toX, toY, tea.MouseButtonLeft, tea.MouseActionRelease)
}

// withMouse returns a dashboard with the mouse on, in which no pane has become small yet.
func withMouse(t *testing.T) *screen {
	s := watchingFor(t, 120, 40, Options{}, 8)
	s.press("m")
	return s
}

// cmdOf returns what the command of a message makes Bubble Tea do.
func (s *screen) cmdOf(msg tea.Msg) tea.Msg {
	_, cmd := s.model.Update(msg)
	if cmd == nil {
		return nil
	}
	return cmd()
}

func TestMouseTurnsOnAndOff(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	if got := s.cmdOf(keyMsg(t, "m")); got != tea.EnableMouseCellMotion() {
		t.Errorf("m gives %T", got)
	}
	s.contains("mouse on; text is selected with shift")
	if got := s.cmdOf(tea.WindowSizeMsg{Width: 120, Height: 40}); got != tea.EnableMouseCellMotion() {
		t.Errorf("after the terminal was given away: %T", got)
	}
	if got := s.cmdOf(keyMsg(t, "m")); got != tea.DisableMouse() {
		t.Errorf("m again gives %T", got)
	}
	s.contains("mouse off")
	if got := s.cmdOf(tea.WindowSizeMsg{Width: 120, Height: 40}); got != nil {
		t.Errorf("the size turns the mouse on: %T", got)
	}
}

func TestMouseDoesNothingWhileOff(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	before := s.model.View()
	l := s.model.layout
	s.click(l.Log.X+3, l.Log.Y+1)
	s.wheel(l.Topics, tea.MouseButtonWheelDown)
	s.dragged(l.Topics.W-1, 5, 60, 5)
	if s.model.View() != before {
		t.Error("the screen has changed")
	}
}

func TestClickFocusesAndSelects(t *testing.T) {
	s := withMouse(t)
	l := s.model.layout
	s.click(l.Topics.X+5, l.Topics.Y+4) // all topics, audit, chat.room, orders.eu
	if got := s.model.topics.Selected(); got != "orders.eu" || s.model.focus != layout.RegionTopics {
		t.Errorf("selected %q, focus %d", got, s.model.focus)
	}
	stream := l.Streams[0]
	s.click(stream.X+5, stream.Y+3)
	lines := strings.Split(s.model.View(), "\n")
	if s.model.focus != layout.RegionStream || !strings.Contains(lines[stream.Y+3], "┃▸") {
		t.Errorf("focus %d, the line is %s", s.model.focus, lines[stream.Y+3])
	}
	s.click(l.Publish.X+5, l.Publish.Y+1)
	if s.model.focus != layout.RegionPublish {
		t.Errorf("focus %d, want the publish box", s.model.focus)
	}
	s.press("text:draft")
	s.click(l.Log.X+5, l.Log.Y+1)
	lines = strings.Split(s.model.View(), "\n")
	if s.model.focus != layout.RegionLog || !strings.Contains(lines[l.Log.Y+1], "┃▸") {
		t.Errorf("focus %d, the line is %s", s.model.focus, lines[l.Log.Y+1])
	}
	s.contains("draft")
	s.press("p", "text:!")
	s.contains("draft!")
}

func TestClickOnNothingOnlyFocuses(t *testing.T) {
	s := withMouse(t)
	l := s.model.layout
	s.click(l.Topics.X+5, l.Topics.Y+l.Topics.H-2)
	if s.model.focus != layout.RegionTopics || s.model.topics.Selected() != "" {
		t.Errorf("focus %d, selected %q", s.model.focus, s.model.topics.Selected())
	}
}

// A click on the title of a stream selects its topic in the list.
func TestClickOnATitleSelectsItsTopic(t *testing.T) {
	s := withMouse(t)
	s.press("G", "v", "k", "v", "g")
	for i, r := range s.model.layout.Streams {
		if s.click(r.X+3, r.Y); s.model.topics.Selected() != s.model.streams[i].Topic() {
			t.Errorf("a click on %q selects %q", s.model.streams[i].Topic(), s.model.topics.Selected())
		}
	}
}

func TestDoubleClickOpens(t *testing.T) {
	s := withMouse(t)
	l := s.model.layout
	s.click(5, l.Topics.Y+4)
	s.click(5, l.Topics.Y+4)
	if s.model.focus != layout.RegionStream || s.model.currentTopic() != "orders.eu" {
		t.Errorf("focus %d on %q", s.model.focus, s.model.currentTopic())
	}
	stream := s.model.layout.Streams[0]
	s.click(stream.X+5, stream.Y+3)
	s.now = s.now.Add(doubleClick)
	s.click(stream.X+5, stream.Y+3)
	if s.model.detailShown() || s.model.top() != nil {
		t.Fatal("two slow clicks opened the message")
	}
	s.click(stream.X+5, stream.Y+3)
	if !s.model.detailShown() {
		t.Error("a double click did not open the message")
	}
}

func TestWheelScrollsWhatIsUnderThePointer(t *testing.T) {
	s := withMouse(t)
	for i := range 30 {
		s.events(subscribed(strings.Repeat("x", 1+i))...)
		s.model.note(strings.Repeat("y", 1+i))
	}
	l := s.model.layout
	part := func(r kit.Rect) string {
		var rows []string
		for _, row := range strings.Split(s.model.View(), "\n")[r.Y : r.Y+r.H] {
			rows = append(rows, string([]rune(row)[r.X:r.X+r.W]))
		}
		return strings.Join(rows, "\n")
	}
	for _, name := range []string{"stream", "log", "topics"} {
		r := map[string]kit.Rect{"topics": l.Topics, "stream": l.Streams[0], "log": l.Log}[name]
		first, later := tea.MouseButtonWheelUp, tea.MouseButtonWheelDown
		if name == "topics" {
			first, later = later, first
		}
		if name == "topics" {
			s.click(5, r.Y+10) // the selection stays on screen, so it may not be at the top
		}
		before := part(r)
		s.wheel(r, first)
		if part(r) == before {
			t.Errorf("%s does not move", name)
		}
		s.wheel(r, later)
		if part(r) != before {
			t.Errorf("%s does not come back:\n%s\n%s", name, before, part(r))
		}
	}
	if s.model.focus != layout.RegionTopics {
		t.Errorf("the wheel moved the focus to %d", s.model.focus)
	}
}

func TestWheelScrollsAPage(t *testing.T) {
	s := watchOrders(t, 80, 24, Options{})
	s.press("m", "?")
	s.contains("1–20 of")
	s.mouse(5, 5, tea.MouseButtonWheelDown, tea.MouseActionPress)
	s.contains("4–23 of")
	s.mouse(5, 5, tea.MouseButtonWheelUp, tea.MouseActionPress)
	s.contains("1–20 of")
	s.click(5, 5)
	if s.model.focus != layout.RegionTopics || s.model.top() == nil {
		t.Error("a click went through the page")
	}
}

func TestWheelMovesThePalette(t *testing.T) {
	s := withMouse(t)
	s.press(":")
	before := s.model.View()
	s.mouse(5, 5, tea.MouseButtonWheelDown, tea.MouseActionPress)
	s.lacks("▸  topics.open")
	s.mouse(5, 5, tea.MouseButtonWheelUp, tea.MouseActionPress)
	if s.model.View() != before {
		t.Errorf("it does not come back:\n%s", s.model.View())
	}
}

func TestDragMovesTheBorders(t *testing.T) {
	s := withMouse(t)
	l := s.model.layout
	s.dragged(l.Topics.W-1, 8, 49, 8)
	if got := s.model.layout.Topics.W; got != 50 {
		t.Errorf("topics are %d wide, want 50", got)
	}
	s.dragged(50, 8, 400, 8)
	if got := s.model.layout.Streams[0].W; got != layout.TileWidth {
		t.Errorf("the stream is %d wide, want %d", got, layout.TileWidth)
	}
	s.dragged(20, l.Log.Y, 20, 20)
	if got := s.model.layout.Log.Y; got != 20 {
		t.Errorf("the log begins at row %d, want 20", got)
	}
	s.dragged(20, 19, 20, 60)
	if got := s.model.layout.Log.H; got != layout.LeastLog {
		t.Errorf("the log is %d high, want %d", got, layout.LeastLog)
	}
	if s.model.focus != layout.RegionTopics || s.model.pointing.dragging() {
		t.Error("the focus moved, or the drag goes on")
	}
}

func TestMouseIsStillWhileAQuestionIsAsked(t *testing.T) {
	s := withMouse(t)
	s.press("/")
	before := s.model.View()
	s.click(5, s.model.layout.Log.Y+1)
	if s.model.View() != before {
		t.Error("the screen has changed")
	}
}

func TestEveryPlaceCanBeClicked(t *testing.T) {
	for _, kind := range []layout.Kind{layout.All, layout.Focused, layout.Tiled} {
		s := withMouse(t)
		s.model.setLayout(kind)
		for y := 0; y < 41; y += 2 {
			for x := y % 5; x < 121; x += 11 {
				s.now = s.now.Add(time.Second)
				s.click(x, y)
				s.wheel(kit.Rect{X: x, Y: y}, tea.MouseButtonWheelDown)
				s.dragged(x, y, x+3, y-2)
			}
		}
	}
}

// A click on a pane that is small gives it the focus, and so its rows; there is no border to
// be dragged.
func TestClicksOnSmallPanes(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("m")
	l := s.model.layout
	s.click(5, l.Publish.Y)
	if s.model.focus != layout.RegionPublish || s.model.pointing.dragging() {
		t.Errorf("focus %d, want the publish box", s.model.focus)
	}
	s.press("esc")
	s.pass(11 * time.Second)
	s.dragged(5, s.model.layout.Log.Y, 5, 10)
	if l := s.model.layout; s.model.focus != layout.RegionLog || l.Log.H != 8 || s.model.splits != (layout.Splits{}) {
		t.Errorf("focus %d, a log of %d rows", s.model.focus, l.Log.H)
	}
}

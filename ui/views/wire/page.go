package wire

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// WireKeys are the keys of the wire.
type Keys struct {
	Move      kit.MoveKeys
	Inspect   key.Binding
	Filter    key.Binding
	Direction key.Binding // both, sent, received
	Wrap      key.Binding
	Pause     key.Binding
	Copy      key.Binding
	Leave     key.Binding
}

// Wire shows the very lines that go over the connection, for those who debug a
// client or a broker. It follows the newest line until it is paused or scrolled
// up; then nothing moves.
type Page struct {
	styles *kit.Styles
	keys   Keys
	wire   *feed.Wire
	w, h   int
	rows   wireRows
	cursor kit.List
	wrap   bool
	paused bool
	// about is how wide the column is that says what lines mean. It only grows, so
	// that columns do not jump as lines go by.
	about int
	whole wireLine // the line that is shown whole, if any is
}

// NewWire returns a view that follows the newest line of wire.
func New(s *kit.Styles, k Keys, wire *feed.Wire) *Page {
	return &Page{styles: s, keys: k, wire: wire, cursor: kit.NewFollowing()}
}

// SetSize sets the outer size in cells.
func (v *Page) SetSize(w, h int) { v.w, v.h = w, h }

// SetFilter shows only lines that f matches, and what was left out.
func (v *Page) SetFilter(f feed.Filter) {
	v.keepPlace(func() { v.rows.filter = f })
}

// FilterText is the filter as it was typed.
func (v *Page) FilterText() string { return v.rows.filter.String() }

// ask asks for a filter of the lines, beginning with the one in force.
func (v *Page) ask() kit.Intent {
	set := func(text string) kit.Intent {
		if f, err := feed.ParseFilter(text); err == nil { // else the prompt has said so
			v.SetFilter(f)
		}
		return nil
	}
	return kit.Ask{Question: intent.FilterQuestion(v.FilterText(), set, set)}
}

// ShortHelp lists the keys that matter most here.
func (v *Page) ShortHelp() []key.Binding {
	if v.whole.line != nil {
		return []key.Binding{v.keys.Move.Down, v.keys.Copy, v.keys.Leave}
	}
	return []key.Binding{v.keys.Filter, v.keys.Direction, v.keys.Inspect, v.keys.Pause, v.keys.Copy, v.keys.Leave}
}

// Update moves the cursor, and changes what is shown and how.
func (v *Page) Update(msg tea.KeyMsg, _ *feed.Feed) kit.Intent {
	if v.whole.line != nil {
		return v.updateWhole(msg)
	}
	v.sync()
	current := v.rows.at(v.cursor.At())
	switch {
	case key.Matches(msg, v.keys.Leave):
		return kit.Leave{}
	case key.Matches(msg, v.keys.Filter):
		return v.ask()
	case key.Matches(msg, v.keys.Direction):
		v.keepPlace(func() { v.rows.direction = (v.rows.direction + 1) % (wireReceived + 1) })
	case key.Matches(msg, v.keys.Wrap):
		v.wrap = !v.wrap
	case key.Matches(msg, v.keys.Pause):
		v.paused = !v.paused
	case key.Matches(msg, v.keys.Inspect):
		if current != nil && current.LeftOut == 0 {
			v.cursor.Hold()
			v.whole = wireLine{line: current}
		}
	case key.Matches(msg, v.keys.Copy):
		if current != nil && current.LeftOut == 0 {
			return copyLine(current)
		}
	default:
		v.cursor.Move(v.keys.Move, msg)
	}
	return nil
}

func copyLine(line *feed.WireLine) kit.Intent {
	return intent.Copy{What: "a line on the wire", Text: line.Text}
}

// frozen reports whether the lines stay as they are.
func (v *Page) frozen() bool { return v.paused || !v.cursor.Following() }

// sync takes up what has come, unless the user wants nothing to move.
func (v *Page) sync() {
	if !v.frozen() {
		v.rows.show(v.wire.Lines())
	}
	v.cursor.SetRows(v.rows.first(), v.rows.next())
}

// keepPlace makes a change after which other lines are shown. The cursor stays on
// its line, or goes to the next one that is left.
func (v *Page) keepPlace(change func()) {
	v.sync()
	line := v.rows.line(v.cursor.At())
	change()
	v.rows.search()
	row := v.rows.find(line)
	v.cursor.SetRows(v.rows.first(), v.rows.next())
	v.cursor.Renumber(row, row)
}

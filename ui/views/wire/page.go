package wire

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/trace"
	"joltui/ui/keys"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// Page shows the lines that go over the connection, both ways, for those who debug a client
// or a broker. It follows the newest line until it is paused or scrolled up; then nothing
// moves.
type Page struct {
	styles  *kit.Styles
	actions keys.Set[*Page]
	moves   *kit.MoveKeys
	wire    *trace.Trace
	w, h    int
	rows    wireRows
	cursor  kit.List
	wrap    bool
	paused  bool
	// about is the width of the column that says what lines mean. It only grows, so that
	// columns do not move as lines come.
	about int
	whole wireLine // the line that is shown whole, if any
}

// New returns a page that follows the newest line of wire.
func New(s *kit.Styles, a keys.Set[*Page], m *kit.MoveKeys, wire *trace.Trace) *Page {
	return &Page{styles: s, actions: a, moves: m, wire: wire, cursor: kit.NewFollowing()}
}

// SetSize sets the outer size in cells.
func (v *Page) SetSize(w, h int) { v.w, v.h = w, h }

// SetFilter shows only lines that f matches, and those that say that lines were left out.
func (v *Page) SetFilter(f feed.Filter) {
	v.keepPlace(func() { v.rows.filter = f })
}

// FilterText returns the filter as it was typed.
func (v *Page) FilterText() string { return v.rows.filter.String() }

// ask asks for a filter of the lines, beginning with the current one.
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
		return v.actions.Keys("wire.inspect", "wire.copy", "wire.leave")
	}
	return v.actions.Keys("wire.filter", "wire.direction", "wire.inspect", "wire.pause", "wire.copy", "wire.leave")
}

// Update runs the action or the move of a key.
func (v *Page) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	return keys.Update(v, v.actions, v.moves, msg, f)
}

// Move moves the cursor, or scrolls the line that is shown whole.
func (v *Page) Move(by kit.Move, _ *feed.Feed) kit.Intent {
	if v.listing() {
		v.sync()
		v.cursor.Move(by)
	} else {
		v.scrollWhole(by)
	}
	return nil
}

// Entries returns the actions of the page.
func (v *Page) Entries() keys.Table { return v.actions.Entries(func() *Page { return v }) }

// Place returns where the keys of the page work.
func (v *Page) Place() keys.Place { return Place() }

// listing reports whether the page shows all lines, and not one of them whole.
func (v *Page) listing() bool { return v.whole.line == nil }

func (v *Page) nextDirection() {
	v.keepPlace(func() { v.rows.direction = (v.rows.direction + 1) % (wireReceived + 1) })
}

func (v *Page) togglePause() { v.paused = !v.paused }

func (v *Page) toggleWrap() kit.Intent {
	if v.wrap = !v.wrap; v.wrap {
		return kit.Say{Text: "long lines take several rows"}
	}
	return kit.Say{Text: "each line takes one row"}
}

// toggleWhole shows the line under the cursor whole, or all lines again.
func (v *Page) toggleWhole() {
	if !v.listing() {
		v.whole = wireLine{}
		return
	}
	v.sync()
	if line := v.current(); line != nil {
		v.cursor.Hold()
		v.whole = wireLine{line: line}
	}
}

// current returns the line under the cursor, or the one that is shown whole, or nil.
func (v *Page) current() *trace.Line {
	if !v.listing() {
		return v.whole.line
	}
	if line := v.rows.at(v.cursor.At()); line != nil && line.LeftOut == 0 {
		return line
	}
	return nil
}

func (v *Page) copy() kit.Intent {
	if v.listing() {
		v.sync()
	}
	line := v.current()
	if line == nil {
		return nil
	}
	return intent.Copy{What: "a line on the wire", Text: line.Text}
}

// leave shows all lines again if one is shown whole, else it closes the page.
func (v *Page) leave() kit.Intent {
	if !v.listing() {
		v.whole = wireLine{}
		return nil
	}
	return kit.Leave{}
}

// frozen reports whether the lines stay as they are.
func (v *Page) frozen() bool { return v.paused || !v.cursor.Following() }

// sync adds the lines that have come, unless the page is frozen.
func (v *Page) sync() {
	if !v.frozen() {
		v.rows.show(v.wire.Lines())
	}
	v.cursor.SetRows(v.rows.first(), v.rows.next())
}

// keepPlace calls change, after which other lines are shown. The cursor stays on its line,
// or goes to the next one that is still shown.
func (v *Page) keepPlace(change func()) {
	v.sync()
	line := v.rows.line(v.cursor.At())
	change()
	v.rows.search()
	row := v.rows.find(line)
	v.cursor.SetRows(v.rows.first(), v.rows.next())
	v.cursor.Renumber(row, row)
}

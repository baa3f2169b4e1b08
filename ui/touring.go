package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/keys"
	"joltui/ui/layout"
	"joltui/ui/views/diff"
	"joltui/ui/views/kit"
	"joltui/ui/views/tour"
)

// The least size of a window that has room for the tour beside all that it talks about.
const tourWidth, tourHeight = layout.WideWidth, layout.WideHeight + tour.Rows

// touring is the feature of the tour, which goes on by the very keys that it teaches.
type touring struct {
	*desk
	publishing *publishing
	step       tour.Step
	before     sent // what had been published when the last step began
}

func newTouring(d *desk, publishing *publishing) *touring {
	t := &touring{desk: d, publishing: publishing}
	d.toured = d.options.Tour
	return t
}

// entries has no actions: the tour has no keys of its own.
func (t *touring) entries() keys.Table { return nil }

// begin begins the tour.
func (t *touring) begin() { t.toured, t.step = true, tour.Open }

// undo ends the tour.
func (t *touring) undo() bool {
	on := t.toured
	t.toured = false
	return on
}

// settle goes on with the next step once the user has taken this one. A later one may have
// been taken before.
func (t *touring) settle() tea.Cmd {
	for t.toured && t.step < tour.Done && t.taken() {
		t.step++
		t.before = t.publishing.latest
	}
	t.arrange() // the tour may have begun, or ended
	return nil
}

// taken reports whether the user has done what the step teaches.
func (t *touring) taken() bool {
	switch t.step {
	case tour.Open:
		return t.focus == layout.RegionStream && t.stream().Topic() != ""
	case tour.Filter:
		return t.filter.String() != ""
	case tour.Diff:
		return t.top() != nil && t.top().Place() == diff.Place()
	default:
		latest := t.publishing.latest
		return latest != t.before && !latest.waits
	}
}

// view draws the tour, w cells wide.
func (t *touring) view(w int) []string {
	return tour.View(&t.styles, w, t.step, tour.Keys{
		Down: t.label("move.down"), Open: t.label("topics.open"), Filter: t.label("filter"), Up: t.label("move.up"),
		Inspect: t.label("stream.inspect"), Diff: t.label("stream.diff"), Publish: t.label("publish"), Back: t.label("back"),
		Help: t.label("help"), Palette: t.label("palette"),
	}, t.at())
}

// at returns where the user is, as far as the tour words it.
func (t *touring) at() tour.Place {
	switch {
	case t.prompt.Active(), t.top() == nil && t.focus == layout.RegionPublish:
		return tour.Typing
	case t.top() != nil:
		return tour.Page
	default:
		return tour.Dashboard
	}
}

// label returns the first of the keys that the help names for an action.
func (t *touring) label(action string) string {
	first, _, _ := strings.Cut(t.table.Label(action), " ")
	return first
}

// stripRows returns how many rows the tour takes above the footer.
func (d *desk) stripRows() int {
	if d.toured && d.w >= tourWidth && d.h >= tourHeight {
		return tour.Rows
	}
	return 0
}

// makeRoom shrinks a layout for the tour, and returns where that is.
func makeRoom(l *layout.Layout, rows int) kit.Rect {
	strip := kit.Rect{X: l.Footer.X, Y: l.Footer.Y, W: l.Footer.W, H: rows}
	l.Footer.Y += rows
	return strip
}

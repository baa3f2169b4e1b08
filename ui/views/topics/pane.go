package topics

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Pane is the list of topics, with a first row for all of them together. It draws only the
// rows on screen. The selection is kept by name, so that it stays on its topic while topics
// come, go and change places.
type Pane struct {
	styles   *kit.Styles
	actions  keys.Set[*Pane]
	moves    *kit.MoveKeys
	w, h     int
	focused  bool
	list     topicList
	selected topicID // zero: all topics
	hidden   topicID // the topic that was selected before the filter hid it
	tiled    []string
	cursor   kit.List
	seen     lastSeen
	patterns bool // the broker is known to have patterns
}

// New returns the list with all topics selected.
func New(s *kit.Styles, a keys.Set[*Pane], m *kit.MoveKeys) *Pane {
	return &Pane{styles: s, actions: a, moves: m}
}

// SetSize sets the outer size in cells.
func (t *Pane) SetSize(w, h int) { t.w, t.h = w, h }

// SetFocus sets whether the pane has the focus.
func (t *Pane) SetFocus(on bool) { t.focused = on }

// Selected returns the name of the selected topic; "" is all topics, also while a group is
// selected.
func (t *Pane) Selected() string {
	if t.selected.group {
		return ""
	}
	return t.selected.name
}

// Select selects a topic that the feed knows, or with "" all topics.
func (t *Pane) Select(topic string) {
	if !t.list.filter.has(topic) && topic != "" {
		t.ClearFilter()
	}
	t.selected, t.hidden = topicID{name: topic}, topicID{}
}

// Tiled returns the topics to be shown side by side, in the order in which the user chose
// them. The caller must not change the slice.
func (t *Pane) Tiled() []string { return t.tiled }

// ShortHelp lists the keys that matter most here.
func (t *Pane) ShortHelp() []key.Binding {
	help := t.actions.Keys("topics.open", "topics.tile")
	if t.list.tree {
		help = append(help, t.actions.Keys("topics.fold", "topics.unfold")...)
	}
	if t.columns().table {
		help = append(help, t.actions.Keys("topics.sort", "topics.tree")...)
	}
	return help
}

// Update runs the action or the move of a key.
func (t *Pane) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	return keys.Update(t, t.actions, t.moves, msg, f)
}

// Move moves the selection.
func (t *Pane) Move(by kit.Move, f *feed.Feed) kit.Intent {
	t.sync(f)
	before := t.cursor.At()
	t.cursor.Move(by)
	t.selectCursorRow(before)
	return nil
}

// Open asks to go to the stream of the selected topic; if a group is selected, it folds or
// unfolds that.
func (t *Pane) Open(f *feed.Feed) kit.Intent {
	t.sync(f)
	if !t.selected.group {
		return Open{}
	}
	t.list.fold(t.selected.name, !t.list.folded[t.selected.name])
	return nil
}

// SetOrder sorts the list.
func (t *Pane) SetOrder(o Order) { t.list.setOrder(o) }

func (t *Pane) sort() { t.list.setOrder(t.list.order.Next()) }

// selectCursorRow selects the row that the cursor has moved to, from before. A topic
// without a name, which only a broken broker has, has the same id as all topics, so the
// cursor skips it.
func (t *Pane) selectCursorRow(before uint64) {
	last := uint64(len(t.list.rows) - 1)
	if at := t.cursor.At(); at > 0 && t.list.rows[at].id() == (topicID{}) {
		if before < at && at < last {
			t.cursor.GoTo(at + 1)
		} else {
			t.cursor.GoTo(at - 1)
		}
	}
	t.selected = t.list.rows[t.cursor.At()].id()
}

// goTo selects a row by its number.
func (t *Pane) goTo(row int) {
	before := t.cursor.At()
	t.cursor.GoTo(uint64(row))
	t.selectCursorRow(before)
}

// toggleTree groups the topics, or ends that. The selection goes from a group to the first
// of its topics.
func (t *Pane) toggleTree() {
	if t.selected.group {
		group := t.list.rows[t.cursor.At()].node
		for group.topic == nil {
			group = group.children[0]
		}
		t.selected = topicID{name: group.name}
	}
	t.list.setTree(!t.list.tree)
}

// foldAll folds all groups, or if all are folded unfolds them. The selection goes to the
// group that then hides it.
func (t *Pane) foldAll() {
	if !t.list.tree || !t.list.foldAll() {
		return
	}
	for _, r := range t.list.rows[1:] {
		if inGroup(t.selected.name, r.node.name) && r.node.topic == nil {
			t.selected = r.id()
		}
	}
}

// fold folds the selected group. If it is folded already, or a topic is selected, it
// selects the group around it.
func (t *Pane) fold() {
	if !t.list.tree {
		return
	}
	if t.selected.group && !t.list.folded[t.selected.name] {
		t.list.fold(t.selected.name, true)
		return
	}
	if parent := t.list.parent(int(t.cursor.At())); parent > 0 {
		t.goTo(parent)
	}
}

// unfold unfolds the selected group. If it is unfolded already, it selects the first row
// in it.
func (t *Pane) unfold() {
	switch {
	case !t.list.tree, !t.selected.group:
	case t.list.folded[t.selected.name]:
		t.list.fold(t.selected.name, false)
	default:
		t.goTo(int(t.cursor.At()) + 1)
	}
}

// Settle brings the list up to date: topics may have gone, or be hidden by the filter.
func (t *Pane) Settle(f *feed.Feed) { t.sync(f) }

// sync brings the rows up to date, and puts the cursor on the selected row. If that is
// gone, its neighbour is selected.
func (t *Pane) sync(f *feed.Feed) {
	t.list.update(f)
	t.patterns = f.Patterns()
	at := int(t.cursor.At())
	if t.hideSelected(f) {
		at = 0
	}
	row, found := t.list.find(t.selected, at)
	if !found && !t.selected.group && f.Topic(t.selected.name) != nil {
		t.list.reveal(t.selected.name)
		row, found = t.list.find(t.selected, at)
	}
	t.cursor.SetRows(0, uint64(len(t.list.rows)))
	if found {
		t.cursor.GoTo(uint64(row))
		return
	}
	t.goTo(min(at, len(t.list.rows)-1))
}

// View draws the list as of now.
func (t *Pane) View(f *feed.Feed, now time.Time) []string {
	t.sync(f)
	t.untileForgotten(f)
	t.markSeen(now)
	inner := kit.Rect{W: t.w, H: t.h}.Inner()
	cols := t.columns()
	rows := make([]string, 0, inner.H)
	if t.headLines() > 0 {
		rows = append(rows, t.header(inner.W, cols))
	}
	rows = append(rows, t.cursor.Draw(inner.H-len(rows), func(at uint64, selected bool) string {
		l := t.startRow(inner.W, selected, t.changed(t.list.rows[at], now, cols.rate > 0))
		t.putRow(l, t.list.rows[at], f, cols, now)
		return l.String()
	})...)
	panel := kit.Panel{
		Note:    t.note(cols),
		Focused: t.focused,
	}
	room := panel.TitleRoom(t.w)
	if t.list.filter.on() {
		room = kit.Panel{}.TitleRoom(t.w) // the note gives way
	}
	panel.Title = t.title(cols, room)
	return panel.View(*t.styles, t.w, t.h, rows)
}

// headLines returns how many lines are above the topics.
func (t *Pane) headLines() int {
	if t.columns().table && t.h-2 > 1 {
		return 1
	}
	return 0
}

func (t *Pane) columns() topicColumns {
	return topicColumnsFor(kit.Rect{W: t.w, H: t.h}.Inner().W, len(t.tiled) > 0)
}

// Open asks to go to the stream of the selected topic.
type Open struct{}

// Intent implements [kit.Intent].
func (Open) Intent() {}

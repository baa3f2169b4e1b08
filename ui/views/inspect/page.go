package inspect

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/jsontree"
	"joltui/ui/keys"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// Page shows one message whole: its JSON as a tree, its payload as text, or its bytes. The
// time to draw it depends on the size of the screen, not on that of the message.
type Page struct {
	styles  *kit.Styles
	actions keys.Set[*Page]
	moves   *kit.MoveKeys
	w, h    int
	focused bool
	entry   feed.Entry
	format  format
	pretty  bool // the payload is JSON, or was before it was cut

	tree *treeRows
	raw  *rawRows
	hex  *hexRows

	shown    layout // the layout that the rows of viewport are in
	width    int    // of its rows, in cells
	viewport viewport
	search   search
	hits     hits
	worker   kit.Worker
}

// format is how a payload is shown.
type format uint8

const (
	formatPretty format = iota
	formatRaw
	formatHex
)

// New returns a page without a message.
func New(s *kit.Styles, a keys.Set[*Page], m *kit.MoveKeys) *Page {
	v := &Page{styles: s, actions: a, moves: m, focused: true, hits: hits{selected: -1}}
	v.setMessage(feed.Entry{})
	return v
}

// SetSize sets the outer size in cells.
func (v *Page) SetSize(w, h int) { v.w, v.h = w, h }

// SetFocus sets whether keys go to the page; at first they do.
func (v *Page) SetFocus(on bool) { v.focused = on }

// Open shows a message from its beginning, with nothing folded and no search, in the
// format that the message before it had.
func (v *Page) Open(e feed.Entry) {
	v.search = search{}
	v.setMessage(e)
	v.viewport = viewport{}
}

// Follow shows another message in place of this one: fields that were folded stay folded,
// the cursor stays on the field with the same path and on the same row of the screen, and
// the search is repeated.
func (v *Page) Follow(e feed.Entry) {
	in := v.layout()
	distance, old, cursor := v.viewport.distance(in, v.page()), v.tree, v.viewport.cursor
	v.setMessage(e)
	if v.showing() == formatPretty && in == layout(old) {
		v.keepPosition(old, cursor)
	}
	in = v.layout()
	v.viewport.top = v.viewport.back(in, v.viewport.cursor, max(distance, 0))
	v.find()
}

// keepPosition takes the folds over from the tree of the message before, and puts the
// cursor on the node with the path of the one that it was on there.
func (v *Page) keepPosition(old *treeRows, cursor rowPosition) {
	c := pathMatcher{from: old.tree, to: v.tree.tree, left: maxVisitedNodes}
	node, found := 0, false
	if cursor.node < old.tree.Len() {
		node, found = c.find(cursor.node)
	}
	v.tree.folds = c.folds(old.folds)
	v.shown = v.tree
	v.viewport.goToByte(v.tree, v.tree.opening(node).offset)
	if cursor.closes && found && v.tree.opened(node) && v.tree.ended(node) {
		v.viewport.cursor = v.tree.closing(node)
	}
}

// setMessage replaces the message and its three layouts.
func (v *Page) setMessage(e feed.Entry) {
	v.entry, v.hits = e, hits{selected: -1}
	missing := max(e.Size-len(e.Data), 0)
	tree := jsontree.Parse(e.Data, kit.ParseAtOnce)
	v.tree = newTreeRows(v.styles, tree, missing, &v.hits)
	v.raw, v.hex = newRawRows(v.styles, e.Data, &v.hits), newHexRows(v.styles, e.Data, &v.hits)
	// A payload that was cut was JSON, if it ends within an object or array.
	cut := missing > 0 && tree.Len() > 0 && tree.Err() != nil && tree.Err().Offset == len(e.Data)
	v.pretty = tree.Len() > 0 && (tree.Err() == nil || cut)
}

// showing returns the format that is shown: raw in place of pretty if the payload is no
// JSON.
func (v *Page) showing() format {
	if v.format == formatPretty && !v.pretty {
		return formatRaw
	}
	return v.format
}

// layout returns the layout that is shown, for the current size. It must be called before
// the viewport is used: it relocates it when the layout or its width has changed.
func (v *Page) layout() layout {
	width := max(v.w-2-2*kit.RowEdge, 1)
	v.tree.setWidth(width)
	v.raw.setWidth(width)
	v.hex.setWidth(width)
	in := []layout{formatPretty: v.tree, formatRaw: v.raw, formatHex: v.hex}[v.showing()]
	if in != v.shown || width != v.width {
		v.shown, v.width = in, width
		v.viewport.relocate(in)
	}
	return in
}

// page returns how many rows of the message are on screen.
func (v *Page) page() int { return max(v.h-2-v.footRows(), 1) }

// ShortHelp lists the keys that matter most here.
func (v *Page) ShortHelp() []key.Binding {
	return v.actions.Keys("inspector.format", "inspector.fold", "inspector.search", "inspector.diff",
		"inspector.previous", "inspector.next", "inspector.copy", "inspector.leave")
}

// Update runs the action or the move of a key.
func (v *Page) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	return keys.Update(v, v.actions, v.moves, msg, f)
}

// Move moves the cursor.
func (v *Page) Move(by kit.Move, _ *feed.Feed) kit.Intent {
	v.viewport.move(by, v.layout(), v.page(), len(v.entry.Data))
	return nil
}

// Entries returns the actions of the page.
func (v *Page) Entries() keys.Table { return v.actions.Entries(func() *Page { return v }) }

// Place returns where the keys of the page work.
func (v *Page) Place() keys.Place { return Place() }

// Entry returns the message that is shown.
func (v *Page) Entry() feed.Entry { return v.entry }

func (v *Page) previous() kit.Intent { return Step{By: -1} }
func (v *Page) next() kit.Intent     { return Step{By: +1} }
func (v *Page) diff() kit.Intent     { return intent.Diff{Entry: v.entry} }

func (v *Page) nextFormat() { v.format = (v.showing() + 1) % (formatHex + 1) }
func (v *Page) nextHit()    { v.step(+1) }
func (v *Page) prevHit()    { v.step(-1) }

// node returns the node under the cursor, if the payload has been parsed that far.
func (v *Page) node() (n int, ok bool) {
	t := v.tree.tree
	if !v.pretty || v.viewport.cursor.offset >= t.Read() {
		return 0, false
	}
	if v.showing() == formatPretty {
		return v.viewport.cursor.node, true
	}
	return t.Find(v.viewport.cursor.offset), true
}

// fold folds or unfolds the object or array under the cursor, or the one around it.
func (v *Page) fold() {
	n, ok := v.node()
	if !ok || v.showing() != formatPretty {
		return
	}
	if !v.tree.composed(n) {
		n = int(v.tree.tree.Node(n).Parent)
	}
	if n == jsontree.None {
		return
	}
	v.tree.folds.set(n, !v.tree.folds.folded(n))
	v.viewport.goToByte(v.tree, v.tree.opening(n).offset)
	v.viewport.relocate(v.tree)
}

// foldAll folds everything but the root, or unfolds everything.
func (v *Page) foldAll() {
	if v.showing() != formatPretty {
		return
	}
	f := &v.tree.folds
	*f = folds{all: !f.all && len(f.others) == 0}
	v.viewport.relocate(v.shown)
}

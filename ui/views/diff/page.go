package diff

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// Page compares a message with the one before it on its topic: JSON field by
// field, other text line by line.
type Page struct {
	styles  *kit.Styles
	actions keys.Set[*Page]
	moves   *kit.MoveKeys
	w, h    int
	pair    pair
	diff    *difference // nil: not compared yet, or there is nothing to compare with
	all     bool        // unchanged rows are shown, too
	cursor  kit.List
	worker  kit.Worker
}

// pair is two messages of a topic, consecutive ones unless they are apart or have a key in common.
type pair struct {
	before, after feed.Entry
	found         bool      // before is held
	gap           *feed.Gap // between them
	key           string    // the path whose value they have in common, if that is why
	alone         string    // the path that was to be in common, if no message has the value
	apart         bool      // others may have been between them
}

// New returns a page that compares nothing.
func New(s *kit.Styles, a keys.Set[*Page], m *kit.MoveKeys) *Page {
	return &Page{styles: s, actions: a, moves: m}
}

// SetSize sets the outer size in cells.
func (p *Page) SetSize(w, h int) { p.w, p.h = w, h }

// ShortHelp lists the keys that matter most here.
func (p *Page) ShortHelp() []key.Binding {
	return p.actions.Keys("diff.all", "diff.previous", "diff.next", "diff.copy", "diff.leave")
}

// Open compares a message with the one before it that f holds.
func (p *Page) Open(e feed.Entry, f *feed.Feed) {
	p.show(pairOf(e, f))
}

func (p *Page) show(of pair) {
	p.pair, p.diff, p.cursor = of, nil, kit.List{}
	if of.found && len(of.before.Data)+len(of.after.Data) <= kit.ParseAtOnce {
		p.diff = compare(of.before.Data, of.after.Data)
	}
}

// NextJob returns a comparison that would take too long for a frame; nil if there is none
// to be made, or while one is under way.
func (p *Page) NextJob() kit.Job {
	if p.worker.Busy || p.diff != nil || !p.pair.found {
		return nil
	}
	of := p.pair
	return p.worker.Begin(func() func() {
		d := compare(of.before.Data, of.after.Data)
		return func() {
			if p.pair == of {
				p.diff = d
			}
		}
	})
}

// Update runs the action or the move of a key.
func (p *Page) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	return keys.Update(p, p.actions, p.moves, msg, f)
}

// Move moves the cursor.
func (p *Page) Move(by kit.Move, _ *feed.Feed) kit.Intent {
	p.cursor.SetRows(0, uint64(p.len()))
	p.cursor.Move(by)
	return nil
}

// Entries returns the actions of the page.
func (p *Page) Entries() keys.Table { return p.actions.Entries(func() *Page { return p }) }

// Place returns where the keys of the page work.
func (p *Page) Place() keys.Place { return Place() }

func (p *Page) previous(f *feed.Feed) kit.Intent { return p.step(-1, f) }
func (p *Page) next(f *feed.Feed) kit.Intent     { return p.step(+1, f) }
func (p *Page) toggleAll()                       { p.showAll(!p.all) }

// step asks for the pair that follows, or with a negative number the one before, if there
// is one.
func (p *Page) step(by int, f *feed.Feed) kit.Intent {
	if e := p.neighbour(by, f); e != nil {
		return intent.Diff{Entry: *e}
	}
	return nil
}

// neighbour returns the later message of that pair, or nil.
func (p *Page) neighbour(by int, f *feed.Feed) *feed.Entry {
	e := f.Neighbour(&p.pair.after, by).Entry
	if e == nil || by < 0 && !pairOf(*e, f).found {
		return nil
	}
	return e
}

// showAll shows or hides unchanged rows. The cursor stays on its row, or goes to the next
// one that is still shown.
func (p *Page) showAll(on bool) {
	if p.diff == nil {
		return
	}
	at := p.diff.position(int(p.cursor.At()), p.all)
	p.all = on
	row := uint64(p.diff.find(at, p.all))
	p.cursor.SetRows(0, uint64(p.len()))
	p.cursor.Renumber(row, 0)
}

func (p *Page) len() int {
	if p.diff == nil {
		return 0
	}
	return p.diff.len(p.all)
}

// copy asks to copy the value after, or the one before if it was removed.
func (p *Page) copy() kit.Intent {
	if p.len() == 0 {
		return nil
	}
	p.cursor.SetRows(0, uint64(p.len()))
	row := p.diff.row(int(p.cursor.At()), p.all)
	text := row.after
	if text == "" {
		text = row.before
	}
	return intent.Copy{What: "the value of " + kit.PathEnd(row.place, true, kit.CopyRoom), Text: text}
}

// pairOf returns e with the message before it on its topic, or the nearest that is held.
func pairOf(e feed.Entry, f *feed.Feed) pair {
	of := pair{after: e}
	if near := f.Neighbour(&e, -1); near.Entry != nil {
		of.before, of.found, of.gap, of.apart = *near.Entry, true, near.Gap, near.Apart
	}
	return of
}

package watches

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// The intents of the page.
type (
	// Add asks the user which field to watch.
	Add struct{}
	// Unwatch asks to remove a watch.
	Unwatch struct{ Watch *feed.Watch }
	// SetThreshold asks to give a watch another threshold; the zero one is none.
	SetThreshold struct {
		Watch     *feed.Watch
		Threshold feed.Threshold
	}
	// StartOver asks to set the counts of a watch to zero.
	StartOver struct{ Watch *feed.Watch }
)

// Intent implements [kit.Intent].
func (Add) Intent() {}

// Intent implements [kit.Intent].
func (Unwatch) Intent() {}

// Intent implements [kit.Intent].
func (SetThreshold) Intent() {}

// Intent implements [kit.Intent].
func (StartOver) Intent() {}

// Page shows the watched fields: a table of all, and a chart of the selected one.
type Page struct {
	styles  *kit.Styles
	actions keys.Set[*Page]
	moves   *kit.MoveKeys
	w, h    int
	cursor  kit.List
	alone   bool   // the chart without the table
	word    string // of the bar under the cursor, in the chart alone
}

// New returns the page.
func New(s *kit.Styles, a keys.Set[*Page], m *kit.MoveKeys) *Page {
	return &Page{styles: s, actions: a, moves: m}
}

// SetSize sets the outer size in cells.
func (p *Page) SetSize(w, h int) { p.w, p.h = w, h }

// Select selects a watch.
func (p *Page) Select(w *feed.Watch, f *feed.Feed) {
	for i, each := range f.Watches().All() {
		if each == w {
			p.cursor.GoTo(uint64(i))
		}
	}
}

// Selected returns the watch under the cursor, or nil if there are none.
func (p *Page) Selected(f *feed.Feed) *feed.Watch {
	all := f.Watches().All()
	if len(all) == 0 {
		return nil
	}
	p.cursor.SetRows(0, uint64(len(all)))
	return all[p.cursor.At()]
}

// ShortHelp lists the keys that matter most here.
func (p *Page) ShortHelp() []key.Binding {
	return p.actions.Keys("watch.add", "watch.threshold", "watch.remove", "watch.chart", "watch.filter.not", "watch.anew", "watch.leave")
}

// Update runs the action or the move of a key.
func (p *Page) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	return keys.Update(p, p.actions, p.moves, msg, f)
}

// Move moves the selection.
func (p *Page) Move(by kit.Move, f *feed.Feed) kit.Intent {
	switch w := p.Selected(f); {
	case w == nil:
	case p.onBars(w):
		p.moveBar(by, w)
	default:
		p.cursor.Move(by)
	}
	return nil
}

// Entries returns the actions of the page.
func (p *Page) Entries() keys.Table { return p.actions.Entries(func() *Page { return p }) }

// Place returns where the keys of the page work.
func (p *Page) Place() keys.Place { return Place() }

func (p *Page) add() kit.Intent { return Add{} }

func (p *Page) threshold(w *feed.Watch) kit.Intent { return kit.Ask{Question: thresholdQuestion(w)} }

func (p *Page) remove(w *feed.Watch) kit.Intent {
	p.alone = false
	return Unwatch{w}
}

// toggleChart shows the chart alone. There, it filters by the bar under the cursor.
func (p *Page) toggleChart(w *feed.Watch) kit.Intent {
	if p.onBars(w) {
		return p.filter(w, false)
	}
	p.alone = !p.alone
	if words := w.Words(); p.alone && len(words) > 0 {
		p.word = words[0].Text
	}
	return nil
}

func (p *Page) startOver(w *feed.Watch) kit.Intent { return StartOver{w} }

// copy asks to copy the latest value of a watch.
func (p *Page) copy(w *feed.Watch) kit.Intent {
	return intent.Copy{What: "the last value of " + w.Field().String(), Text: w.Last()}
}

// leave shows the table again if there is only the chart, else it closes the page.
func (p *Page) leave() kit.Intent {
	if p.alone {
		p.alone = false
		return nil
	}
	return kit.Leave{}
}

// View draws the page as of now.
func (p *Page) View(f *feed.Feed, now time.Time) []string {
	w := p.Selected(f)
	table := p.tableHeight(len(f.Watches().All()))
	if w == nil {
		return p.table(f, p.h, now)
	}
	if p.alone {
		return p.chart(w, p.h, now)
	}
	return append(p.table(f, table, now), p.chart(w, p.h-table, now)...)
}

// tableHeight returns the height of the table: at most half of the page, or all of it where
// there is no room for both table and chart.
func (p *Page) tableHeight(watches int) int {
	const borderAndTitles, roomForBoth = 3, 14
	if p.h < roomForBoth {
		return p.h
	}
	return min(max(watches, 1)+borderAndTitles, p.h/2)
}

package watches

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// WatchKeys are the keys of the watched fields.
type Keys struct {
	Move      kit.MoveKeys
	Add       key.Binding
	Remove    key.Binding
	Threshold key.Binding
	Chart     key.Binding // the chart alone, and back
	StartOver key.Binding // counts from now on
	Copy      key.Binding // the latest value
	Leave     key.Binding
}

// What the page of watched fields asks for.
type (
	// AskWatch asks the user which field to watch.
	Add struct{}
	// Unwatch removes a watch.
	Unwatch struct{ Watch *feed.Watch }
	// SetThreshold gives a watch another threshold, or none.
	SetThreshold struct {
		Watch     *feed.Watch
		Threshold feed.Threshold
	}
	// StartOver forgets what a watch has counted.
	StartOver struct{ Watch *feed.Watch }
)

func (Add) Intent()          {}
func (Unwatch) Intent()      {}
func (SetThreshold) Intent() {}
func (StartOver) Intent()    {}

// WatchPage shows the watched fields: a table of all, and the selected one over
// time.
type Page struct {
	styles *kit.Styles
	keys   Keys
	w, h   int
	cursor kit.List
	alone  bool // the chart without the table
}

// NewWatchPage returns the page.
func New(s *kit.Styles, k Keys) *Page { return &Page{styles: s, keys: k} }

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

// Selected is the watch under the cursor; nil where there are none.
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
	k := &p.keys
	return []key.Binding{k.Add, k.Threshold, k.Remove, k.Chart, k.StartOver, k.Leave}
}

// Update moves the selection, and asks for changes.
func (p *Page) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	switch {
	case key.Matches(msg, p.keys.Leave):
		if p.alone {
			p.alone = false
			return nil
		}
		return kit.Leave{}
	case key.Matches(msg, p.keys.Add):
		return Add{}
	}
	if w := p.Selected(f); w != nil {
		return p.change(msg, w, f)
	}
	return nil
}

// change does what a key means for the selected watch.
func (p *Page) change(msg tea.KeyMsg, w *feed.Watch, f *feed.Feed) kit.Intent {
	switch {
	case key.Matches(msg, p.keys.Remove):
		p.alone = false
		return Unwatch{w}
	case key.Matches(msg, p.keys.Threshold):
		return kit.Ask{Question: thresholdQuestion(w)}
	case key.Matches(msg, p.keys.StartOver):
		return StartOver{w}
	case key.Matches(msg, p.keys.Copy):
		return copyValue(w)
	case key.Matches(msg, p.keys.Chart):
		p.alone = !p.alone
	default:
		p.cursor.Move(p.keys.Move, msg)
	}
	return nil
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

// tableHeight leaves the chart half of the page at least, or takes it all where
// there is no room for both.
func (p *Page) tableHeight(watches int) int {
	const borderAndTitles, roomForBoth = 3, 14
	if p.h < roomForBoth {
		return p.h
	}
	return min(max(watches, 1)+borderAndTitles, p.h/2)
}

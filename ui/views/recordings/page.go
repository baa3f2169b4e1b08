package recordings

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Play asks to play a recording.
type Play struct{ Path string }

// Intent implements [kit.Intent].
func (Play) Intent() {}

// Page lists recordings.
type Page struct {
	styles  *kit.Styles
	actions keys.Set[*Page]
	moves   *kit.MoveKeys
	w, h    int
	folder  string
	zone    *time.Location
	all     []record.Found
	err     error
	read    bool
	list    kit.List
	plays   bool
}

// New returns a page without recordings. Without a player, which plays reports, it has no
// actions.
func New(s *kit.Styles, a keys.Set[*Page], m *kit.MoveKeys, plays bool) *Page {
	return &Page{styles: s, actions: a, moves: m, zone: time.UTC, plays: plays}
}

// Actions returns what can be done on the page.
func Actions() keys.Set[*Page] {
	place := Place()
	return keys.Set[*Page]{
		{Name: "recordings.play", Where: place, Key: keys.Bind("enter", "play", "enter"), On: canPlay, Why: whyNone, Run: keys.Plain((*Page).play)},
		{Name: "recordings.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q"), On: canPlay, Run: keys.Leave[*Page]},
	}
}

// Place is where these actions work.
func Place() keys.Place { return keys.Page("Recordings") }

func canPlay(p *Page) bool { return p.plays }

func whyNone(p *Page, _ *feed.Feed) string {
	if len(p.all) == 0 {
		return "there is no recording here"
	}
	return ""
}

// Open shows a folder whose recordings are still being read; times are shown in a zone.
func (p *Page) Open(folder string, zone *time.Location) {
	p.folder, p.zone, p.all, p.err, p.read, p.list = folder, zone, nil, nil, false, kit.List{}
}

// Show shows the recordings, in their order, or why they cannot be read.
func (p *Page) Show(all []record.Found, err error) { p.all, p.err, p.read = all, err, true }

// SetSize sets the outer size in cells.
func (p *Page) SetSize(w, h int) { p.w, p.h = w, h }

// Place returns where the keys of the page work.
func (p *Page) Place() keys.Place { return Place() }

// Entries returns the actions of the page.
func (p *Page) Entries() keys.Table { return p.actions.Entries(func() *Page { return p }) }

// ShortHelp lists the keys that matter most here.
func (p *Page) ShortHelp() []key.Binding {
	return p.actions.Keys("recordings.play", "recordings.leave")
}

// Update runs the action or the move of a key.
func (p *Page) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	return keys.Update(p, p.actions, p.moves, msg, f)
}

// Move moves the cursor.
func (p *Page) Move(by kit.Move, _ *feed.Feed) kit.Intent {
	p.list.SetRows(0, uint64(len(p.all)))
	p.list.Move(by)
	return nil
}

func (p *Page) play() kit.Intent {
	if at := p.list.At(); at < uint64(len(p.all)) {
		return Play{p.all[at].Path}
	}
	return nil
}

// View draws the page. It does not depend on the time.
func (p *Page) View(*feed.Feed, time.Time) []string {
	inner := kit.Rect{W: p.w, H: p.h}.Inner()
	panel := kit.Panel{Title: []kit.Span{p.styles.Strong.Span("Recordings")}, Focused: true}
	if p.read && p.err == nil {
		panel.Title = append(panel.Title, p.styles.Dim.Span(" "+human.Count(uint64(len(p.all)))))
	}
	if room := panel.TitleRoom(p.w) - 16; room > 0 {
		panel.Note = []kit.Span{p.styles.Dim.Span(kit.Middle(printable.Line(p.folder), room))}
	}
	if len(p.all) == 0 {
		return panel.View(*p.styles, p.w, p.h, p.empty(inner))
	}
	p.list.SetRows(0, uint64(len(p.all)))
	rows := []string{p.heads(inner.W)}
	rows = append(rows, p.list.Draw(max(inner.H-1, 0), func(i uint64, selected bool) string {
		return p.row(&p.all[i], inner.W, selected)
	})...)
	return panel.View(*p.styles, p.w, p.h, rows)
}

// The widths of the columns, in cells.
const (
	timeCells = len(time.DateTime)
	sizeCells = 8
	nameCells = 30
)

func (p *Page) heads(w int) string {
	return kit.NewLine(w, kit.Paint{}).Space(1).Left(p.styles.Dim, "began", timeCells).Space(2).
		Right(p.styles.Dim, "size", sizeCells).Space(2).Left(p.styles.Dim, "file", nameCells).Space(2).Put(p.styles.Dim, "what").String()
}

func (p *Page) row(of *record.Found, w int, selected bool) string {
	return kit.StartRow(p.styles, w, selected).
		Left(p.styles.Text, of.Began.In(p.zone).Format(time.DateTime), timeCells).Space(2).
		Right(p.styles.Text, human.Bytes(uint64(max(of.Size, 0))), sizeCells).Space(2).
		Left(p.styles.Strong, kit.Middle(printable.Line(of.Name), nameCells), nameCells).Space(2).
		Put(p.styles.Dim, printable.Prefix(of.What, w)).String()
}

// empty says why nothing is listed.
func (p *Page) empty(inner kit.Rect) []string {
	paint, words := p.styles.Dim, "reading…"
	switch {
	case p.err != nil:
		paint, words = p.styles.Error, "✗ "+printable.Line(p.err.Error())
	case p.read:
		words = "Nothing is recorded here yet. To play another file: :replay FILE"
	}
	return []string{"", kit.NewLine(inner.W, kit.Paint{}).Space(2).Put(paint, words).String()}
}

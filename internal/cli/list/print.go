package list

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/internal/monitor"
	"joltui/internal/printable"
	"joltui/internal/system"
)

// column is one of a table. Numbers stand at its right. The last one takes what room
// there is: names can be long.
type column struct {
	title string
	right bool
}

// nothing stands where there is no rate, no time, no user.
const nothing = "–"

// printer prints a list as it is now.
type printer[V any] struct {
	listing[V]
	json    bool
	compare func(a, b V) int
	zone    *time.Location // nil is that of this machine
	screen  *screen
}

func (p *printer[V]) print(addr string, s *monitor.Snapshot) error {
	rows, total := p.of(s)
	slices.SortStableFunc(rows, p.compare)
	if p.json {
		return p.printJSON(rows, s.At)
	}
	head := fmt.Sprintf("%s  %s  %s", printable.Line(addr), p.in(s.At).Format(time.TimeOnly), human.Counted(uint64(total), p.thing))
	return p.screen.show(head, p.table(rows, total, s.At))
}

func (p *printer[V]) printJSON(rows []V, at time.Time) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	for _, row := range rows {
		if err := e.Encode(p.object(system.At(at), row)); err != nil {
			return err
		}
	}
	out := text.String()
	if p.screen.terminal {
		out = printable.JSON(out)
	}
	_, err := io.WriteString(p.screen.out, out)
	return err
}

// table returns the lines of a table.
func (p *printer[V]) table(rows []V, total int, now time.Time) []string {
	if len(rows) == 0 && total == 0 {
		return []string{p.none}
	}
	titles := make([]string, len(p.columns))
	for i, c := range p.columns {
		titles[i] = c.title
	}
	table := [][]string{titles}
	clock := func(s system.Stamp) string { return p.clock(s.Time(), now) }
	for _, row := range rows {
		table = append(table, p.cells(row, clock))
	}
	lines := aligned(p.columns, table)
	if left := total - len(rows); left > 0 {
		lines = append(lines, fmt.Sprintf("and %s that the broker has left out", human.Counted(uint64(left), "more "+p.thing)))
	}
	return lines
}

// clock is the time of day, or the day where that is another one.
func (p *printer[V]) clock(t, now time.Time) string {
	switch {
	case t.IsZero():
		return nothing
	case human.SameDay(p.in(t), p.in(now)):
		return p.in(t).Format(time.TimeOnly)
	}
	return p.in(t).Format(time.DateOnly)
}

func (p *printer[V]) in(t time.Time) time.Time {
	if p.zone == nil {
		return t.Local()
	}
	return t.In(p.zone)
}

// aligned writes the rows of a table, as wide as their widest cells.
func aligned(columns []column, table [][]string) []string {
	widths := make([]int, len(columns))
	for _, row := range table {
		for i, cell := range row {
			widths[i] = max(widths[i], ansi.StringWidth(cell))
		}
	}
	lines := make([]string, 0, len(table))
	for _, row := range table {
		var line strings.Builder
		for i, cell := range row {
			room := strings.Repeat(" ", widths[i]-ansi.StringWidth(cell))
			switch {
			case columns[i].right:
				line.WriteString(room + cell)
			case i < len(row)-1:
				line.WriteString(cell + room)
			default:
				line.WriteString(cell)
			}
			if i < len(row)-1 {
				line.WriteString("  ")
			}
		}
		lines = append(lines, line.String())
	}
	return lines
}

// screen is where pages are shown: a terminal, on which each takes the place of the one
// before if they are to be watched, or what they are written to one after the other.
type screen struct {
	out      io.Writer
	terminal bool
	redraws  bool
	size     func() (w, h int)
	shown    int
}

func newScreen(env process.Env, watched bool) *screen {
	s := &screen{out: env.Stdout}
	f, ok := process.FileOf(env.Stdout)
	s.terminal = ok && term.IsTerminal(f.Fd())
	s.redraws = watched && s.terminal && env.Getenv("TERM") != "dumb"
	s.size = func() (w, h int) { return sizeOf(f) }
	return s
}

func sizeOf(f *os.File) (w, h int) {
	if w, h, err := term.GetSize(f.Fd()); err == nil && w > 0 && h > 0 {
		return w, h
	}
	return 80, 24
}

// show writes a page. Only one that is watched has its head, and is cut to the terminal.
func (s *screen) show(head string, lines []string) error {
	s.shown++
	var page strings.Builder
	switch {
	case s.redraws:
		s.redraw(&page, head, lines)
	default:
		if s.shown > 1 {
			page.WriteString("\n")
		}
		page.WriteString(strings.Join(lines, "\n") + "\n")
	}
	_, err := io.WriteString(s.out, page.String())
	return err
}

func (s *screen) redraw(page *strings.Builder, head string, lines []string) {
	w, h := s.size()
	room := max(h-3, 1) // below the head, an empty line, and above that of the cursor
	if len(lines) > room {
		more := len(lines) - room + 1
		lines = append(slices.Clone(lines[:room-1]), fmt.Sprintf("… %s more", human.Count(uint64(more))))
	}
	if s.shown == 1 {
		page.WriteString(ansi.EraseEntireScreen)
	}
	page.WriteString(ansi.CursorHomePosition)
	for _, line := range append([]string{head, ""}, lines...) {
		page.WriteString(ansi.Truncate(line, w-1, "…") + ansi.EraseLineRight + "\n")
	}
	page.WriteString(ansi.EraseScreenBelow)
}

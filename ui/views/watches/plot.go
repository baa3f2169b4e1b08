package watches

import (
	"math"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/ui/views/kit"
)

// plot draws numbers over time, the mean of each second, with braille dots: a cell has four
// rows of two.
//
// It does not use ntcharts (v0.4.0), which takes 6.8 ms and 3.5 MB a frame for 600 points on
// 140×36 cells, of the 16 ms that a frame has: this takes 0.5 ms and 0.16 MB.
type plot struct {
	cols, rows int // of the area for dots, in cells
	dots       []uint8
	from, to   time.Time
	low, high  float64
	limit      float64
	limited    bool     // the limit of the threshold is on show
	labels     []string // of the values at the top, in the middle and at the bottom
	margin     int      // cells on the left, with the axis
}

const (
	plotLabels = 10     // the fewest cells left of the plot, for labels and the axis
	plotBelow  = 2      // rows below the plot, for the axis and times
	flat       = 1e-300 // a smaller difference counts as none
)

func (p *Page) plot(w *feed.Watch, width, h int, now time.Time) []string {
	g := plot{rows: h - plotBelow}
	points := numbersOf(w.Points())
	g.span(points, now)
	g.scale(points, w.Threshold())
	g.margin = g.label()
	g.cols = width - g.margin - 1
	if g.cols < 4 || g.rows < 2 {
		return nil
	}
	g.dots = make([]uint8, g.cols*g.rows)
	g.draw(points)
	rows := make([]string, 0, h)
	for y := range g.rows {
		rows = append(rows, p.plotRow(&g, y, width))
	}
	return append(rows, p.plotAxis(&g, width), p.plotTimes(&g, width))
}

// numbersOf returns the points without those of seconds in which no number came.
func numbersOf(points []feed.Point) []feed.Point {
	var numbers []feed.Point
	for _, p := range points {
		if p.Numbers > 0 {
			numbers = append(numbers, p)
		}
	}
	return numbers
}

// span chooses how much time is shown: the shortest of some round spans that has all points.
func (g *plot) span(points []feed.Point, now time.Time) {
	g.to = now
	age := time.Duration(0)
	if len(points) > 0 {
		age = now.Sub(points[0].At) - time.Second // a point is as long as that
	}
	span := age
	for _, round := range []time.Duration{
		time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute,
		time.Hour, 3 * time.Hour, 12 * time.Hour, 24 * time.Hour, 7 * 24 * time.Hour,
	} {
		if age <= round {
			span = round
			break
		}
	}
	g.from = now.Add(-span)
}

// scale chooses the values at the top and at the bottom. The threshold is between them,
// unless the values would then take less than half of the height.
func (g *plot) scale(points []feed.Point, t feed.Threshold) {
	g.low, g.high = math.Inf(1), math.Inf(-1)
	for _, p := range points {
		g.low, g.high = min(g.low, p.Mean), max(g.high, p.Mean)
	}
	if !(g.high-g.low > flat) { // the line runs through the middle
		margin := max(math.Abs(g.low)/10, 1e-9)
		g.low = max(g.low-margin, -math.MaxFloat64)
		g.high = min(g.high+margin, math.MaxFloat64)
	}
	limit, numeric := t.Number()
	room := g.high - g.low
	if g.limited = numeric && limit >= g.low-room && limit <= g.high+room; g.limited {
		g.low, g.high = min(g.low, limit), max(g.high, limit)
	}
	g.limit = limit
}

// line is the row of the threshold; -1 is none.
func (g *plot) line() int {
	if !g.limited {
		return -1
	}
	return g.y(g.limit) / 4
}

// label writes the values at the top, in the middle and at the bottom so that they can
// be told apart, and returns how many cells they take with the axis.
func (g *plot) label() (cells int) {
	middle := g.rows / 2
	part := (float64(middle) + 0.5) / float64(max(g.rows, 1))
	g.labels = human.Numbers(g.high, g.high*(1-part)+g.low*part, g.low)
	for _, text := range g.labels {
		cells = max(cells, len(text))
	}
	return max(cells+1, plotLabels)
}

// x returns the column of dots for a time, from the left.
func (g *plot) x(at time.Time) int {
	last := 2*g.cols - 1
	part := float64(at.Sub(g.from)) / float64(max(g.to.Sub(g.from), 1))
	return clampInt(int(math.Round(part*float64(last))), 0, last)
}

// y returns the row of dots for a value, from the top.
func (g *plot) y(v float64) int {
	last := 4*g.rows - 1
	part := (v/2 - g.low/2) / (g.high/2 - g.low/2) // halves, because a difference may overflow
	return last - clampInt(int(math.Round(part*float64(last))), 0, last)
}

func clampInt(v, low, high int) int { return min(max(v, low), high) }

// draw draws the points, and joins those that are close in time.
func (g *plot) draw(points []feed.Point) {
	apart := max(g.to.Sub(g.from)/30, 3*time.Second)
	for i, p := range points {
		x, y := g.x(p.At), g.y(p.Mean)
		if i == 0 || p.At.Sub(points[i-1].At) > apart {
			g.set(x, y)
			continue
		}
		g.join(g.x(points[i-1].At), g.y(points[i-1].Mean), x, y)
	}
}

func (g *plot) join(x0, y0, x1, y1 int) {
	steps := max(x1-x0, y1-y0, y0-y1, 1)
	for i := range steps + 1 {
		part := float64(i) / float64(steps)
		g.set(x0+int(math.Round(part*float64(x1-x0))), y0+int(math.Round(part*float64(y1-y0))))
	}
}

// set draws a dot.
func (g *plot) set(x, y int) {
	bits := [4][2]uint8{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}
	g.dots[y/4*g.cols+x/2] |= bits[y%4][x%2]
}

// plotRow draws a row of cells. The top, the middle and the bottom row have a label with
// their value.
func (p *Page) plotRow(g *plot, y, width int) string {
	label := ""
	switch y {
	case 0:
		label = g.labels[0]
	case g.rows - 1:
		label = g.labels[2]
	case g.rows / 2:
		if g.rows > 4 {
			label = g.labels[1]
		}
	}
	axis := "│"
	if label != "" {
		axis = "┤"
	}
	l := kit.NewLine(width, kit.Paint{}).Right(p.styles.Dim, label, g.margin-1).Put(p.styles.Border, axis)
	cells, line := g.dots[y*g.cols:(y+1)*g.cols], g.line()
	for len(cells) > 0 {
		n := 1
		for n < len(cells) && (cells[n] == 0) == (cells[0] == 0) {
			n++
		}
		p.putDots(l, cells[:n], y == line)
		cells = cells[n:]
	}
	return l.String()
}

// putDots writes cells of which either all have dots or none has.
func (p *Page) putDots(l *kit.Line, cells []uint8, threshold bool) {
	switch {
	case cells[0] == 0 && threshold:
		l.Fill(p.styles.Warn, "╌", l.Rest()-len(cells))
	case cells[0] == 0:
		l.Space(len(cells))
	default:
		text := make([]rune, min(len(cells), l.Rest()))
		for i := range text {
			text[i] = '⠀' + rune(cells[i])
		}
		l.Write(p.styles.Accent, string(text), len(text)) // Put would measure it: two thirds of the time
	}
}

func (p *Page) plotAxis(g *plot, width int) string {
	l := kit.NewLine(width, kit.Paint{}).Space(g.margin-1).Put(p.styles.Border, "└")
	return l.Fill(p.styles.Border, "─", 1).String()
}

// plotTimes writes when the plot begins and ends, and how long that is.
func (p *Page) plotTimes(g *plot, width int) string {
	const layout = "15:04:05"
	from, to := g.from.Format(layout), g.to.Format(layout)
	span := human.Duration(g.to.Sub(g.from)) + ", means of seconds"
	l := kit.NewLine(width, kit.Paint{}).Space(g.margin).Put(p.styles.Dim, from)
	if gap := (l.Rest() - 1 - len(to) - kit.Width(span)) / 2; gap > 1 {
		l.Space(gap).Put(p.styles.Dim, span)
	}
	return l.Space(l.Rest()-1-len(to)).Put(p.styles.Dim, to).String()
}

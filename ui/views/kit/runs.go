package kit

import "strings"

// Run is a stretch of a text in one paint. It ends before byte End, where the next run
// begins; Ink is the number of the paint.
type Run struct {
	End int
	Ink uint8
}

// What a usual run takes, in bytes: its paint, and its text.
const perRun, bytesPerRun = 16, 6

// pen writes stretches of text in changing paints. Between two that only have a colour it
// writes that of the second alone: a row of JSON has twenty of them, and what ends a colour
// would be a third of its bytes.
type pen struct {
	b     *strings.Builder
	under Paint
	on    *Paint // nil: none
}

func (p *pen) put(in *Paint, text string) {
	if text == "" {
		return
	}
	if in != p.on {
		if p.on == nil || !in.fore || !p.on.fore {
			p.lift()
		}
		p.b.WriteString(in.Open)
		p.on = in
	}
	p.b.WriteString(text)
}

// lift ends the paint that is on.
func (p *pen) lift() {
	if p.on != nil && p.on.Open != "" {
		p.b.WriteString(p.on.close)
		p.b.WriteString(p.under.Open)
	}
	p.on = nil
}

// PutRuns appends text, which must fit, with its runs in the paints of inks and the hits in
// the paint match. Runs and hits are offsets in a longer text, in which this text begins at
// offset. What is behind the last run is in the first ink.
func (l *Line) PutRuns(inks []Paint, match Paint, runs []Run, text string, offset int, hits [][]int) {
	l.b.Grow(len(text) + perRun*min(len(runs), len(text)/bytesPerRun))
	p := pen{b: &l.b, under: l.under}
	at := 0
	for _, hit := range hits {
		from, to := max(hit[0]-offset, at), min(hit[1]-offset, len(text))
		if from >= to {
			continue
		}
		p.putRuns(inks, runs, text[:from], offset, at)
		p.put(&match, text[from:to])
		at = to
	}
	p.putRuns(inks, runs, text, offset, at)
	p.lift()
	l.Used += Width(text)
}

// putRuns writes text from byte at on.
func (p *pen) putRuns(inks []Paint, runs []Run, text string, offset, at int) {
	for i := range runs {
		if end := min(runs[i].End-offset, len(text)); end > at {
			p.put(&inks[runs[i].Ink], text[at:end])
			at = end
		}
		if at >= len(text) {
			return
		}
	}
	p.put(&inks[0], text[at:])
}

// Painted is text that has its paints, for rows that have none of their own.
type Painted struct {
	text  string
	cells int
}

// PaintRuns paints a text as [Line.PutRuns] does, to be put into several lines.
func PaintRuns(inks []Paint, runs []Run, text string) Painted {
	var b strings.Builder
	b.Grow(len(text) + perRun*min(len(runs), len(text)/bytesPerRun))
	p := pen{b: &b}
	p.putRuns(inks, runs, text, 0, 0)
	p.lift()
	return Painted{b.String(), Width(text)}
}

// PutPainted appends painted text, which must fit.
func (l *Line) PutPainted(p Painted) *Line {
	l.b.WriteString(p.text)
	l.Used += p.cells
	return l
}

package views

// bar is a row of pieces on its left and on its right. When they do not all
// fit, those of the least weight are left out.
type bar struct {
	styles *Styles
	w      int
	pieces []piece
}

type piece struct {
	spans  []Span
	weight int
	gap    int // blank cells before it, or after it on the right
	right  bool
}

func (b *bar) left(weight, gap int, spans ...Span) {
	b.pieces = append(b.pieces, piece{spans, weight, gap, false})
}

func (b *bar) right(weight int, spans ...Span) {
	b.pieces = append(b.pieces, piece{spans, weight, 2, true})
}

// String draws the row, with a blank cell at each end.
func (b *bar) String() string {
	for b.width() > b.w && len(b.pieces) > 1 {
		b.leaveOut()
	}
	l := NewLine(b.w, Paint{}).Space(1)
	leftmost, rightWidth := true, 1
	for _, p := range b.pieces {
		if p.right {
			rightWidth += spansWidth(p.spans) + p.gap
			continue
		}
		if !leftmost {
			l.Space(p.gap)
		}
		putSpans(l, p.spans)
		leftmost = false
	}
	l.Space(l.Rest() - rightWidth)
	for _, p := range b.pieces {
		if p.right {
			l.Space(p.gap)
			putSpans(l, p.spans)
		}
	}
	return l.String()
}

func (b *bar) width() int {
	n := 2
	for _, p := range b.pieces {
		n += spansWidth(p.spans) + p.gap
	}
	return n
}

func (b *bar) leaveOut() {
	least := 0
	for i, p := range b.pieces {
		if p.weight < b.pieces[least].weight {
			least = i
		}
	}
	b.pieces = append(b.pieces[:least], b.pieces[least+1:]...)
}

func putSpans(l *Line, spans []Span) {
	for _, s := range spans {
		l.Put(s.Paint, s.Text)
	}
}

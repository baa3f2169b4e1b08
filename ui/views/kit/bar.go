package kit

// Bar is a row of pieces on its left and on its right. When they do not all
// fit, those of the least weight are left out.
type Bar struct {
	Styles *Styles
	W      int
	pieces []piece
}

type piece struct {
	spans  []Span
	weight int
	gap    int // blank cells before it
	right  bool
}

// Left adds a piece on the left, gap blank cells after the one before it.
func (b *Bar) Left(weight, gap int, spans ...Span) {
	b.pieces = append(b.pieces, piece{spans, weight, gap, false})
}

// Right adds a piece on the right, two blank cells after the one before it.
func (b *Bar) Right(weight int, spans ...Span) {
	b.pieces = append(b.pieces, piece{spans, weight, 2, true})
}

// String draws the row, with a blank cell at each end.
func (b *Bar) String() string {
	for b.width() > b.W && len(b.pieces) > 1 {
		b.leaveOut()
	}
	l := NewLine(b.W, Paint{}).Space(1)
	leftmost, rightWidth := true, 1
	for _, p := range b.pieces {
		if p.right {
			rightWidth += SpansWidth(p.spans) + p.gap
			continue
		}
		if !leftmost {
			l.Space(p.gap)
		}
		PutSpans(l, p.spans)
		leftmost = false
	}
	l.Space(l.Rest() - rightWidth)
	for _, p := range b.pieces {
		if p.right {
			l.Space(p.gap)
			PutSpans(l, p.spans)
		}
	}
	return l.String()
}

func (b *Bar) width() int {
	n := 2
	for _, p := range b.pieces {
		n += SpansWidth(p.spans) + p.gap
	}
	return n
}

func (b *Bar) leaveOut() {
	least := 0
	for i, p := range b.pieces {
		if p.weight < b.pieces[least].weight {
			least = i
		}
	}
	b.pieces = append(b.pieces[:least], b.pieces[least+1:]...)
}

// PutSpans appends spans to a row.
func PutSpans(l *Line, spans []Span) {
	for _, s := range spans {
		l.Put(s.Paint, s.Text)
	}
}

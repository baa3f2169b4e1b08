package fields

// Text is a text with its parts.
type Text struct {
	Text   string
	Parts  []Part
	Ending Ending
}

// ScanText is [Scan] of a whole text.
func ScanText(text string, printable bool) Text {
	t := Text{Text: text}
	t.Parts, t.Ending = Scan(nil, text, printable)
	return t
}

// MarkChanged sets Changed of the numbers, strings and literals of t that another text, which
// came before it, has with another value, or does not have. It sets none if those are more
// than half of them: the two are then about different things, and marks everywhere would say
// nothing. Where the end of a text cuts a value, that is not compared.
func (t *Text) MarkChanged(before *Text) {
	if t.Ending == NotJSON || before.Ending == NotJSON {
		return
	}
	changed, all := 0, 0
	for i := range t.Parts {
		p := &t.Parts[i]
		if p.Changed = false; p.Kind < String || t.cuts(p) {
			continue
		}
		all++
		if before.differs(i, p, t.Text) {
			p.Changed = true
			changed++
		}
	}
	if 2*changed > all {
		for i := range t.Parts {
			t.Parts[i].Changed = false
		}
	}
}

// cuts reports whether the end of the text may have cut a part.
func (t *Text) cuts(p *Part) bool { return t.Ending == Cut && int(p.End) == len(t.Text) }

// differs reports whether t has no part with the path and the text of p, which is of another
// text. It looks at part number i first: most texts of a topic have the same fields. The
// type counts as text does.
func (t *Text) differs(i int, p *Part, text string) bool {
	if i >= len(t.Parts) || t.Parts[i].Path != p.Path || t.Parts[i].Kind == Name {
		if i = t.find(p.Path); i < 0 {
			return t.Ending == Whole
		}
	}
	return !t.cuts(&t.Parts[i]) && t.Parts[i].Of(t.Text) != p.Of(text)
}

// find returns the last part with a path, or -1: of fields with the same name the last one
// counts.
func (t *Text) find(path uint64) int {
	for i := len(t.Parts) - 1; i >= 0; i-- {
		if t.Parts[i].Path == path && t.Parts[i].Kind != Name {
			return i
		}
	}
	return -1
}

// Value returns the value with a path: a [Part] of the text. found is false if there is none.
func (t *Text) Value(path uint64) (p *Part, found bool) {
	i := t.find(path)
	if i < 0 {
		return nil, false
	}
	return &t.Parts[i], true
}

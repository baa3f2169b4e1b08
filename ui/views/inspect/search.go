package inspect

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"

	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// search is the search in a message.
type search struct {
	text string
	re   *regexp.Regexp // nil: there is no search
	from int            // the cursor goes to the first hit from this offset on
	due  bool           // the payload has not been searched yet
	jump bool           // the cursor is to go to a hit once it has been
}

// ask asks for the text to search for, beginning with the latest one. While it is typed,
// the cursor goes to the first hit after the row that it is on now.
func (v *Page) ask() kit.Intent {
	v.layout()
	v.search.from = v.viewport.cursor.offset
	set := func(text string) kit.Intent {
		v.Search(text)
		return nil
	}
	return kit.Ask{Question: kit.Question{
		Label:  "search / ",
		Hint:   "a regular expression, for the payload as it came",
		Text:   v.search.text,
		Live:   set,
		Accept: set,
		Check: func(text string) error {
			_, err := compileSearch(text)
			return err
		},
	}}
}

func compileSearch(text string) (*regexp.Regexp, error) {
	re, err := regexp.Compile(text)
	var wrong *syntax.Error
	if errors.As(err, &wrong) {
		return nil, fmt.Errorf("%s: %s", wrong.Code, printable.Line(wrong.Expr))
	}
	return re, err
}

// Search searches for a regular expression and puts the cursor on the first hit after the
// row that it was on when the question was asked. An invalid expression changes nothing,
// an empty one ends the search.
func (v *Page) Search(text string) {
	re, err := compileSearch(text)
	if err != nil || text == v.search.text && v.search.re != nil {
		return
	}
	if text == "" {
		re = nil
	}
	v.search.text, v.search.re, v.search.jump = text, re, true
	v.find()
}

// find searches the payload: at once, or later in a job if that would take too long.
func (v *Page) find() {
	v.hits = hits{selected: -1}
	v.search.due = v.search.re != nil
	if v.search.due && len(v.entry.Data) <= searchAtOnce {
		v.found(findAll(v.search.re, v.entry.Data))
	}
}

// findAll returns up to maxHits hits, and whether there are more. Empty matches are no
// hits.
func findAll(re *regexp.Regexp, data string) hits {
	h := hits{selected: -1}
	for _, span := range re.FindAllStringIndex(data, maxHits+1) {
		if span[0] == span[1] {
			continue
		}
		if len(h.at) == maxHits {
			h.more = true
			break
		}
		h.at = append(h.at, hit{span[0], span[1]})
	}
	return h
}

// found takes over the hits of a search.
func (v *Page) found(h hits) {
	v.hits, v.search.due = h, false
	if v.search.jump && len(h.at) > 0 {
		v.goTo(v.hits.after(v.search.from))
	}
	v.search.jump = false
}

// step puts the cursor on the hit so many further, or back if by is negative; after the
// last hit comes the first. It counts from the hit under the cursor, or else from the
// cursor.
func (v *Page) step(by int) {
	n := len(v.hits.at)
	if n == 0 {
		return
	}
	i := v.hits.selected
	if i < 0 || v.shown.at(v.hits.at[i].start) != v.viewport.cursor {
		i = v.hits.after(v.viewport.cursor.offset)
		if by > 0 {
			i--
		}
	}
	v.goTo((i + by + n) % n)
}

// goTo puts the cursor on a hit, and unfolds the objects and arrays around it. If it was
// off the screen, a third of the screen stays above it.
func (v *Page) goTo(i int) {
	v.hits.selected = i
	offset := v.hits.at[i].start
	if t := v.tree.tree; v.pretty && offset < t.Read() {
		n := t.Find(offset)
		v.tree.folds.unfoldAround(t, n)
		if v.tree.composed(n) && offset > int(t.Node(n).Start) {
			v.tree.folds.set(n, false)
		}
	}
	in, page := v.layout(), v.page()
	v.viewport.goToByte(in, offset)
	if v.viewport.distance(in, page) < 0 {
		v.viewport.top = v.viewport.back(in, v.viewport.cursor, page/3)
	}
}

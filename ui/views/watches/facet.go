package watches

import (
	"slices"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// Filter asks to filter the streams by a jq expression, on the topics of a watch.
type Filter struct {
	Expression string
	Topics     []string // as in [feed.Field]
}

// Intent implements [kit.Intent].
func (Filter) Intent() {}

// onBars reports whether the cursor is among the bars of words: those of the chart alone.
func (p *Page) onBars(w *feed.Watch) bool {
	s := w.Stats()
	return p.alone && s.Words > s.Numbers
}

// bar returns the number of the word under the cursor, which stays on its word while others
// overtake it.
func (p *Page) bar(words []feed.WordCount) int {
	return max(slices.IndexFunc(words, func(w feed.WordCount) bool { return w.Text == p.word }), 0)
}

// moveBar moves the cursor among the bars.
func (p *Page) moveBar(by kit.Move, w *feed.Watch) {
	words := w.Words()
	shown := uint64(min(len(words), max(p.h-3, 1)))
	list := kit.List{}
	list.SetRows(0, shown)
	list.GoTo(uint64(p.bar(words)))
	list.Move(by)
	if at := int(list.At()); at < len(words) {
		p.word = words[at].Text
	}
}

// filter asks for the messages that have the word under the cursor, or with not for those
// that have not.
func (p *Page) filter(w *feed.Watch, not bool) kit.Intent {
	words := w.Words()
	if !p.onBars(w) || len(words) == 0 {
		return nil
	}
	path, word := w.Field().Path, words[p.bar(words)].Text
	expression := "any(" + path + "; . == " + word + ")"
	_, plain := feed.PathSteps(path)
	switch {
	case plain && not:
		expression = path + " != " + word
	case plain:
		expression = path + " == " + word
	case not:
		expression = "all(" + path + "; . != " + word + ")"
	}
	return Filter{Expression: expression, Topics: w.Field().Topics}
}

func (p *Page) filterNot(w *feed.Watch) kit.Intent {
	if !p.onBars(w) {
		p.alone = false
		return p.toggleChart(w)
	}
	return p.filter(w, true)
}

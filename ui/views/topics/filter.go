package topics

import (
	"strings"

	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// nameFilter selects topics by their names: each of its words is in the name, whatever the
// case; * in a word is any text, and a word with ! in front is not in the name. The zero
// nameFilter selects all.
type nameFilter struct {
	text  string // as it was typed
	words []nameWord
}

type nameWord struct {
	parts []string // in this order
	not   bool
}

func parseNames(text string) nameFilter {
	f := nameFilter{text: strings.TrimSpace(text)}
	for _, word := range strings.Fields(strings.ToLower(text)) {
		word, not := strings.CutPrefix(word, "!")
		if word != "" {
			f.words = append(f.words, nameWord{strings.Split(word, "*"), not})
		}
	}
	return f
}

// on reports whether the filter leaves anything out.
func (f nameFilter) on() bool { return len(f.words) > 0 }

func (f nameFilter) has(name string) bool {
	if !f.on() {
		return true
	}
	name = strings.ToLower(name)
	for _, w := range f.words {
		if w.in(name) == w.not {
			return false
		}
	}
	return true
}

func (w nameWord) in(name string) bool {
	for _, part := range w.parts {
		i := strings.Index(name, part)
		if i < 0 {
			return false
		}
		name = name[i+len(part):]
	}
	return true
}

// shown returns how the filter is written in a title.
func (f nameFilter) shown(cells int) string { return "/" + printable.Prefix(f.text, cells) + "/" }

// FilterQuestion asks for a part of the names of topics, and shows only those while it is
// typed. An empty answer shows all.
func (t *Pane) FilterQuestion() kit.Question {
	set := func(text string) kit.Intent {
		t.setFilter(text)
		return nil
	}
	return kit.Question{
		Label: "topics / ", Hint: "a part of the name; * is anything, ! in front leaves out",
		Text: t.list.filter.text, Live: set, Accept: set,
	}
}

// ClearFilter shows all topics again, and reports whether some were hidden.
func (t *Pane) ClearFilter() bool {
	was := t.list.filter.on()
	t.setFilter("")
	return was
}

// Filtered reports whether only some of the topics are shown.
func (t *Pane) Filtered() bool { return t.list.filter.on() }

// setFilter shows only topics whose names match. A selected topic that is hidden then is
// selected again as soon as it is not.
func (t *Pane) setFilter(text string) {
	t.list.setFilter(parseNames(text))
	if t.hidden != (topicID{}) && t.list.filter.has(t.hidden.name) {
		if t.selected == (topicID{}) {
			t.selected = t.hidden
		}
		t.hidden = topicID{}
	}
}

// hideSelected selects the row of all that is shown, in place of a topic that the filter
// hides, and reports whether it did.
func (t *Pane) hideSelected(f *feed.Feed) bool {
	if t.selected.group || t.list.filter.has(t.selected.name) || f.Topic(t.selected.name) == nil {
		return false
	}
	t.hidden, t.selected = t.selected, topicID{}
	return true
}

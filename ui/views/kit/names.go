package kit

import (
	"slices"
	"strconv"

	"joltui/internal/printable"
)

// Names cuts the names of a list so that they stay different from one another: names of
// topics mostly begin and end alike, and differ somewhere in between. The zero value is an
// empty list.
type Names struct {
	list  []string
	texts map[int]map[string]string // by room and name; those that are needed
}

// fewRooms is for how many widths the texts are kept: a list has few at a time, such as one
// for topics and some for groups.
const fewRooms = 4

// Set replaces the list. The caller must not change it later. Names are untrusted.
func (n *Names) Set(list []string) { n.list, n.texts = list, nil }

// Cut returns a name, printable, in at most room cells. Two names of the list have two texts
// from some six cells on. A name that is not of the list is cut in its middle.
func (n *Names) Cut(name string, room int) string {
	texts, known := n.texts[room]
	if !known {
		if len(n.texts) >= fewRooms || n.texts == nil {
			n.texts = make(map[int]map[string]string)
		}
		texts = cutNames(n.list, room)
		n.texts[room] = texts
	}
	if text, listed := texts[name]; listed {
		return text
	}
	return CutMiddle(name, room)
}

// cutRounds is how often names that still look alike are told apart by one more of their
// differences. Few lists need more than two.
const cutRounds = 4

// cutNames returns the texts of those names that are wider than room, and of those that
// would look like another one.
func cutNames(list []string, room int) map[string]string {
	texts := make(map[string]string)
	taken := make(map[string]bool, len(list))
	var wide []*longName
	for _, name := range list {
		text := printable.Name(name, room+1)
		switch {
		case Width(text) > room, taken[text]: // or it looks like another one even when whole
			wide = append(wide, &longName{name: name})
		default:
			taken[text] = true
		}
	}
	for _, w := range wide {
		w.text = CutMiddle(w.name, room)
	}
	for range cutRounds {
		alike := groupAlike(wide, taken)
		if len(alike) == 0 {
			break
		}
		for _, group := range alike {
			showDifference(group, room)
		}
	}
	number(wide, taken, room)
	for _, w := range wide {
		texts[w.name] = w.text
	}
	return texts
}

// groupAlike returns the groups of names that have the same text, in the order of the list.
func groupAlike(names []*longName, taken map[string]bool) (groups [][]*longName) {
	by := make(map[string][]*longName, len(names))
	for _, n := range names {
		by[n.text] = append(by[n.text], n)
	}
	for _, n := range names {
		if group := by[n.text]; len(group) > 1 || taken[n.text] {
			groups = append(groups, group)
			delete(by, n.text)
		}
	}
	return slices.DeleteFunc(groups, func(g []*longName) bool { return len(g) == 0 })
}

// number gives a number to each name that still looks like one before it.
func number(names []*longName, taken map[string]bool, room int) {
	next := make(map[string]int)
	for _, n := range names {
		text := n.text
		for taken[n.text] {
			next[text]++
			tag := "~" + strconv.Itoa(next[text]+1)
			if len(tag) >= room {
				break // so narrow that nothing can tell them apart
			}
			n.text = Head(text, room-len(tag)) + tag
		}
		taken[n.text] = true
	}
}

package kit

import (
	"slices"
	"strconv"
	"strings"

	"joltui/internal/printable"
)

// Names cuts the names of a list so that they stay different from one another: names of
// topics mostly begin and end alike, and differ somewhere in between. The zero value is an
// empty list.
type Names struct {
	// Framed leaves out what all names begin and end with, where they are wider than there is
	// room; the owner says what that is, with Frame.
	Framed bool
	list   []string
	rooms  map[int]*cutList // those that are needed, by room
}

// cutList is the texts of the names that are too wide for a room.
type cutList struct {
	begin, end string // left out of all
	texts      map[string]string
}

// fewRooms is for how many widths the texts are kept: a list has few at a time, such as one
// for topics and some for groups.
const fewRooms = 4

// Set replaces the list. The caller must not change it later. Names are untrusted.
func (n *Names) Set(list []string) { n.list, n.rooms = list, nil }

// Cut returns a name, printable, in at most room cells. Two names of the list have two texts
// from some six cells on. A name that is not of the list is cut in its middle.
func (n *Names) Cut(name string, room int) string {
	c := n.in(room)
	if text, listed := c.texts[name]; listed {
		return text
	}
	return CutMiddle(name, room)
}

// Frame returns what all names of the list begin and end with, printable and in few cells, if
// it is left out in so many cells, else "".
func (n *Names) Frame(room int) string {
	c := n.in(room)
	if c.begin == "" && c.end == "" {
		return ""
	}
	const few = 24
	return printable.Name(c.begin, few) + Ellipsis + printable.Name(c.end, few)
}

func (n *Names) in(room int) *cutList {
	c := n.rooms[room]
	if c == nil {
		if len(n.rooms) >= fewRooms || n.rooms == nil {
			n.rooms = make(map[int]*cutList)
		}
		c = cutNames(n.list, room, n.Framed)
		n.rooms[room] = c
	}
	return c
}

// cutRounds is how often names that still look alike are told apart by one more of their
// differences. Few lists need more than two.
const cutRounds = 4

// cutNames returns the texts of those names that are wider than room, and of those that
// would look like another one. With a frame all of them are cut if one is.
func cutNames(list []string, room int, framed bool) *cutList {
	c := &cutList{texts: make(map[string]string)}
	if framed && slices.ContainsFunc(list, func(name string) bool { return Width(printable.Name(name, room+1)) > room }) {
		c.begin, c.end = frameOf(list)
	}
	taken := make(map[string]bool, len(list))
	var wide []*longName
	for _, name := range list {
		inner := name[len(c.begin) : len(name)-len(c.end)]
		text := printable.Name(inner, room+1)
		if Width(text) > room || taken[text] { // or it looks like another one even when whole
			wide = append(wide, &longName{name: name, inner: inner, text: CutMiddle(inner, room)})
			continue
		}
		taken[text] = true
		if inner != name {
			c.texts[name] = text
		}
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
		c.texts[w.name] = w.text
	}
	return c
}

// frameOf returns the whole parts, with their dots, that all names begin with, and those that
// all end with.
func frameOf(list []string) (begin, end string) {
	if len(list) < 2 {
		return "", ""
	}
	first := list[0]
	begins, ends := len(first), len(first)
	for _, name := range list[1:] {
		n := 0
		for n < min(begins, len(name)) && name[n] == first[n] {
			n++
		}
		begins = n
	}
	begin = first[:strings.LastIndexByte(first[:begins], '.')+1]
	for _, name := range list {
		n := 0
		for n < min(ends, len(name)-len(begin), len(first)-len(begin)) && name[len(name)-1-n] == first[len(first)-1-n] {
			n++
		}
		ends = n
	}
	if dot := strings.IndexByte(first[len(first)-ends:], '.'); dot >= 0 {
		end = first[len(first)-ends+dot:]
	}
	return begin, end
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

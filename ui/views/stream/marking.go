package stream

import (
	"fmt"
	"slices"
	"sort"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/ui/views/kit"
)

// SetMarks sets the marks, which several streams can share.
func (s *Pane) SetMarks(m *Marks) { s.marks = m }

// mark marks the message under the cursor, or removes its mark.
func (s *Pane) mark(f *feed.Feed) kit.Intent {
	e := s.Current(f)
	switch {
	case e == nil:
		s.said = "nothing to mark here"
	case !s.marks.toggle(e):
		s.said = fmt.Sprintf("no room for more than %d marks", maxMarks)
	}
	return nil
}

func (s *Pane) nextMark(rows feed.Rows) { s.goToMark(true, rows) }
func (s *Pane) prevMark(rows feed.Rows) { s.goToMark(false, rows) }

// markState is whether the cursor can go to a marked message.
type markState uint8

const (
	markShown   markState = iota
	markHidden            // by the filter
	markEvicted           // it is no longer held
)

// locate returns the row of a marked message, if it is shown.
func (s *Pane) locate(m mark, rows feed.Rows) (row uint64, state markState) {
	row = findSeq(rows, m.seq)
	e := rows.At(row)
	switch {
	case e != nil && e.Seq == m.seq:
		return row, markShown
	case m.seq < s.oldest():
		return 0, markEvicted
	default:
		return 0, markHidden
	}
}

// oldest returns the arrival number of the oldest entry that is held, or 0.
func (s *Pane) oldest() uint64 {
	if s.source.history == nil {
		return 0
	}
	w := s.source.current().Window()
	if e := w.At(w.First()); e != nil {
		return e.Seq
	}
	return 0
}

// findSeq returns the first row whose arrival number is at least seq.
func findSeq(rows feed.Rows, seq uint64) uint64 {
	first := rows.First()
	return first + uint64(sort.Search(int(rows.Next()-first), func(i int) bool {
		return rows.At(first+uint64(i)).Seq >= seq
	}))
}

// goToMark moves the cursor to the next mark, or to the previous one. After the last it
// goes on from the other end, and says so. It also says if it skips a mark whose message is
// hidden or evicted.
func (s *Pane) goToMark(forward bool, rows feed.Rows) {
	marks, here := slices.Clone(s.marks.of(s.topic)), uint64(0)
	if e := rows.At(s.cursor.At()); e != nil {
		here = e.Seq
	}
	if len(marks) == 0 {
		s.said = "no marks"
		return
	}
	if !forward {
		slices.Reverse(marks)
	}
	ahead := func(m mark) bool { return forward == (m.seq > here) && m.seq != here }
	// Marks ahead of the cursor come first; the one under it comes last.
	sort.SliceStable(marks, func(i, j int) bool { return ahead(marks[i]) && !ahead(marks[j]) })
	var lost string
	for _, m := range marks {
		row, state := s.locate(m, rows)
		switch state {
		case markShown:
			s.said = lost
			if lost == "" && !ahead(m) {
				s.said = wrappedWords(forward, m.seq == here)
			}
			s.cursor.GoTo(row)
			s.hold()
			return
		case markEvicted:
			lost = "mark of " + human.Clock(m.at) + " evicted"
		case markHidden:
			lost = "mark of " + human.Clock(m.at) + " filtered out"
		}
	}
	s.said = lost
}

func wrappedWords(forward, only bool) string {
	switch {
	case only:
		return "the only mark"
	case forward:
		return "from the first mark again"
	default:
		return "from the last mark again"
	}
}

// markWords says how many marks there are on the topic of the stream.
func (s *Pane) markWords() string {
	marks := s.marks.of(s.topic)
	if len(marks) == 0 {
		return ""
	}
	evicted, oldest := 0, s.oldest()
	for _, m := range marks {
		if m.seq < oldest {
			evicted++
		}
	}
	n := uint64(len(marks))
	words := human.Count(n) + " " + human.Plural(n, "mark")
	if evicted > 0 {
		words += fmt.Sprintf(", %d evicted", evicted)
	}
	return words
}

// markCount says the same as markWords in a few cells.
func (s *Pane) markCount() string {
	if n := len(s.marks.of(s.topic)); n > 0 {
		return markSign + human.Count(uint64(n))
	}
	return ""
}

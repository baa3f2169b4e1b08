package stream

import (
	"fmt"
	"slices"
	"sort"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/ui/views/kit"
)

// marks returns the marked messages of the topic, or of all, oldest first. All streams of a
// dashboard share them. The feed keeps these messages whatever its histories give up.
func (s *Pane) marks() []*feed.Entry {
	if s.source.pins == nil {
		return nil
	}
	return s.source.pins.Of(s.source.of)
}

func (s *Pane) isMarked(e *feed.Entry) bool {
	return s.source.pins != nil && s.source.pins.Has(e.Seq)
}

// mark marks the message under the cursor, or removes its mark.
func (s *Pane) mark(f *feed.Feed) kit.Intent {
	e := s.Current(f)
	if e == nil {
		s.said = "nothing to mark here"
		return nil
	}
	s.keepCursorPlace(func() {
		if err := f.TogglePin(e); err != nil {
			s.said = err.Error()
		}
		s.source.collect()
	})
	return nil
}

func (s *Pane) nextMark(rows feed.Rows) { s.goToMark(true, rows) }
func (s *Pane) prevMark(rows feed.Rows) { s.goToMark(false, rows) }

// findSeq returns the first row whose arrival number is at least seq.
func findSeq(rows feed.Rows, seq uint64) uint64 {
	first := rows.First()
	return first + uint64(sort.Search(int(rows.Next()-first), func(i int) bool {
		return rows.At(first+uint64(i)).Seq >= seq
	}))
}

// goToMark moves the cursor to the next mark, or to the previous one. After the last it
// goes on from the other end, and says so. It also says if it skips a mark whose message the
// filter hides.
func (s *Pane) goToMark(forward bool, rows feed.Rows) {
	marks, here := slices.Clone(s.marks()), uint64(0)
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
	ahead := func(m *feed.Entry) bool { return forward == (m.Seq > here) && m.Seq != here }
	// Marks ahead of the cursor come first; the one under it comes last.
	sort.SliceStable(marks, func(i, j int) bool { return ahead(marks[i]) && !ahead(marks[j]) })
	var hidden string
	for _, m := range marks {
		row := findSeq(rows, m.Seq)
		if e := rows.At(row); e == nil || e.Seq != m.Seq {
			hidden = "mark of " + human.Clock(m.At) + " filtered out"
			continue
		}
		s.said = hidden
		if hidden == "" && !ahead(m) {
			s.said = wrappedWords(forward, m.Seq == here)
		}
		s.cursor.GoTo(row)
		s.hold()
		return
	}
	s.said = hidden
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

// markWords says how many marks there are on the topic of the stream, and how many of them
// are kept though its history gave them up.
func (s *Pane) markWords() string {
	marks := s.marks()
	if len(marks) == 0 {
		return ""
	}
	oldest := s.source.oldest()
	kept := sort.Search(len(marks), func(i int) bool { return marks[i].Seq >= oldest })
	n := uint64(len(marks))
	words := human.Count(n) + " " + human.Plural(n, "mark")
	if kept > 0 {
		words += fmt.Sprintf(", %d kept", kept)
	}
	return words
}

// markCount says the same as markWords in a few cells.
func (s *Pane) markCount() string {
	if n := len(s.marks()); n > 0 {
		return markSign + human.Count(uint64(n))
	}
	return ""
}

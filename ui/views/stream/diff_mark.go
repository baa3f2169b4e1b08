package stream

import (
	"joltui/internal/feed"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
)

// diffMark asks to compare the message under the cursor with the marked one: the latest before
// it, else the first after it. So two messages of any kind can be compared.
func (s *Pane) diffMark(f *feed.Feed) kit.Intent {
	e := s.Current(f)
	if e == nil {
		s.said = "nothing to compare here"
		return nil
	}
	var other *feed.Entry
	for _, marked := range s.marks() {
		if marked.Seq != e.Seq && (marked.Seq < e.Seq || other == nil) {
			other = marked
		}
	}
	switch {
	case other == nil:
		s.said = "no other message is marked here"
		return nil
	case other.Seq > e.Seq:
		e, other = other, e
	}
	s.hold()
	return intent.Diff{Entry: *e, Before: other}
}

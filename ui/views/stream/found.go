package stream

import (
	"fmt"
	"time"

	"joltui/internal/human"
	"joltui/ui/views/kit"
)

// foundWords says how many hits there are, and of how many messages; more briefly if there is
// no room. On a hit of a frozen stream it says which one that is. Where some are kept that
// the history gave up, it says since when the filter has been searching in place of how many
// messages that was.
func (s *Pane) foundWords(room bool) string {
	x := s.source.index
	if x == nil {
		return ""
	}
	kept := s.source.kept.hits
	all := uint64(s.source.matched())
	words := human.Count(all)
	switch at := s.onHit(); {
	case at > 0:
		words = "hit " + human.Count(uint64(at)) + " of " + words
	case kept == 0:
		if room {
			words += human.Plural(all, " hit")
		}
		words += " of " + human.Count(uint64(x.Seen()))
	default:
		words += human.Plural(all, " hit")
	}
	if s.source.hides() && s.options.Context > 0 {
		words = fmt.Sprintf("±%d ", s.options.Context) + words
	}
	return words + s.keptWords(room) + s.searchingWords(room)
}

// foundCount says the same in as few cells as possible.
func (s *Pane) foundCount() string {
	switch {
	case s.source.index == nil || s.source.kept.hits == 0:
		return s.foundWords(false)
	case s.onHit() > 0:
		return fmt.Sprintf("hit %d of %d", s.onHit(), s.source.matched())
	default:
		return human.Counted(uint64(s.source.matched()), "hit") + s.searchingWords(false)
	}
}

// keptWords says how many hits are kept that the history gave up, and what became of others.
func (s *Pane) keptWords(room bool) (words string) {
	kept, finds := s.source.kept.hits, s.source.finds
	if finds == nil {
		return ""
	}
	if kept > 0 {
		if room && s.onHit() == 0 {
			words = " since " + s.since().Format(time.TimeOnly)
		}
		words += between + human.Count(uint64(kept)) + " kept"
	}
	if finds.Gone() > 0 && s.topic == "" {
		words += ", " + human.Count(finds.Gone()) + " older gone"
	}
	if n := finds.Missed(); n > 0 && s.topic == "" {
		words += ", " + human.Count(n) + " not searched"
	}
	return words
}

// since returns when the oldest message came that the filter has searched.
func (s *Pane) since() time.Time {
	since := s.source.finds.Since()
	if rows := s.source.kept.rows; len(rows) > 0 && rows[0].At.Before(since) {
		return rows[0].At
	}
	return since
}

func (s *Pane) searchingWords(room bool) string {
	switch {
	case s.source.more && room:
		return ", searching" + kit.Ellipsis
	case s.source.more:
		return kit.Ellipsis
	default:
		return ""
	}
}

// onHit returns the number of the hit under the cursor of a frozen stream, from 1; 0 if there
// is none.
func (s *Pane) onHit() int {
	at := s.cursor.At()
	if rows := s.source.rows(); !s.source.frozen || s.cursor.Following() || rows.At(at) == nil || !s.source.isHit(at) {
		return 0
	}
	return s.source.hitNumber(at)
}

package stream

import (
	"strings"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// SetPaused freezes the stream, or ends that. The pause ends where it began: a stream that
// followed the newest message then does so again, any other stays where it is, and says so.
func (s *Pane) SetPaused(on bool) {
	switch {
	case on == s.source.paused:
		return
	case on:
		s.said, s.followed = "", s.cursor.Following()
		s.source.pause(true)
	case s.followed:
		s.said = ""
		s.Follow(true)
	default:
		s.source.pause(false)
		s.said = s.frozenWords()
	}
}

// Follows reports whether the stream follows the newest message, or will once a pause is over.
func (s *Pane) Follows() bool {
	if s.source.paused {
		return s.followed
	}
	return s.cursor.Following()
}

// frozenWords says that the stream is frozen, and which key lets it follow.
func (s *Pane) frozenWords() string {
	words := "frozen"
	if key, _, _ := strings.Cut(s.moves[kit.Bottom].Help().Key, " "); key != "" {
		words += ", " + key + " follows"
	}
	return words
}

// Follow ends a pause, at the newest message. If the user has scrolled this stream up, its
// cursor stays, unless asked says that the user asked for this very stream.
func (s *Pane) Follow(asked bool) {
	if asked {
		s.cursor.Follow()
	}
	s.wanted = nil
	s.source.pause(false)
	s.source.hold(!s.cursor.Following())
}

// Waiting returns how many entries have arrived since the stream was frozen, whether or not
// they match the filter; 0 while it is not frozen.
func (s *Pane) Waiting(f *feed.Feed) uint64 {
	s.sync(f)
	return s.source.waiting()
}

// Following reports whether the cursor stays on the newest message.
func (s *Pane) Following() bool { return s.cursor.Following() }

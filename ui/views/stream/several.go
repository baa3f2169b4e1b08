package stream

import (
	"strings"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// Several is how the stream of several topics, which [feed.Feed.Gathered] has, is shown.
type Several struct {
	Words  string  // which they are, printable
	Rate   float64 // their messages a second
	Prefix string  // what all of their names begin with: it is in Words, and left out in the rows
}

// SetSeveral shows the messages of several topics from the newest on. topic is the pattern
// that stands for all of them, or "".
func (s *Pane) SetSeveral(topic string, several Several) {
	if s.several == nil || topic != s.topic {
		s.topic = topic
		s.reset(nil)
	}
	s.several = &several
}

// Several says which topics the stream has, if it is of several; else it returns "".
func (s *Pane) Several() string {
	if s.several == nil {
		return ""
	}
	return s.several.Words
}

// historyOf returns what the stream shows: the history of a topic, of several, or of all.
func (s *Pane) historyOf(f *feed.Feed) *feed.History {
	switch t := f.Topic(s.topic); {
	case s.several != nil:
		return f.Gathered()
	case s.topic == "":
		return f.All()
	case t == nil:
		return nil
	default:
		return t.History()
	}
}

// hasTopics reports whether each row says its topic.
func (s *Pane) hasTopics() bool { return s.topic == "" || s.several != nil }

// nameTopics has the names of topics cut so that no two of them look alike.
func (s *Pane) nameTopics(f *feed.Feed) {
	topics := f.Topics()
	if !s.hasTopics() || len(topics) == len(s.named) && (len(topics) == 0 || &topics[0] == &s.named[0]) {
		return
	}
	s.named = topics
	var names []string
	for _, t := range topics {
		if s.several == nil || t.Gathered() {
			names = append(names, s.shortly(t.Name))
		}
	}
	s.names = kit.Names{Framed: true}
	s.names.Set(names)
}

// shortly returns the name of a topic without what the title says of all.
func (s *Pane) shortly(topic string) string {
	if s.several != nil {
		topic = strings.TrimPrefix(topic, s.several.Prefix)
	}
	return topic
}

// severalTitle returns the name and the rate of the stream for its title.
func (s *Pane) severalTitle(f *feed.Feed, width int) (name string, rate float64) {
	switch topic := f.Topic(s.topic); {
	case s.several != nil:
		return s.several.Words, s.several.Rate
	case s.topic == "":
		return "all topics", f.Rate()
	case topic == nil:
		return kit.CutMiddle(s.topic, max(width, 0)), -1
	default:
		return kit.CutMiddle(s.topic, max(width, 0)), topic.Rate()
	}
}

// topicCell returns what a row says of its topic.
func (s *Pane) topicCell(topic string) string { return s.names.Cut(s.shortly(topic), s.topicRoom) }

// frameWords says what is left out of the names of all topics, if something is.
func (s *Pane) frameWords() string {
	if !s.hasTopics() || s.topicRoom == 0 {
		return ""
	}
	return s.names.Frame(s.topicRoom)
}

package views

import (
	"slices"
	"strings"

	"joltui/feed"
)

// TopicsQuestion asks for topics. The answer is one [Subscribe], or nothing.
func TopicsQuestion() Question {
	return Question{
		Label: "subscribe to ",
		Hint:  "topics, separated by blanks or commas",
		Accept: func(text string) Intent {
			if topics := splitTopics(text); len(topics) > 0 {
				return Subscribe{Topics: topics}
			}
			return nil
		},
	}
}

// splitTopics takes topics apart at blanks and commas, each topic once.
func splitTopics(text string) []string {
	var topics []string
	for _, t := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }) {
		if !slices.Contains(topics, t) {
			topics = append(topics, t)
		}
	}
	return topics
}

// FilterQuestion asks for a filter, beginning with the one in force. It gives a
// [Filter] each time that the text becomes another valid one.
func FilterQuestion(current string) Question {
	set := func(text string) Intent { return Filter{Text: text} }
	return Question{
		Label:  "filter / ",
		Hint:   "a regular expression; ! in front inverts it",
		Text:   current,
		Live:   set,
		Accept: set,
		Check: func(text string) error {
			_, err := feed.ParseFilter(text)
			return err
		},
	}
}

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
	return Question{
		LabelFor:   filterLabel,
		Hint:       "a regular expression; ! in front inverts it",
		Text:       current,
		Live:       func(text string) Intent { return Filter{Text: text, Typing: true} },
		Accept:     func(text string) Intent { return Filter{Text: text} },
		Toggle:     feed.ToggleJQ,
		ToggleHelp: "regexp or jq",
		Check: func(text string) error {
			_, err := feed.ParseFilter(text)
			return err
		},
	}
}

func filterLabel(text string) string {
	if feed.IsJQ(text) {
		return "filter " // as in the title: filter jq .status
	}
	return "filter / "
}

package views

import "joltui/internal/feed"

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

package views

import "joltui/feed"

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

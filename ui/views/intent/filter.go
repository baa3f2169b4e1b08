package intent

import (
	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// FilterQuestion asks for a filter, beginning with the current one. try is called with each
// valid filter while it is typed, accept with the answer. An empty text is no filter.
func FilterQuestion(current string, try, accept func(text string) kit.Intent) kit.Question {
	return kit.Question{
		LabelFor:   filterLabel,
		Hint:       "a regular expression; ! in front inverts it",
		Text:       current,
		Live:       try,
		Accept:     accept,
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

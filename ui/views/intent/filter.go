package intent

import (
	"regexp"
	"strings"

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
		ToggleHelp: otherLanguage,
		Keep:       language,
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

// language returns the beginning of a filter that says that it is a jq expression; "" for a
// regular expression.
func language(text string) string {
	if !feed.IsJQ(text) {
		return ""
	}
	return text[:strings.Index(text, " ")+1]
}

// otherLanguage names the language that a filter is not in, and reports whether its
// expression looks as if it were in that.
func otherLanguage(text string) (help string, meant bool) {
	valid := func(text string) bool {
		_, err := feed.ParseFilter(text)
		return err == nil
	}
	switch {
	case text == "", text == "!":
		return "regexp or jq", false
	case feed.IsJQ(text):
		expr := strings.TrimSpace(strings.TrimPrefix(text, language(text)))
		other := expr != "" && !strings.HasPrefix(expr, ".") && !valid(text)
		return "as regexp", other && valid(feed.ToggleJQ(text))
	default:
		return "as jq", jqOperator().MatchString(text) && valid(feed.ToggleJQ(text))
	}
}

// jqOperator finds what is common in jq expressions and rare in regular ones: a field at the
// beginning, with a comparison or a pipe after it; or a select.
func jqOperator() *regexp.Regexp {
	return regexp.MustCompile(`^!?\s*(\.[\w.\[\]"]*\s*(==|!=|<|>|\|\s)|\.[\w.]+ (and|or) |select\()`)
}

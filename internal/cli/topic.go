package cli

import "unicode/utf8"

// errNoTopic is for an argument that is no topic.
var errNoTopic = usageError("the topic is empty, or not valid UTF-8")

// invalidAt is where text stops being UTF-8; -1 where it does not.
func invalidAt(text string) int {
	for i, r := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size == 1 {
			return i
		}
	}
	return -1
}

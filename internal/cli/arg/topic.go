package arg

import (
	"unicode/utf8"

	"joltui/internal/cli/exit"
)

// ErrNoTopic is for an argument that is no topic.
var ErrNoTopic = exit.Usagef("the topic is empty, or not valid UTF-8")

// InvalidAt is where text stops being UTF-8; -1 where it does not.
func InvalidAt(text string) int {
	for i, r := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size == 1 {
			return i
		}
	}
	return -1
}

package printable

import "strings"

// blankSign stands for a blank at the beginning or the end of a name.
const blankSign = "␣"

// Name is [Prefix] for names, which can be told apart: blanks at their ends show. One that
// was pasted along belongs to the name of a topic, and a list has both a/b and a/b␣.
func Name(name string, cells int) string {
	text := Prefix(name, cells)
	if start := len(text) - len(strings.TrimLeft(text, " ")); start > 0 {
		text = strings.Repeat(blankSign, start) + text[start:]
	}
	trimmed := strings.TrimRight(text, " ")
	if end := len(text) - len(trimmed); end > 0 && strings.HasSuffix(name, " ") && Prefix(name, len(name)*escapeLen) == Prefix(name, cells) {
		text = trimmed + strings.Repeat(blankSign, end)
	}
	return text
}

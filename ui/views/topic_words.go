package views

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"joltui/nearest"
)

// A list of topics is written as words between blanks, commas or line ends: a
// topic; @ and a file that lists topics; + and a saved group. A word in quotes,
// where a backslash goes before a quote that is meant, is a topic whatever is in
// it.

// word is one of them.
type word struct {
	start  int    // in the text
	kind   byte   // '@', '+', or 0 for a topic
	text   string // without kind and quotes
	quoted bool
	closed bool // a quoted one has its closing quote
}

// wordsOf takes text apart.
func wordsOf(text string) []word {
	var words []word
	for i := 0; i < len(text); {
		if isBetween(text[i]) {
			i++
			continue
		}
		w := word{start: i}
		if text[i] == '@' || text[i] == '+' {
			w.kind = text[i]
			i++
		}
		if i < len(text) && isQuote(text[i]) {
			w.quoted = true
			w.text, i, w.closed = unquote(text, i)
		} else {
			end := i
			for end < len(text) && !isBetween(text[end]) {
				end++
			}
			w.text, i = text[i:end], end
		}
		words = append(words, w)
	}
	return words
}

func isBetween(c byte) bool { return c == ' ' || c == ',' || c == '\n' || c == '\r' || c == '\t' }
func isQuote(c byte) bool   { return c == '"' || c == '\'' }

// unquote returns what is between the quote at text[from] and the next one like
// it, and where the word ends.
func unquote(text string, from int) (inner string, end int, closed bool) {
	var b strings.Builder
	for i := from + 1; i < len(text); i++ {
		switch {
		case text[i] == text[from]:
			return b.String(), i + 1, true
		case text[i] == '\\' && i+1 < len(text):
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String(), len(text), false
}

// quote writes a topic as a word.
func quote(topic string) string {
	plain := topic != "" && !strings.ContainsAny(topic, " ,\n\r\t") && !strings.ContainsAny(topic[:1], `@+"'`)
	if plain {
		return topic
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(topic) + `"`
}

// Groups are saved lists of topics, by name.
type Groups map[string][]string

// parseTopics reads a list of topics, each once, its groups replaced by what is in
// them. It explains what is wrong with the list.
func parseTopics(text string, groups Groups) (Subscribe, error) {
	var s Subscribe
	topics, files := make(map[string]bool), make(map[string]bool)
	add := func(list *[]string, listed map[string]bool, text string) {
		if !listed[text] {
			*list = append(*list, text)
		}
		listed[text] = true
	}
	words := wordsOf(text)
	for i, w := range words {
		switch {
		case w.quoted && !w.closed:
			return s, errors.New("the quote is not closed")
		case w.quoted && i+1 < len(words) && !isBetween(text[words[i+1].start-1]):
			return s, errors.New("put a blank after the closing quote")
		case w.kind == '@' && w.text == "":
			return s, errors.New("@ goes before the name of a file")
		case w.kind == '@':
			add(&s.Files, files, w.text)
		case w.kind == '+':
			group, known := groups[w.text]
			if !known {
				return s, noGroup(w.text, groups)
			}
			for _, topic := range group {
				add(&s.Topics, topics, topic)
			}
		case w.text == "":
			return s, errors.New("a topic cannot be empty")
		default:
			add(&s.Topics, topics, w.text)
		}
	}
	return s, nil
}

func noGroup(name string, groups Groups) error {
	names := slices.Sorted(maps.Keys(groups))
	meant, near := nearest.Of(name, names)
	switch {
	case len(names) == 0:
		return errors.New("no groups yet; quote topics that begin with +")
	case slices.ContainsFunc(names, func(group string) bool { return strings.HasPrefix(group, name) }):
		return fmt.Errorf("no group +%s; tab completes", name)
	case near:
		return fmt.Errorf("no group +%s; is it +%s?", name, meant)
	default:
		return fmt.Errorf("no group +%s; quote topics that begin with +", name)
	}
}

// JoinTopics writes a list of topics as it is typed.
func JoinTopics(topics []string) string {
	words := make([]string, len(topics))
	for i, topic := range topics {
		words[i] = quote(topic)
	}
	return strings.Join(words, " ")
}

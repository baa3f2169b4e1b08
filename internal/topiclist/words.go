package topiclist

import (
	"errors"
	"strings"
)

// Word is a word of a list.
type Word struct {
	Start  int    // offset in the text
	Kind   byte   // '@', '+', or 0 for a topic
	Text   string // without kind and quotes; untrusted
	Quoted bool
	Closed bool // a quoted word has its closing quote
}

// Split splits a list into words. It returns all words even if a quote is not closed or a
// topic is empty; the error, one short line, is then about the first mistake.
func Split(text string) ([]Word, error) {
	var words []Word
	var fault error
	for i := 0; i < len(text); {
		if Between(text[i]) {
			i++
			continue
		}
		w := Word{Start: i}
		if text[i] == '@' || text[i] == '+' {
			w.Kind = text[i]
			i++
		}
		if i < len(text) && isQuote(text[i]) {
			w.Quoted = true
			w.Text, i, w.Closed = unquote(text, i)
		} else {
			end := i
			for end < len(text) && !Between(text[end]) {
				end++
			}
			w.Text, i = text[i:end], end
		}
		if fault == nil {
			fault = w.fault(text[i:])
		}
		words = append(words, w)
	}
	return words, fault
}

// fault returns what is wrong with a word, or nil. after is the text behind the word.
func (w Word) fault(after string) error {
	switch {
	case w.Quoted && !w.Closed:
		return errors.New("the quote is not closed")
	case w.Quoted && after != "" && !Between(after[0]):
		return errors.New("put a blank after the closing quote")
	case w.Kind == 0 && w.Text == "":
		return errors.New("a topic cannot be empty")
	default:
		return nil
	}
}

// Between reports whether c separates words.
func Between(c byte) bool { return c == ' ' || c == ',' || c == '\n' || c == '\r' || c == '\t' }

func isQuote(c byte) bool { return c == '"' || c == '\'' }

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

// Quote writes a topic as a word, in quotes if it needs them.
func Quote(topic string) string {
	plain := topic != "" && !strings.ContainsAny(topic, " ,\n\r\t") && !strings.ContainsAny(topic[:1], `@+"'`)
	if plain {
		return topic
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(topic) + `"`
}

// Join writes topics as a list with sep, a blank or a comma, between them.
func Join(topics []string, sep string) string {
	words := make([]string, len(topics))
	for i, topic := range topics {
		words[i] = Quote(topic)
	}
	return strings.Join(words, sep)
}

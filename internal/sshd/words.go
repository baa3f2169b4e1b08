package sshd

import (
	"errors"
	"strings"
)

const maxCommand = 8 << 10

var (
	errQuote = errors.New("a quote is not closed")
	errLong  = errors.New("the command is longer than 8 KiB")
)

// splitWords splits a command into words as a shell does, but knows nothing than blanks, quotes
// and backslashes: ssh sends a command as one text.
func splitWords(text string) (words []string, err error) {
	if len(text) > maxCommand {
		return nil, errLong
	}
	var word strings.Builder
	var quote byte
	begun := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quote == 0 && strings.IndexByte(" \t\r\n", c) >= 0:
			if begun {
				words = append(words, word.String())
				word.Reset()
				begun = false
			}
			continue
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case c == quote:
			quote = 0
		case c == '\\' && quote != '\'' && i+1 < len(text):
			i++
			word.WriteByte(text[i])
		default:
			word.WriteByte(c)
		}
		begun = true
	}
	if quote != 0 {
		return nil, errQuote
	}
	if begun {
		words = append(words, word.String())
	}
	return words, nil
}

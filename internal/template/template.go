package template

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"text/template"
	"time"
)

// MaxSize bounds a template, and each payload that it makes, in bytes: it is the line limit
// of joltui's broker.
const MaxSize = 1 << 20

// name is what text/template calls the template in its errors.
const name = "payload"

// Template is a template that was parsed. It is safe for concurrent use.
type Template struct{ parsed *template.Template }

// Source is what values are made from. It is not safe for concurrent use.
type Source struct {
	Now    func() time.Time
	Random *rand.ChaCha8
}

// Parse parses a template. The error is one short line, which begins with the number of the
// line that is wrong.
func Parse(text string) (*Template, error) {
	if len(text) > MaxSize {
		return nil, errors.New("the template is longer than 1 MiB")
	}
	parsed, err := template.New(name).Funcs(functions()).Parse(text)
	if err != nil {
		return nil, shortenError(err)
	}
	if err := check(parsed); err != nil {
		return nil, err
	}
	return &Template{parsed}, nil
}

// Execute makes the payload with number count, from 1. Its time is proportional to the
// length of the template. It fails if the payload would be longer than [MaxSize].
func (t *Template) Execute(count uint64, s Source) (string, error) {
	var out bounded
	v := &values{Count: count, source: s}
	if err := t.parsed.Execute(&out, v); err != nil {
		return "", shortenError(err)
	}
	return out.text.String(), nil
}

// errTooLong ends an execution.
var errTooLong = errors.New("the message is longer than 1 MiB")

// bounded is a text of at most MaxSize bytes.
type bounded struct{ text strings.Builder }

// Write appends p, or fails with errTooLong.
func (b *bounded) Write(p []byte) (int, error) {
	if b.text.Len()+len(p) > MaxSize {
		return 0, errTooLong
	}
	return b.text.Write(p)
}

// plainTypes has the names of Go's types in other words.
func plainTypes(text string) string {
	text = regexp.MustCompile(`\bu?int(64)?\b`).ReplaceAllString(text, "number")
	return strings.NewReplacer("template.stamp", "time", "string", "text", " args ", " arguments ").Replace(text)
}

// shortenError shortens an error of text/template to the line and what is wrong:
//
//	template: payload:2:3: executing "payload" at <.Random 1>: error calling Random: …
//	line 2: .Random …
func shortenError(err error) error {
	if errors.Is(err, errTooLong) {
		return errTooLong
	}
	text := strings.TrimPrefix(err.Error(), "template: "+name+":")
	place, what, found := strings.Cut(text, ": ")
	if !found {
		return errors.New(text)
	}
	line, _, _ := strings.Cut(place, ":") // without the column, which is often that of what comes next
	if _, wrong, found := strings.Cut(what, "error calling "); found {
		what = wrong
	} else if _, wrong, found := strings.Cut(what, ">: "); found && strings.HasPrefix(what, "executing ") {
		what = wrong
	}
	return fmt.Errorf("line %s: %s", line, plainTypes(what))
}

package format

import (
	"fmt"
	"regexp"
	"strings"
)

// inType is in the error for a name that a message does not have.
const inType = "in type format.Message"

// templateError says in a line what is wrong with a template, and where in it, in the words
// of whoever wrote it: package template has those of Go.
func templateError(err error) error {
	text := err.Error()
	if before, _, found := strings.Cut(text, inType); found {
		words := strings.Fields(before)
		return fmt.Errorf("--template: there is no .%s: there are .Time .Topic .Data .JSON .Count", words[len(words)-1])
	}
	text = strings.TrimPrefix(text, "template: ")
	text = regexp.MustCompile(`executing "[^"]*" at `).ReplaceAllString(text, "at ")
	return fmt.Errorf("--template%s", plainWords(text))
}

// plainWords puts what is of Go in an error of package template into other words.
func plainWords(text string) string {
	field := regexp.MustCompile(`at <(.*)>: can't evaluate field (\w+) in type .*`)
	if of := field.FindStringSubmatch(text); of != nil {
		holder, _, _ := strings.Cut(of[1], "."+of[2])
		return strings.Replace(text, of[0], fmt.Sprintf("there is no .%s in %s", of[2], holder), 1)
	}
	notJSON := regexp.MustCompile(`at <.*>: nil pointer evaluating interface \{\}(\.\w+)`)
	text = notJSON.ReplaceAllString(text, "there is no $1: the payload is not JSON, or null")
	return strings.NewReplacer(
		"reflect: ", "",
		"untyped nil", "nothing", "nil pointer", "nothing",
		"type format.number", "a number", "format.number", "a number",
		"type format.array", "a list", "format.array", "a list", "slice/array", "a list",
		"type format.object", "an object", "format.object", "an object",
		"type time.Time", "a time", "time.Time", "a time",
		"type interface {}", "a value", "interface {}", "a value",
		"type string", "a text", "type uint64", "a number", "type int", "a number",
		" args ", " arguments ",
	).Replace(text)
}

package publish

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"joltui/internal/printable"
	"joltui/internal/template"
)

// check is the result of checking the draft. It is a cache: the draft is checked when the
// result is needed, and again only after it has changed.
type check struct {
	made bool
	of   checkedDraft
	// preview is an example of what the template makes, err what is wrong with it.
	preview string
	err     error
	// notJSON says what is wrong with a payload that looks like JSON, in several
	// wordings, the longest first. It is only a warning: the payload can be sent.
	notJSON []string
}

// checkedDraft is the key of the cache: all that a check depends on.
type checkedDraft struct {
	topic, payload int // revisions
	template       bool
	sends          int
}

func (p *Box) check() *check {
	of := checkedDraft{p.topic.Rev, p.payload.Rev, p.template, p.sends}
	if p.checked.made && p.checked.of == of {
		return &p.checked
	}
	c := check{made: true, of: of}
	text := p.payload.String()
	if p.template {
		c.preview, c.err = p.example(text, p.Number(p.Message()))
		text = c.preview
	}
	if c.err == nil {
		c.notJSON = notJSON(text)
	}
	if p.template && len(c.notJSON) > 0 {
		c.notJSON = []string{"makes no JSON"} // the line and column would be those of the example
	}
	p.checked = c
	return &p.checked
}

// example returns an example of what a template makes. Its random values are always the
// same, so that they do not change with each key.
func (p *Box) example(text string, number uint64) (string, error) {
	t, err := template.Parse(text)
	if err != nil {
		return "", err
	}
	return t.Execute(number, template.Source{Now: p.clock, Random: rand.NewChaCha8([32]byte{})})
}

// unfinished is what notJSON says of JSON whose end is missing.
const unfinished = "JSON not complete"

// notJSON says what is wrong with a text that looks like a JSON object or array, and where,
// in several wordings, the longest first. If only the end is missing it says no more than
// that: the user may still be typing.
func notJSON(text string) []string {
	if start := strings.TrimLeft(text, " \t\r\n"); start == "" || start[0] != '{' && start[0] != '[' {
		return nil
	}
	err := json.Unmarshal([]byte(text), new(json.RawMessage))
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &syntax):
		return []string{"not JSON"}
	case int(syntax.Offset) >= len(text) && strings.Contains(syntax.Error(), "unexpected end"):
		return []string{unfinished}
	}
	before := text[:max(int(syntax.Offset)-1, 0)] // the offset is that behind the character
	line := strings.Count(before, "\n") + 1
	column := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
	place := fmt.Sprintf("not JSON: line %d, column %d", line, column)
	return []string{place + ": " + printable.Line(syntax.Error()), place, "not JSON"}
}

// format indents JSON, or makes it compact if it is indented already. Numbers, strings and
// the order of keys stay as they are.
func (p *Box) format() {
	text := strings.TrimSpace(p.payload.String())
	laid := indent(text)
	switch {
	case laid == "" && notJSON(text) == nil:
		p.refusal = "not formatted: it is no JSON object or array"
	case laid == "":
		p.refusal = "not formatted: " + notJSON(text)[0]
	case laid != text:
		p.SetPayload(laid)
	default:
		var out bytes.Buffer
		if json.Compact(&out, []byte(text)) == nil {
			p.SetPayload(out.String())
		}
	}
}

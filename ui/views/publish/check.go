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

// check is what is known of the payload. It is found out when it is needed, and
// again only when something has changed.
type check struct {
	made bool
	of   checkedDraft
	// preview is an example of what the template makes, and err is why it makes
	// nothing.
	preview string
	err     error
	// notJSON are ways to say what is wrong with what looks like JSON, the longest
	// first. It is a warning: what is published is up to the user.
	notJSON []string
}

// checkedDraft is what a check depends on.
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
		c.notJSON = []string{"makes no JSON"} // where, is a place in the example
	}
	p.checked = c
	return &p.checked
}

// example is what a template could make. Its random values are always the same,
// so that they stand still while the text is edited.
func (p *Box) example(text string, number uint64) (string, error) {
	t, err := template.Parse(text)
	if err != nil {
		return "", err
	}
	return t.Execute(number, template.Source{Now: p.clock, Random: rand.NewChaCha8([32]byte{})})
}

// unfinished is what notJSON says while the end is missing.
const unfinished = "JSON not complete"

// notJSON says what is wrong with text that looks like a JSON object or array, and
// where. While the end is missing, it may just not be written yet.
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

// format lays JSON out, or makes it compact where that is done already. Numbers,
// strings and the order of keys stay as they are.
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

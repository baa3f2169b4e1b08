package format

import (
	"bytes"
	"fmt"
	"strings"
	"text/template"

	"joltui/internal/human"
	"joltui/internal/printable"
)

// maxRecord bounds what a template may make of one message, in bytes.
const maxRecord = 64 << 20

func newTemplate(text string, terminal bool) (Format, error) {
	t, err := template.New("").Funcs(functions()).Parse(text)
	if err != nil {
		return nil, templateError(err)
	}
	for _, each := range t.Templates() {
		showAll(each.Root)
	}
	// What is wrong for every message is better said before the first.
	err = t.Execute(&bounded{}, Message{Data: "{}"})
	if err != nil && strings.Contains(err.Error(), inType) {
		return nil, templateError(err)
	}
	return func(dst []byte, m Message) ([]byte, error) {
		var b bounded
		if err := t.Execute(&b, m); err != nil {
			return dst, fmt.Errorf("message %d of %s: %w", m.Count, m.Topic, templateError(err))
		}
		if terminal {
			return append(dst, printable.Block(b.String())...), nil
		}
		return append(dst, b.Bytes()...), nil
	}, nil
}

// functions are those of text/template that have to know the values of JSON, and json.
func functions() template.FuncMap {
	return template.FuncMap{
		"json": toJSON, "eq": equal, "len": length, showing: shown,
		"print":    func(all ...any) string { return fmt.Sprint(allShown(all)...) },
		"println":  func(all ...any) string { return fmt.Sprintln(allShown(all)...) },
		"printf":   func(f string, all ...any) string { return fmt.Sprintf(f, allShown(all)...) },
		"html":     func(all ...any) string { return template.HTMLEscaper(allShown(all)...) },
		"js":       func(all ...any) string { return template.JSEscaper(allShown(all)...) },
		"urlquery": func(all ...any) string { return template.URLQueryEscaper(allShown(all)...) },
		"ne":       func(a, b any) (bool, error) { same, err := equal(a, b); return !same, err },
		"lt":       func(a, b any) (bool, error) { c, err := compare(a, b); return c < 0, err },
		"le":       func(a, b any) (bool, error) { c, err := compare(a, b); return c <= 0, err },
		"gt":       func(a, b any) (bool, error) { c, err := compare(a, b); return c > 0, err },
		"ge":       func(a, b any) (bool, error) { c, err := compare(a, b); return c >= 0, err },
	}
}

// bounded is a buffer that a template cannot fill the memory with.
type bounded struct{ bytes.Buffer }

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > maxRecord {
		return 0, fmt.Errorf("the template makes more than %s of it", human.Bytes(maxRecord))
	}
	return b.Buffer.Write(p)
}

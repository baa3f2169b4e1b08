package broker

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"joltui/internal/suggest"
)

// strictJSON reads a JSON document of a known shape. encoding/json alone would
// pass over unknown keys, duplicate keys, keys in the wrong case and broken
// UTF-8, and names no lines.
type strictJSON struct {
	file string
	data []byte
	dec  *json.Decoder
}

func newStrictJSON(file string, data []byte) *strictJSON {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	return &strictJSON{file: file, data: data, dec: dec}
}

// fields are the keys that an object may have, and what reads their values.
type fields map[string]func() error

func (p *strictJSON) errorAt(offset int64, format string, args ...any) error {
	offset = min(offset, int64(len(p.data)))
	line := 1 + bytes.Count(p.data[:offset], []byte("\n"))
	return &ConfigError{File: p.file, Line: line, Reason: fmt.Sprintf(format, args...)}
}

// fail reports an error on the line of the token that was read last.
func (p *strictJSON) fail(format string, args ...any) error {
	return p.errorAt(p.dec.InputOffset(), format, args...)
}

// document reads everything with root.
func (p *strictJSON) document(root func() error) error {
	for i := 0; i < len(p.data); {
		r, size := utf8.DecodeRune(p.data[i:])
		if r == utf8.RuneError && size == 1 {
			return p.errorAt(int64(i), "not valid UTF-8: save the file as UTF-8")
		}
		i += size
	}
	if err := root(); err != nil {
		return err
	}
	rest := p.data[p.dec.InputOffset():]
	if text := bytes.TrimLeft(rest, " \t\r\n"); len(text) > 0 {
		return p.errorAt(int64(len(p.data)-len(text)), "text after the end of the configuration: remove it")
	}
	return nil
}

func (p *strictJSON) token() (json.Token, error) {
	tok, err := p.dec.Token()
	if err == nil {
		return tok, nil
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, p.errorAt(int64(len(p.data)), "the file ends too early: close every quote, bracket and brace")
	}
	offset := p.dec.InputOffset()
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		offset = max(offset, syntax.Offset)
	}
	return nil, p.errorAt(offset, "not valid JSON: %v: check the commas and quotes there", err)
}

// object reads an object. A key in refused is an error that gives the reason.
func (p *strictJSON) object(what string, known fields, refused map[string]string) error {
	tok, err := p.token()
	if err != nil {
		return err
	}
	if tok != json.Delim('{') {
		return p.fail("%s must be an object in braces, not %s", what, describe(tok))
	}
	seen := make(map[string]bool)
	for p.dec.More() {
		tok, err := p.token()
		if err != nil {
			return err
		}
		key := tok.(string) // the decoder lets nothing else be a key
		read, ok := known[key]
		switch reason, no := refused[key]; {
		case no:
			return p.fail("%s", reason)
		case !ok:
			return p.fail("unknown key %q: %s", key, suggestKey(key, what, known))
		case seen[key]:
			return p.fail("duplicate key %q: keep one", key)
		}
		seen[key] = true
		if err := read(); err != nil {
			return err
		}
	}
	_, err = p.token()
	return err
}

// list reads a list, each element with read.
func (p *strictJSON) list(key string, read func() error) error {
	tok, err := p.token()
	if err != nil {
		return err
	}
	if tok != json.Delim('[') {
		return p.fail("%q must be a list in brackets, not %s", key, describe(tok))
	}
	for p.dec.More() {
		if err := read(); err != nil {
			return err
		}
	}
	_, err = p.token()
	return err
}

// text reads a string.
func (p *strictJSON) text(key string, to *string) error {
	tok, err := p.token()
	if err != nil {
		return err
	}
	text, ok := tok.(string)
	if !ok {
		return p.fail("%q must be a string in quotes, not %s", key, describe(tok))
	}
	*to = text
	return nil
}

func (p *strictJSON) boolean(key string, to *bool) error {
	tok, err := p.token()
	if err != nil {
		return err
	}
	value, ok := tok.(bool)
	if !ok {
		return p.fail("%q must be true or false, not %s", key, describe(tok))
	}
	*to = value
	return nil
}

func (p *strictJSON) integer(key string, to *int) error {
	tok, err := p.token()
	if err != nil {
		return err
	}
	number, ok := tok.(json.Number)
	if !ok {
		return p.fail("%q must be a number without quotes, not %s", key, describe(tok))
	}
	value, err := strconv.Atoi(number.String())
	if err != nil {
		return p.fail("%q must be a whole number, not %s", key, number)
	}
	*to = value
	return nil
}

func (p *strictJSON) duration(key string, to *time.Duration) error {
	tok, err := p.token()
	if err != nil {
		return err
	}
	text, _ := tok.(string)
	value, err := time.ParseDuration(text)
	if err != nil {
		return p.fail(`%q must be a time with its unit, such as "10s" or "500ms"`, key)
	}
	*to = value
	return nil
}

func describe(tok json.Token) string {
	switch tok := tok.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(tok)
	case json.Number:
		return "the number " + tok.String()
	case string:
		return "a string"
	case json.Delim:
		if tok == '{' {
			return "an object"
		}
		return "a list"
	default:
		return fmt.Sprintf("%v", tok)
	}
}

// suggestKey names the known key nearest to key, or all of them.
func suggestKey(key, what string, known fields) string {
	names := slices.Sorted(maps.Keys(known))
	if name, ok := suggest.Of(key, names); ok {
		return fmt.Sprintf("did you mean %q?", name)
	}
	for i, name := range names {
		names[i] = strconv.Quote(name)
	}
	return fmt.Sprintf("%s can have %s", what, strings.Join(names, ", "))
}

package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"text/template"
	"time"

	"github.com/spf13/pflag"

	"joltui/internal/human"
	"joltui/internal/printable"
)

// message is a message as it is printed, and as a template sees it.
type message struct {
	Time  time.Time
	Topic string
	Data  string
	Count uint64 // of records printed, this one included
}

// JSON is the payload decoded, for templates; nil if it is no JSON.
func (r message) JSON() any {
	d := json.NewDecoder(bytes.NewReader([]byte(r.Data)))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil
	}
	return v
}

// format appends a message to dst as it is to be printed.
type format func(dst []byte, r message) ([]byte, error)

// formatFlags say how messages are printed.
type formatFlags struct {
	json, raw, timestamps, null bool
	template                    string
}

func (f *formatFlags) flags(fs *pflag.FlagSet) {
	fs.BoolVar(&f.json, "json", false, `print each message as a line of JSON: {"time":…,"topic":…,"data":…}`)
	fs.BoolVarP(&f.raw, "raw", "r", false, "print payloads alone")
	fs.StringVar(&f.template, "template", "", "print each message by this Go template; it has .Time .Topic .Data .JSON .Count")
	fs.BoolVarP(&f.timestamps, "timestamps", "t", false, "begin each line with the time at which the message came")
	fs.BoolVarP(&f.null, "null", "0", false, "end each message with a NUL byte in place of a line end")
}

// format returns how to print, to a terminal or to something that takes any byte.
func (f *formatFlags) format(terminal bool) (format, error) {
	kinds := 0
	for _, on := range []bool{f.json, f.raw, f.template != ""} {
		if on {
			kinds++
		}
	}
	switch {
	case kinds > 1:
		return nil, usageError("--json, --raw and --template exclude each other")
	case f.timestamps && kinds > 0 && !f.raw:
		return nil, usageError("--timestamps is for text: --json and --template have the time anyway")
	}
	body, err := f.body(terminal)
	if err != nil {
		return nil, err
	}
	end := byte('\n')
	if f.null {
		end = 0
	}
	return func(dst []byte, r message) ([]byte, error) {
		dst, err := body(dst, r)
		return append(dst, end), err
	}, nil
}

func (f *formatFlags) body(terminal bool) (format, error) {
	switch {
	case f.json:
		return appendJSON, nil
	case f.template != "":
		return templateFormat(f.template, terminal)
	case terminal:
		return f.forPeople, nil
	default:
		return f.exact, nil
	}
}

// exact is for programs: every byte as it came.
func (f *formatFlags) exact(dst []byte, r message) ([]byte, error) {
	if f.timestamps {
		dst = append(r.Time.AppendFormat(dst, time.RFC3339Nano), '\t')
	}
	if !f.raw {
		dst = append(append(dst, r.Topic...), '\t')
	}
	return append(dst, r.Data...), nil
}

// forPeople is for terminals: nothing in it acts on one.
func (f *formatFlags) forPeople(dst []byte, r message) ([]byte, error) {
	if f.timestamps {
		dst = append(append(dst, human.Clock(r.Time)...), "  "...)
	}
	if !f.raw {
		dst = append(append(dst, printable.Line(r.Topic)...), "  "...)
	}
	return append(dst, printable.Line(r.Data)...), nil
}

// appendJSON writes HTML's characters as they are.
func appendJSON(dst []byte, r message) ([]byte, error) {
	b := bytes.NewBuffer(dst)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	err := e.Encode(struct {
		Time  time.Time `json:"time"`
		Topic string    `json:"topic"`
		Data  string    `json:"data"`
	}{r.Time, r.Topic, r.Data})
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// maxRecord bounds what a template may make of one message, in bytes.
const maxRecord = 64 << 20

func templateFormat(text string, terminal bool) (format, error) {
	t, err := template.New("--template").Parse(text)
	if err != nil {
		return nil, templateError(err)
	}
	// What is wrong for every message is better said before the first.
	err = t.Execute(&bounded{}, message{Data: "{}"})
	if err != nil && strings.Contains(err.Error(), "in type cli.message") {
		return nil, templateError(err)
	}
	return func(dst []byte, r message) ([]byte, error) {
		var b bounded
		if err := t.Execute(&b, r); err != nil {
			return dst, fmt.Errorf("message %d of %s: %w", r.Count, r.Topic, err)
		}
		if terminal {
			return append(dst, printable.Block(b.String())...), nil
		}
		return append(dst, b.Bytes()...), nil
	}, nil
}

// bounded is a buffer that a template cannot fill the memory with.
type bounded struct{ bytes.Buffer }

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > maxRecord {
		return 0, fmt.Errorf("the template makes more than %s of it", human.Bytes(maxRecord))
	}
	return b.Buffer.Write(p)
}

func templateError(err error) error {
	return usageError("%s", strings.TrimPrefix(err.Error(), "template: "))
}

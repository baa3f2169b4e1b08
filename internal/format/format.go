package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"joltui/internal/human"
	"joltui/internal/printable"
)

// Message is a message as it is printed, and as a template sees it.
type Message struct {
	Time  time.Time
	Topic string
	Data  string
	Count uint64 // of records printed, this one included
}

// Format appends a message to dst as it is to be printed. One is for one goroutine.
type Format func(dst []byte, m Message) ([]byte, error)

// Options say how messages are printed. Without any it is the topic, a tab and the payload.
type Options struct {
	JSON, Raw  bool
	Template   string
	Timestamps bool           // in front, where there is no JSON and no template
	End        string         // of each message
	Zone       *time.Location // of all times; nil leaves them as they are
}

// New returns how to print, to a terminal or to something that takes any byte. The
// error is one short line, about the options.
func New(o Options, terminal bool) (Format, error) {
	kinds := 0
	for _, on := range []bool{o.JSON, o.Raw, o.Template != ""} {
		if on {
			kinds++
		}
	}
	switch {
	case kinds > 1:
		return nil, errors.New("--json, --raw and --template exclude each other")
	case o.Timestamps && kinds > 0 && !o.Raw:
		return nil, errors.New("--timestamps is for text: --json and --template have the time anyway")
	}
	body, err := o.body(terminal)
	if err != nil {
		return nil, err
	}
	return func(dst []byte, m Message) ([]byte, error) {
		if o.Zone != nil {
			m.Time = m.Time.In(o.Zone)
		}
		begun := len(dst)
		dst, err := body(dst, m)
		if err != nil {
			return dst[:begun], err
		}
		return append(dst, o.End...), nil
	}, nil
}

func (o *Options) body(terminal bool) (Format, error) {
	switch {
	case o.JSON && terminal:
		return func(dst []byte, m Message) ([]byte, error) {
			line, err := appendJSON(nil, m)
			return append(dst, printable.JSON(string(line))...), err
		}, nil
	case o.JSON:
		return appendJSON, nil
	case o.Template != "":
		return newTemplate(o.Template, terminal)
	case terminal && o.Timestamps:
		return (&dated{body: o.forPeople}).append, nil
	case terminal:
		return o.forPeople, nil
	default:
		return o.exact, nil
	}
}

// exact is for programs: every byte as it came.
func (o *Options) exact(dst []byte, m Message) ([]byte, error) {
	if o.Timestamps {
		dst = append(m.Time.AppendFormat(dst, time.RFC3339Nano), '\t')
	}
	if !o.Raw {
		dst = append(append(dst, m.Topic...), '\t')
	}
	return append(dst, m.Data...), nil
}

// forPeople is for terminals: nothing in it acts on one.
func (o *Options) forPeople(dst []byte, m Message) ([]byte, error) {
	if o.Timestamps {
		dst = append(append(dst, human.Clock(m.Time)...), "  "...)
	}
	if !o.Raw {
		dst = append(append(dst, printable.Line(m.Topic)...), "  "...)
	}
	return append(dst, printable.Line(m.Data)...), nil
}

// dated puts a line with the day and the zone before the first message, and wherever
// one of them changes: the rows have the time of day alone.
type dated struct {
	body Format
	day  string
}

func (d *dated) append(dst []byte, m Message) ([]byte, error) {
	if day := m.Time.Format("Monday 2006-01-02 MST (-07:00)"); day != d.day {
		d.day = day
		dst = append(append(append(dst, "── "...), day...), " ──\n"...)
	}
	return d.body(dst, m)
}

// appendJSON writes HTML's characters as they are.
func appendJSON(dst []byte, m Message) ([]byte, error) {
	b := bytes.NewBuffer(dst)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	err := e.Encode(struct {
		Time  time.Time `json:"time"`
		Topic string    `json:"topic"`
		Data  string    `json:"data"`
	}{m.Time, m.Topic, m.Data})
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

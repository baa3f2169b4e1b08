package export

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"joltui/internal/feed"
	"joltui/internal/record"
	"joltui/jolt"
)

// writeNDJSON writes a recording. It begins and ends with the messages: those that play it see
// no time before them, and none after.
func (p Plan) writeNDJSON(to io.Writer, r *Result) error {
	now := time.Now()
	o := record.WriterOptions{What: p.What, Now: func() time.Time { return now }}
	if n := len(p.Entries); n > 0 {
		o.Began, now = p.Entries[0].At, p.Entries[n-1].At
	}
	w, err := record.NewWriter(to, o)
	if err != nil {
		return err
	}
	for _, e := range p.Entries {
		if err := w.Write(RecordEntry(e)); err != nil {
			return err
		}
		if e.Gap == nil {
			r.count(e)
		}
	}
	return w.Close()
}

// RecordEntry returns an entry of a history as a recording has it.
func RecordEntry(e *feed.Entry) record.Entry {
	if e.Gap == nil {
		return record.Entry{At: e.At, Event: &jolt.Message{At: e.At, Topic: e.Topic, Data: e.Data}}
	}
	gap := e.Gap.Gap
	if e.Gap.Unsubscribed {
		gap.Cause = errors.New("not subscribed: " + cmp.Or(e.Gap.Topic, "several topics"))
	}
	return record.Entry{At: e.At, Event: &gap}
}

// writeCSV writes a line a message.
func (p Plan) writeCSV(to io.Writer, r *Result) error {
	w := csv.NewWriter(to)
	heads := []string{"data"}
	if p.Table != nil {
		heads = p.Table.Titles
	}
	line := append([]string{"time", "topic"}, heads...)
	neutralise(line)
	if err := w.Write(line); err != nil {
		return err
	}
	for _, e := range p.Entries {
		if e.Gap != nil {
			r.Gaps++
			continue
		}
		line = append(line[:0], p.time(e.At), e.Topic)
		object := true
		if p.Table == nil {
			line = append(line, e.Data)
		} else {
			line, object = p.Table.Values(line, e.Data)
		}
		if r.count(e); !object {
			r.Bare++
		}
		neutralise(line[1:])
		if err := w.Write(line); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func (p Plan) time(at time.Time) string {
	if p.Zone != nil {
		at = at.In(p.Zone)
	}
	return at.Format(time.RFC3339Nano)
}

// neutralise puts an apostrophe in front of what a spreadsheet would run as a formula: payloads
// come from anybody. Numbers stay.
func neutralise(cells []string) {
	for i, text := range cells {
		if text != "" && strings.IndexByte("=+-@\t\r", text[0]) >= 0 && !isNumber(text) {
			cells[i] = "'" + text
		}
	}
}

// isNumber reports whether a text is a number of JSON.
func isNumber(text string) bool {
	last := text[len(text)-1]
	return '0' <= last && last <= '9' && text[0] == '-' && json.Valid([]byte(text))
}

package frame

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"joltui/internal/export"
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/record"
)

// ExportWhat says which messages are exported.
type ExportWhat string

// What can be exported.
const (
	ExportStream ExportWhat = "stream" // what the stream shows
	ExportHits   ExportWhat = "hits"   // what the filter has found
	ExportMarked ExportWhat = "marked"
	ExportFrom   ExportWhat = "from" // what the stream shows of some time
)

// Export is what a user asked for: which messages to write, and where.
type Export struct {
	What     ExportWhat
	From, To time.Time // of ExportFrom; To may be zero: up to now
	File     string    // may be empty, while it is still typed
	Before   string    // what was typed before the file
}

// ParseExport reads "[stream | hits | marked | from TIME [to TIME]] FILE"; the times are in
// what is there from p.First to p.Last. The error, in one line, is for a time.
func ParseExport(text string, p record.Playing) (Export, error) {
	e := Export{What: ExportStream}
	rest := strings.TrimLeft(text, " ")
	word, after, _ := strings.Cut(rest, " ")
	switch what := ExportWhat(word); what {
	case ExportStream, ExportHits, ExportMarked:
		e.What, rest = what, after
	case ExportFrom:
		e.What = what
		var err error
		if e.From, rest, err = takeTime(after, p); err != nil {
			return e, fmt.Errorf("from when? %w", err)
		}
		if to, found := strings.CutPrefix(rest+" ", "to "); found {
			if e.To, rest, err = takeTime(to, p); err != nil {
				return e, fmt.Errorf("to when? %w", err)
			}
			e.To = endOf(e.To)
			if e.To.Before(e.From) {
				return e, errors.New("that ends before it begins")
			}
		}
	}
	e.File = strings.TrimSpace(rest)
	e.Before = text
	if at := strings.LastIndex(text, e.File); at >= 0 {
		e.Before = text[:at]
	}
	return e, nil
}

// takeTime reads the time with which a text begins, which may have a date.
func takeTime(text string, p record.Playing) (at time.Time, rest string, err error) {
	words := strings.Fields(text)
	for n := min(2, len(words)); n > 0; n-- {
		var t record.Target
		if t, err = ParseTarget(strings.Join(words[:n], " "), p); err != nil {
			continue
		}
		if at = t.At; at.IsZero() {
			at = p.First.Add(time.Duration(t.Share * float64(p.Last.Sub(p.First))))
		}
		return at, strings.Join(words[n:], " "), nil
	}
	return at, "", errors.New("12:03, 2026-01-02 12:03:04 or -5m")
}

// endOf returns the end of the second that begins at a time: what the screen shows as of
// that second belongs to it.
func endOf(at time.Time) time.Time {
	if at.Nanosecond() == 0 {
		return at.Add(time.Second - 1)
	}
	return at
}

// SuggestExport returns what may be typed in place of the file.
func SuggestExport(text string) (all []string) {
	for _, what := range []ExportWhat{ExportStream, ExportHits, ExportMarked, ExportFrom} {
		if word := string(what) + " "; strings.HasPrefix(word, text) && word != text {
			all = append(all, word)
		}
	}
	return all
}

// InTime returns those entries that are of the time of an [ExportFrom].
func (e *Export) InTime(all []*feed.Entry) (some []*feed.Entry) {
	for _, one := range all {
		if !one.At.Before(e.From) && (e.To.IsZero() || !one.At.After(e.To)) {
			some = append(some, one)
		}
	}
	return some
}

// ExportedWords says what was written, where, and what the file does not have. without are
// words about messages that were not there to be written.
func ExportedWords(r export.Result, without []string) string {
	words := "exported " + human.Counted(r.Messages, "message") + ", " + human.Bytes(uint64(max(r.Bytes, 0))) + ": " + r.Path
	if r.Cut > 0 {
		without = append(without, "the ends of "+human.Counted(r.Cut, "payload")+" that are too long to be kept")
	}
	if r.Gaps > 0 {
		without = append(without, human.Counted(r.Gaps, "gap")+" between messages, for which CSV has no place")
	}
	if r.Bare > 0 {
		without = append(without, "the payloads of "+human.Counted(r.Bare, "message")+" that are no objects of JSON")
	}
	if len(without) == 0 {
		return words
	}
	return words + "; not in it: " + strings.Join(without, "; ")
}

package frame

import (
	"slices"
	"strings"
	"testing"
	"time"

	"joltui/internal/export"
	"joltui/internal/feed"
	"joltui/internal/record"
)

// playing is a stream from 12:00 to 12:10:30 of a day, at its end.
func playing() record.Playing {
	first := time.Date(2026, 1, 2, 12, 0, 0, 5e8, time.UTC)
	return record.Playing{At: first.Add(10*time.Minute + 30*time.Second), First: first, Last: first.Add(10*time.Minute + 30*time.Second)}
}

func TestParseExport(t *testing.T) {
	for text, want := range map[string]string{
		"x.csv":                              "stream x.csv",
		"  a b.csv ":                         "stream a b.csv",
		"stream x.csv":                       "stream x.csv",
		"hits ~/x y.ndjson":                  "hits ~/x y.ndjson",
		"hits":                               "hits ",
		"hits.csv":                           "stream hits.csv",
		"marked marked.csv":                  "marked marked.csv",
		"from 12:03 to 12:05 x.csv":          "from x.csv 12:03:00 12:05:00.999999999",
		"from 12:03 x.csv":                   "from x.csv 12:03:00 ",
		"from -5m to -1m x  y.csv":           "from x y.csv 12:05:30.5 12:09:30.5",
		"from 0% to 50% x.csv":               "from x.csv 12:00:00.5 12:05:15.5",
		"from 2026-01-02 12:03:04 to.csv":    "from to.csv 12:03:04 ",
		"from 12:03 to 2026-01-02 12:05 x 1": "from x 1 12:03:00 12:05:00.999999999",
	} {
		e, err := ParseExport(text, playing())
		got := string(e.What) + " " + e.File
		if e.What == ExportFrom {
			got += " " + e.From.Format("15:04:05.999999999") + " "
			if !e.To.IsZero() {
				got += e.To.Format("15:04:05.999999999")
			}
		}
		if err != nil || got != want {
			t.Errorf("%q is %q, %v; want %q", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"from":                         "from when? 12:03, 2026",
		"from noon to 12:05 x":         "from when? 12:03, 2026",
		"from 12:03 to later x.csv":    "to when? 12:03, 2026",
		"from 12:03 to 12:01:59 x.csv": "that ends before it begins",
	} {
		if _, err := ParseExport(text, playing()); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// What the screen shows as of the last second belongs to a time.
func TestExportInTime(t *testing.T) {
	e, err := ParseExport("from 12:00:01 to 12:00:02 x.csv", playing())
	if err != nil {
		t.Fatal(err)
	}
	var all []*feed.Entry
	for i := range 7 {
		all = append(all, &feed.Entry{Seq: uint64(i), At: playing().First.Add(time.Duration(i) * time.Second / 2)})
	}
	var got []uint64
	for _, one := range e.InTime(all) {
		got = append(got, one.Seq)
	}
	if want := []uint64{1, 2, 3, 4}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestExportedWords(t *testing.T) {
	r := export.Result{Path: "/x.csv", Messages: 1, Bytes: 1500}
	if got := ExportedWords(r, nil); got != "exported 1 message, 1.5 kB: /x.csv" {
		t.Error(got)
	}
	r.Cut, r.Gaps, r.Bare = 1, 2, 3
	want := "exported 1 message, 1.5 kB: /x.csv; not in it: 5 older ones; the ends of 1 payload that are too long to be kept; " +
		"2 gaps between messages, for which CSV has no place; the payloads of 3 messages that are no objects of JSON"
	if got := ExportedWords(r, []string{"5 older ones"}); got != want {
		t.Error(got)
	}
}

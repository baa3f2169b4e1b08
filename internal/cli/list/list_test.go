package list

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"joltui/internal/monitor"
	"joltui/internal/system"
)

// told is a screen of some size, or what is no terminal where that is 0, and what is written to it.
func told(w, h int) (*screen, *bytes.Buffer) {
	var out bytes.Buffer
	return &screen{out: &out, terminal: w > 0, redraws: w > 0, size: func() (int, int) { return w, h }}, &out
}

var toldAt = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

func topicsPrinter(s *screen) printer[system.Topic] {
	return printer[system.Topic]{listing: topicListing(), compare: topicOrders()[0].compare, zone: time.UTC, screen: s}
}

// A table is sorted, aligned by what is seen, and holds nothing that acts on a terminal.
func TestTableOfTopics(t *testing.T) {
	s, out := told(0, 0)
	p := topicsPrinter(s)
	snapshot := &monitor.Snapshot{At: toldAt, TopicsTotal: 1234, Topics: []system.Topic{
		{Topic: "b", Subscribers: 1, LastHeard: "2026-01-01T23:00:00.000Z"},
		{Topic: "a", Subscribers: 1},
		{Topic: "日本\x1b[2J\u202e\a\a\a\a\n", MessageRate: 1234.5, ByteRate: 5e6, LastHeard: "2026-01-02T11:59:59.000Z"},
		{Topic: "a ", Subscribers: 12_000, MessageRate: 0.5, ByteRate: 10},
	}}
	want := `MESSAGES   BYTES     SUBSCRIBERS  LAST HEARD  TOPIC
  1.2k/s  5 MB/s  nobody listens    11:59:59  日本\x1b[2J\u202e\a\a\a\a\n
   0.5/s  10 B/s          12,000           –  a␣
       –       –               1           –  a
       –       –               1  2026-01-01  b
and 1,230 more topics that the broker has left out
`
	if err := p.print("127.0.0.1:8080", snapshot); err != nil || out.String() != want {
		t.Errorf("%v\n%s\nwant\n%s", err, out, want)
	}
	out.Reset()
	p.print("127.0.0.1:8080", &monitor.Snapshot{At: toldAt})
	if want := "\nno topic has a subscriber, and none was published to just now\n"; out.String() != want {
		t.Errorf("%q, want %q", out, want)
	}
}

// Clients are sorted by trouble: those that do not read, and then those with the most traffic.
func TestOrderOfClients(t *testing.T) {
	s, out := told(0, 0)
	p := printer[system.Client]{listing: clientListing(), compare: clientOrders()[0].compare, json: true, screen: s}
	p.print("", &monitor.Snapshot{At: toldAt, Clients: []system.Client{{ID: 1}, {ID: 2, Backlog: 7, User: "<\x1b>"},
		{ID: 3, Rates: system.Rates{MessagesOut: 5}}, {ID: 4, Rates: system.Rates{MessagesIn: 9}}, {ID: 5, Backlog: 8}}})
	var ids []string
	for line := range strings.Lines(out.String()) {
		var id int
		fmt.Sscanf(line, `{"time":"2026-01-02T12:00:00.000Z","id":%d,`, &id)
		ids = append(ids, fmt.Sprint(id))
	}
	if got := strings.Join(ids, " "); got != "5 2 4 3 1" || !strings.Contains(out.String(), `"user":"<\u001b>"`) {
		t.Errorf("%s\n%s", got, out)
	}
}

// A page on a terminal takes the place of the one before, and is no larger than the terminal.
func TestPageOnATerminal(t *testing.T) {
	s, out := told(30, 7)
	p := topicsPrinter(s)
	snapshot := &monitor.Snapshot{At: toldAt, TopicsTotal: 5}
	for n := range 5 {
		snapshot.Topics = append(snapshot.Topics, system.Topic{Topic: fmt.Sprint("a-long-name-", n), Subscribers: 1})
	}
	for _, begins := range []string{"\x1b[2J\x1b[H", "\x1b[H"} {
		out.Reset()
		if err := p.print("127.0.0.1:8080", snapshot); err != nil {
			t.Fatal(err)
		}
		want := begins + `127.0.0.1:8080  12:00:00  5 …=

MESSAGES  BYTES  SUBSCRIBERS…=
       –      –            1…=
       –      –            1…=
… 3 more=
`
		want = strings.ReplaceAll(strings.ReplaceAll(want, "=", "\x1b[K"), "5 …\x1b[K\n\n", "5 …\x1b[K\n\x1b[K\n") + "\x1b[J"
		if out.String() != want {
			t.Errorf("\n%q\nwant\n%q", out, want)
		}
	}
}

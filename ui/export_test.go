package ui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joltui/internal/export"
	"joltui/internal/feed"
	"joltui/internal/record"
	"joltui/jolt"
)

// exportable returns a dashboard that can write to a folder, which it returns with a
// separator.
func exportable(t *testing.T, w, h int, o Options) (s *screen, folder string) {
	o.Export = export.Plan.Write
	folder = t.TempDir() + string(filepath.Separator)
	s = watchOrders(t, w, h, o)
	s.press("G") // orders.eu
	return s, folder
}

func lines(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

func TestExportTheStream(t *testing.T) {
	s, folder := exportable(t, 160, 40, Options{})
	held := s.model.feed.Topic("orders.eu").History().Len()
	s.typedCommand("export " + folder + "a.ndjson")
	s.logSays(fmt.Sprintf("exported %d messages, ", held), folder+"a.ndjson")
	set, err := record.Open(folder + "a.ndjson")
	if err != nil || set.What() != "orders.eu" {
		t.Fatalf("%v, %v", set, err)
	}
	if got := lines(t, folder+"a.ndjson"); len(got) != held+2 {
		t.Errorf("%d lines for %d messages", len(got), held)
	}
	s.typedCommand("export stream " + folder + "b.csv")
	got := lines(t, folder+"b.csv")
	if got[0] != "time,topic,data" || !strings.HasPrefix(got[1], "2026-01-02T12:01:0") || !strings.Contains(got[1], `Z,orders.eu,"{""id"":4711,`) {
		t.Errorf("%q", got[:2])
	}
	s.press("enter", "|")
	s.typedCommand("columns amount, id")
	s.typedCommand("export " + folder + "c.csv")
	if got := lines(t, folder+"c.csv"); got[0] != "time,topic,amount,id" || !strings.HasSuffix(got[1], ",orders.eu,7.50,4711") || len(got) != held+1 {
		t.Errorf("%q", got[:2])
	}
}

// What the filter has found is exported as far as it is kept, beyond the history of the topic.
func TestExportHits(t *testing.T) {
	s, folder := exportable(t, 160, 40, Options{Limits: feed.Limits{TopicMessages: 50, AllMessages: 50, Finds: 60}})
	s.typedCommand("export hits " + folder + "a.csv")
	s.logSays("nothing exported: there is no filter: / sets one")
	s.typedCommand("filter failed")
	for i := range 40 { // ten of them failed
		s.events(orders(s.now, 400+40*i, 40)...)
	}
	s.press("x") // the others show, too
	s.typedCommand("export hits " + folder + "a.csv")
	got := lines(t, folder+"a.csv")
	if len(got) != 61 || strings.Count(strings.Join(got, "\n"), `""failed""`) != 60 {
		t.Errorf("%d lines", len(got))
	}
	s.logSays("exported 60 messages, ", "older ones, which made room")
	s.press(" ") // what comes while the stream stands still is kept, too
	s.events(orders(s.now, 3001, 40)...)
	s.typedCommand("export hits " + folder + "newer.csv")
	if got := lines(t, folder+"newer.csv"); !strings.Contains(strings.Join(got[50:], "\n"), `""id"":7`+`7`) {
		t.Errorf("the newest is %s", got[len(got)-1])
	}
	s.press(" ")
	s.typedCommand("filter nowhere")
	s.typedCommand("export hits " + folder + "b.csv")
	s.logSays("nothing exported: the filter has found nothing")
	if _, err := os.Stat(folder + "b.csv"); err == nil {
		t.Error("there is a file without messages")
	}
}

func TestExportMarked(t *testing.T) {
	s, folder := exportable(t, 160, 40, Options{Limits: feed.Limits{TopicMessages: 50}})
	s.typedCommand("export marked " + folder + "a.ndjson")
	s.logSays("nothing exported: no message is marked: b marks one")
	s.press("enter", "k", "b", "k", "k", "b", "G", "1", "g")
	for i := range 4 {
		s.events(orders(s.now, 400+40*i, 40)...)
	}
	s.typedCommand("export marked " + folder + "a.ndjson")
	if got := lines(t, folder+"a.ndjson"); len(got) != 4 {
		t.Errorf("%q", got)
	}
}

func TestExportATime(t *testing.T) {
	s, folder := exportable(t, 160, 40, Options{})
	s.typedCommand("export from 12:01:10 to 12:01:11 " + folder + "a.csv")
	want := 0
	w := s.model.feed.Topic("orders.eu").History().Window()
	for pos := w.First(); pos < w.Next(); pos++ {
		if at := w.At(pos).At.Format(time.TimeOnly); at == "12:01:10" || at == "12:01:11" {
			want++
		}
	}
	if got := lines(t, folder+"a.csv"); len(got) != want+1 || want == 0 {
		t.Errorf("%d lines, want %d messages", len(got), want)
	}
	s.typedCommand("export from 13:00 " + folder + "b.csv")
	s.logSays("nothing exported: the stream has no message of that time")
}

// A file that is there is replaced only after a question.
func TestExportAsksBeforeItReplaces(t *testing.T) {
	s, folder := exportable(t, 160, 40, Options{})
	path := folder + "a.csv"
	if err := os.WriteFile(path, []byte("mine\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.typedCommand("export " + path)
	s.contains("a.csv is there already: replace it?")
	s.press("n")
	if got := lines(t, path); got[0] != "mine" {
		t.Errorf("%q", got)
	}
	s.typedCommand("export " + path)
	s.press("y")
	if got := lines(t, path); got[0] != "time,topic,data" {
		t.Errorf("%q", got)
	}
}

// What cannot be is said, and what was typed is not to be typed again.
func TestExportSaysWhatIsWrong(t *testing.T) {
	s, folder := exportable(t, 160, 40, Options{})
	s.typedCommand("export " + folder + "a.txt")
	s.contains("✗ end the name with .ndjson", "a.txt")
	s.press("ctrl+u", "text:from noon", "enter")
	s.contains("✗ from when? 12:03, 2026-01-02 12:03:04 or -5m")
	s.press("ctrl+u", "text:"+folder+"none/a.csv", "enter")
	s.logSays("none is no folder: make it first, or name another one")
	s.typedCommand("export ")
	s.contains("export ", "from 12:03 to 12:05")
	s.press("esc")

	failed := errors.New("broken\x1b[2J")
	fails := func(export.Plan) (export.Result, error) { return export.Result{}, failed }
	s = watchOrders(t, 160, 40, Options{Export: fails})
	s.typedCommand("export a.csv")
	s.contains(`nothing exported: broken\x1b[2J`)
	without := watchOrders(t, 160, 40, Options{})
	without.typedCommand("export a.csv")
	without.contains(`✗ no command is called "export"`)
	idle := newScreen(t, 160, 40, Options{Export: fails})
	idle.typedCommand("export a.csv")
	idle.contains("nothing exported: the stream shows no message")
}

// Paths are completed after the words that say what to export.
func TestExportCompletes(t *testing.T) {
	s, folder := exportable(t, 160, 40, Options{RecordIn: []string{"/state"}})
	if err := os.WriteFile(folder+"old.csv", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.press(":", "text:export ", "tab")
	s.contains("export /state/jolt-20260102-120126.ndjson", "1 of 6")
	s.press("ctrl+u", "text:hi", "tab")
	s.contains("export hits ")
	s.press("ctrl+u", "text:from 12:01 to 12:02 "+folder+"o", "tab")
	s.contains("export from 12:01 to 12:02 ", "old.csv")
}

// The file is written by a command, from messages that do not change: what comes meanwhile
// is not in it.
func TestExportIsOfOneMoment(t *testing.T) {
	var plan export.Plan
	s := watchOrders(t, 160, 40, Options{Export: func(p export.Plan) (export.Result, error) {
		plan = p
		return export.Result{}, nil
	}})
	s.press("G")
	cmd := s.model.exporting.begin("a.ndjson")
	if plan.Entries != nil {
		t.Fatal("Update has written")
	}
	held := s.model.feed.Topic("orders.eu").History().Len()
	s.events(orders(s.now, 900, 10)...)
	s.run(cmd)
	if len(plan.Entries) != held {
		t.Errorf("%d messages, want %d", len(plan.Entries), held)
	}
}

// A stream that stands still says how many newer messages are not in the file; gaps are in a
// recording.
func TestExportAFrozenStream(t *testing.T) {
	s, folder := exportable(t, 160, 40, Options{})
	s.events(&jolt.Gap{From: s.now.Add(-time.Second), To: s.now})
	s.press(" ")
	s.events(orders(s.now, 900, 7)...)
	s.typedCommand("export " + folder + "a.ndjson")
	s.logSays("not in it: 7 newer ones, as the stream stands still")
	if text := strings.Join(lines(t, folder+"a.ndjson"), "\n"); !strings.Contains(text, `"type":"gap"`) {
		t.Error("the gap is not in the file")
	}
	s.typedCommand("export " + folder + "a.csv")
	s.logSays("1 gap between messages, for which CSV has no place")
}

func TestGoldenExport(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {160, 50}} {
		for name, keys := range map[string][]string{
			"asking":   {":", "text:export "},
			"time":     {":", "text:export from 12:01:10 to 12:01:20 ~/orders"},
			"replaced": {":", "text:export ~/orders.csv", "enter"},
		} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size[0], size[1]), func(t *testing.T) {
				taken := func(p export.Plan) (export.Result, error) {
					return export.Result{Path: "/home/ann/orders.csv"}, os.ErrExist
				}
				s := watchOrders(t, size[0], size[1], Options{Export: taken, RecordIn: []string{"/home/ann/.local/state/joltui/recordings"}})
				s.press(append([]string{"G"}, keys...)...)
				s.golden()
			})
		}
		t.Run(fmt.Sprintf("done %dx%d", size[0], size[1]), func(t *testing.T) {
			done := func(p export.Plan) (export.Result, error) {
				return export.Result{Path: "/home/ann/orders.csv", Messages: 4711, Bytes: 1234567, Gaps: 1}, nil
			}
			s := watchOrders(t, size[0], size[1], Options{Export: done, Limits: feed.Limits{TopicMessages: 100}})
			s.press("G")
			s.typedCommand("export ~/orders.csv")
			s.golden()
		})
	}
}

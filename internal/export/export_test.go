package export

import (
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/internal/record"
	"joltui/jolt"
)

// start is in a zone that is not UTC.
func start() time.Time {
	return time.Date(2026, 1, 2, 23, 59, 58, 123456789, time.FixedZone("CET", 3600))
}

// hostile are texts that files must carry exactly.
func hostile() []string {
	return []string{`{"id":1,"name":"a,b \"c\""}`, "two\nlines\r\n", "", "é\u2028\x1b[2J", `=HYPERLINK("http://x")`, "-12.5", "-1+1", "@x", "{\"id\":\"=1\"}"}
}

func entries() []*feed.Entry {
	var all []*feed.Entry
	for i, data := range hostile() {
		all = append(all, &feed.Entry{Seq: uint64(i + 1), At: start().Add(time.Duration(i) * time.Second), Topic: "orders.eu", Data: data, Size: len(data)})
	}
	gap := &feed.Gap{Gap: jolt.Gap{From: start(), To: start().Add(500 * time.Millisecond), Cause: errors.New("broken")}, Count: 1}
	return slices.Insert(all, 1, &feed.Entry{At: start().Add(500 * time.Millisecond), Gap: gap})
}

func written(t *testing.T, p Plan) (Result, string) {
	t.Helper()
	p.Path = filepath.Join(t.TempDir(), p.Path)
	r, err := p.Write()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(p.Path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(p.Path)
	if mode := info.Mode().Perm(); err != nil || runtime.GOOS != "windows" && mode != 0o600 {
		t.Errorf("mode %o, %v", mode, err)
	}
	if r.Bytes != int64(len(text)) || r.Path != p.Path {
		t.Errorf("told %+v, and there are %d bytes", r, len(text))
	}
	return r, string(text)
}

// A file of NDJSON is a recording: it has each payload exactly, the gap, and no time before
// the first message or after the last.
func TestNDJSONIsARecording(t *testing.T) {
	p := Plan{Path: "x.NDJSON", What: "orders.eu", Entries: entries()}
	p.Path = filepath.Join(t.TempDir(), p.Path)
	r, err := p.Write()
	if err != nil || r.Messages != uint64(len(hostile())) {
		t.Fatalf("%+v, %v", r, err)
	}
	set, err := record.Open(p.Path)
	if err != nil {
		t.Fatal(err)
	}
	if set.What() != "orders.eu" || !set.Started().Equal(start()) {
		t.Errorf("%q of %v", set.What(), set.Started())
	}
	reader := set.Read(record.Position{})
	defer reader.Close()
	var got []string
	gaps := 0
	for {
		e, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch event := e.Event.(type) {
		case *jolt.Message:
			if want := start().Add(time.Duration(len(got)) * time.Second); !event.At.Equal(want) || event.Topic != "orders.eu" {
				t.Errorf("%s at %v, want %v", event.Topic, event.At, want)
			}
			got = append(got, event.Data)
		case *jolt.Gap:
			gaps++
		}
	}
	if !slices.Equal(got, hostile()) || gaps != 1 {
		t.Errorf("read %q, %d gaps", got, gaps)
	}
	index := record.NewIndex(set)
	if err := index.Build(t.Context(), set); err != nil {
		t.Fatal(err)
	}
	if first, last, _ := index.Extent(); !first.Equal(start()) || !last.Equal(start().Add(time.Duration(len(got)-1)*time.Second)) {
		t.Errorf("it is from %v to %v", first, last)
	}
}

// A CSV has the payloads, times with date and zone, and nothing that a spreadsheet would run.
func TestCSV(t *testing.T) {
	r, text := written(t, Plan{Path: "x.csv", Entries: entries(), Zone: start().Location()})
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`{"id":1,"name":"a,b \"c\""}`, "two\nlines\n", "", "é\u2028\x1b[2J", `'=HYPERLINK("http://x")`, "-12.5", "'-1+1", "'@x", "{\"id\":\"=1\"}"}
	if !slices.Equal(rows[0], []string{"time", "topic", "data"}) || rows[1][0] != "2026-01-02T23:59:58.123456789+01:00" || rows[1][1] != "orders.eu" {
		t.Errorf("%q", rows[:2])
	}
	for i, row := range rows[1:] {
		if row[2] != want[i] { // the reader makes \n of \r\n
			t.Errorf("%q, want %q", row[2], want[i])
		}
	}
	if !strings.Contains(text, "two\nlines\r\n") || r.Messages != uint64(len(hostile())) || r.Gaps != 1 {
		t.Errorf("%+v, %q", r, text)
	}
}

// A CSV of a table has its columns, and says how many messages have no fields.
func TestCSVOfATable(t *testing.T) {
	table := &Table{Titles: []string{"id", "=title"}, Values: func(dst []string, data string) ([]string, bool) {
		return append(dst, "=1", "-5"), strings.HasPrefix(data, "{")
	}}
	all := entries()
	all[0].Size++
	r, text := written(t, Plan{Path: "x.csv", Entries: all, Table: table, Zone: time.UTC})
	if r.Bare != uint64(len(hostile())-2) || r.Cut != 1 {
		t.Errorf("%+v", r)
	}
	for _, line := range []string{"time,topic,id,'=title\n", "2026-01-02T22:59:58.123456789Z,orders.eu,'=1,-5\n"} {
		if !strings.Contains(text, line) {
			t.Errorf("no %q in\n%s", line, text)
		}
	}
}

// A file that is there is left alone, unless it is to be replaced; what is no file always is.
func TestNothingIsOverwrittenUnasked(t *testing.T) {
	folder := t.TempDir()
	p := Plan{Path: filepath.Join(folder, "x.csv"), Entries: entries()}
	if err := os.WriteFile(p.Path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write(); !errors.Is(err, fs.ErrExist) || err.Error() != p.Path+" is there already: file already exists" {
		t.Errorf("the error is %v", err)
	}
	if text, _ := os.ReadFile(p.Path); string(text) != "mine" {
		t.Errorf("now it is %q", text)
	}
	p.Replace = true
	if r, err := p.Write(); err != nil || r.Messages == 0 {
		t.Errorf("%+v, %v", r, err)
	}
	p.Path = filepath.Join(folder, "a folder.csv")
	if err := os.Mkdir(p.Path, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write(); err == nil || !strings.HasSuffix(err.Error(), "is no file that could be replaced: name another one") {
		t.Errorf("the error is %v", err)
	}
	p.Path = filepath.Join(folder, "x.csv", "below.csv")
	if _, err := p.Write(); err == nil || strings.Count(err.Error(), folder) != 1 {
		t.Errorf("the error is %v", err)
	}
}

func TestFormatOf(t *testing.T) {
	for path, want := range map[string]Format{"a.ndjson": NDJSON, "A.NDJSON": NDJSON, "~/x.Csv": CSV, "x": 0, "csv": 0, "x.json": 0, "": 0} {
		if got, err := FormatOf(path); got != want || (err == nil) != (want != 0) {
			t.Errorf("%q is %v, %v", path, got, err)
		}
	}
}

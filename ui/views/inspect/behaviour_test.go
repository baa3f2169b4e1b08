package inspect

import (
	"fmt"
	"strings"
	"testing"

	"joltui/internal/feed"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

// pressed presses keys and returns the rows between the borders, without them and
// the blanks at their ends.
func pressed(v *Page, keys ...string) []string {
	for _, k := range keys {
		v.Update(kittest.Press(k), nil)
	}
	var rows []string
	for _, row := range v.View(nil, kittest.Start())[1 : v.h-1] {
		rows = append(rows, strings.TrimRight(strings.Trim(row, "┃"), " "))
	}
	return rows
}

// requireRows fails unless the screen begins with these rows.
func requireRows(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if g, w := strings.Join(got[:len(want)], "\n"), strings.Join(want, "\n"); g != w {
		t.Fatalf("%s:\n%s\nwant\n%s", what, g, w)
	}
}

const nested = `{"id":1,"order":{"items":[{"sku":"a","price":1.50},{"sku":"b","price":1e400}],"note":"x"},"tags":[]}`

func TestInspectorFolds(t *testing.T) {
	v := inspect(60, 24, nested)
	requireRows(t, "z on an object", pressed(v, "j", "j", "z"),
		" {", `   "id": 1,`, `▸  "order": {… 2 fields },`, `   "tags": []`, " }", "")
	requireRows(t, "z again", pressed(v, "z"), " {", `   "id": 1,`, `▸  "order": {`, `     "items": [`)
	requireRows(t, "z on a simple value", pressed(v, "j", "j", "j", "z"),
		" {", `   "id": 1,`, `   "order": {`, `     "items": [`, `▸      {… 2 fields },`, `       {`)
	requireRows(t, "z on the end of an array", pressed(v, "j", "j", "j", "j", "j", "z"),
		" {", `   "id": 1,`, `   "order": {`, `▸    "items": [… 2 items ],`, `     "note": "x"`)
	requireRows(t, "Z where something is folded", pressed(v, "Z"),
		" {", `   "id": 1,`, `   "order": {`, `▸    "items": [`, `       {`)
	requireRows(t, "Z again", pressed(v, "Z"),
		" {", `   "id": 1,`, `▸  "order": {… 2 fields },`, `   "tags": []`, " }", "")
	requireRows(t, "z where all is folded", pressed(v, "z"),
		" {", `   "id": 1,`, `▸  "order": {`, `     "items": [… 2 items ],`, `     "note": "x"`, "   },")
	requireRows(t, "z on the root", pressed(v, "g", "z"), "▸{… 3 fields }", "")
}

func TestInspectorSearches(t *testing.T) {
	v := inspect(70, 24, nested)
	pressed(v, "Z", "G")
	v.ask()
	v.Search("price")
	rows := pressed(v)
	requireRows(t, "a hit in what is folded", rows,
		" {", `   "id": 1,`, `   "order": {`, `     "items": [`, `       {`, `         "sku": "a",`, `▸        "price": 1.50`, "       },",
		`       {… 2 fields, 1 hit }`, "     ],")
	if foot := rows[21]; !strings.HasPrefix(foot, " .order.items[0].price  number, 4 B") || !strings.HasSuffix(foot, "hit 1 of 2 for /price/") {
		t.Errorf("the last row is %q", foot)
	}
	requireRows(t, "n", pressed(v, "n")[8:], "       {", `         "sku": "b",`, `▸        "price": 1e400`)
	requireRows(t, "n after the last", pressed(v, "n")[6:], `▸        "price": 1.50`)
	requireRows(t, "N before the first", pressed(v, "N")[10:], `▸        "price": 1e400`)
	requireRows(t, "n from elsewhere", pressed(v, "g", "n")[6:], `▸        "price": 1.50`)
	requireRows(t, "N from elsewhere", pressed(v, "G", "N")[10:], `▸        "price": 1e400`)

	v.Search("nowhere")
	if rows := pressed(v, "n", "N"); !strings.HasSuffix(rows[21], "no hit for /nowhere/") {
		t.Errorf("the last row is %q", rows[21])
	}
	v.Search("(")
	if v.search.text != "nowhere" {
		t.Error("what is no expression was looked for")
	}
	v.Search("")
	if rows := pressed(v); strings.Contains(rows[21], "/") {
		t.Errorf("the search has no end: %q", rows[21])
	}
}

func TestInspectorSearchQuestion(t *testing.T) {
	v := inspect(70, 24, nested)
	q := kittest.Asked(t, v.Update(kittest.Press("/"), nil))
	if err := q.Check("(a"); err == nil || err.Error() != "missing closing ): (a" {
		t.Errorf("(a: %v", err)
	}
	if err := q.Check("a"); err != nil || q.Live("a") != nil || v.search.text != "a" || q.Accept("b") != nil || v.search.text != "b" {
		t.Errorf("a: %v", err)
	}
	// What is typed goes on from where the cursor was, not from the last hit.
	for _, text := range []string{"p", "pr", "pri"} {
		q.Live(text)
	}
	if v.hits.selected != 0 || len(v.hits.at) != 2 {
		t.Errorf("on hit %d of %d", v.hits.selected, len(v.hits.at))
	}
}

// TestInspectorPaintsHits: all hits are painted, the current one in its own paint, in every
// format.
func TestInspectorPaintsHits(t *testing.T) {
	v := inspect(70, 12, `{"a":"one two one"}`)
	v.styles = kittest.Coloured()
	v.Open(v.entry)
	v.Search("one")
	match, badge := v.styles.Match, v.styles.Hit
	for _, format := range []string{"pretty", "raw", "hex"} {
		all := strings.Join(v.View(nil, kittest.Start()), "\n")
		first, second := badge.String("one"), match.String("one")
		if format == "hex" {
			first, second = badge.String("6f")+" "+badge.String("6e"), match.String("6f")+" "+match.String("6e")
			all = strings.ReplaceAll(all, v.styles.Selected.Open, "")
		}
		all = strings.ReplaceAll(all, v.styles.Selected.Open, "")
		if strings.Count(all, first) != 1 || strings.Count(all, second) != 1 {
			t.Errorf("%s: the hits are not painted:\n%q", format, all)
		}
		v.Update(kittest.Press("f"), nil)
	}
}

func TestInspectorFindsNoEmptyHitsAndNotTooMany(t *testing.T) {
	v := inspect(70, 12, "xaax")
	v.Search("a*")
	if len(v.hits.at) != 1 || v.hits.at[0] != (hit{1, 3}) {
		t.Errorf("hits %+v", v.hits.at)
	}
	v = inspect(70, 12, strings.Repeat("a", maxHits+5))
	v.Search("a")
	kittest.FinishJobs(t, v)
	if rows := pressed(v); !strings.HasSuffix(rows[9], "hit 1 of 100,000+ for /a/") {
		t.Errorf("the last row is %q", rows[9])
	}
}

func TestInspectorFollows(t *testing.T) {
	message := func(seq int, data string) feed.Entry {
		return feed.Entry{Seq: uint64(seq), At: kittest.Start(), Topic: "orders.eu", Data: data, Size: len(data)}
	}
	v := inspect(60, 10, nested)
	v.Search("sku")
	pressed(v, "g", "j", "j", "j", "j", "z", "j", "j")
	requireRows(t, "before", pressed(v, "j")[3:], `       {… 2 fields, 1 hit },`, "       {", `         "sku": "b",`, `▸        "price": 1e400`)

	// Another order of fields, one more item.
	v.Follow(message(2, `{"order":{"note":"y","items":[{"price":2,"sku":"c"},{"price":3,"sku":"d"},{}]},"id":2}`))
	rows := pressed(v)
	requireRows(t, "the same path, folded alike, in the same row", rows[4:], `       {… 2 fields, 1 hit },`, "       {", `▸        "price": 3,`)
	if !strings.HasSuffix(rows[7], "2 hits for /sku/") {
		t.Errorf("the last row is %q", rows[7])
	}
	v.Follow(message(3, `{"order":{"items":[1]}}`))
	requireRows(t, "the nearest that is there", pressed(v)[:3], " {", `   "order": {`, `▸    "items": [`)
	v.Follow(message(4, `[1,2]`))
	requireRows(t, "nothing in common", pressed(v), "▸[", "   1,")

	v.Update(kittest.Press("f"), nil)
	v.Update(kittest.Press("f"), nil)
	v.Follow(message(5, "text"))
	requireRows(t, "hex stays hex", pressed(v), "▸0000  74 65 78 74              text")
	v.Update(kittest.Press("f"), nil)
	requireRows(t, "no JSON", pressed(v), "▸1  text")
	v.Follow(message(6, "[1]"))
	requireRows(t, "pretty was asked for", pressed(v), "▸[", "   1", " ]")
}

func TestInspectorCopiesAndWatches(t *testing.T) {
	v := inspect(60, 24, `{"text":"a\u0041\n","half":"\ud800","n":1e400,"o k":{"x": [ 1 ]}}`)
	for _, tc := range []struct{ key, what, text, path string }{
		{"g", "the value of .", v.entry.Data, "."},
		{"j", "the value of .text", "aA\n", ".text"},
		{"j", "the value of .half", `"\ud800"`, ".half"},
		{"j", "the value of .n", "1e400", ".n"},
		{"j", `the value of .["o k"]`, `{"x": [ 1 ]}`, `.["o k"]`},
		{"j", `the value of .["o k"].x`, `[ 1 ]`, `.["o k"].x`},
		{"j", `the value of .["o k"].x[0]`, `1`, `.["o k"].x[0]`},
		{"j", `the value of .["o k"].x`, `[ 1 ]`, `.["o k"].x`},
	} {
		v.Update(kittest.Press(tc.key), nil)
		if got := v.Update(kittest.Press("y"), nil); got != (intent.Copy{What: tc.what, Text: tc.text}) {
			t.Errorf("y gives %+v, want %q, %q", got, tc.what, tc.text)
		}
		if got := v.Update(kittest.Press("W"), nil); got != (intent.Watch{Topic: "orders.eu", Path: tc.path}) {
			t.Errorf("W gives %+v, want %q", got, tc.path)
		}
	}
	v.Update(kittest.Press("f"), nil)
	if got := v.Update(kittest.Press("y"), nil); got != (intent.Copy{What: "the message", Text: v.entry.Data}) {
		t.Errorf("raw: y gives %+v", got)
	}
}

// TestInspectorTellsWhatIsMissing: the page says what is missing of a payload that was cut,
// of one that turns out to be no JSON, and of nesting and names that have no room.
func TestInspectorTellsWhatIsMissing(t *testing.T) {
	v := inspect(90, 14, "")
	v.Open(feed.Entry{Topic: "big", At: kittest.Start(), Data: `{"a":[1,{"b":"half a str`, Size: 5_000_024})
	requireRows(t, "cut", pressed(v, "G"), " {", `   "a": [`, "     1,", "     {", "▸… 5 MB more were not kept", "")

	broken := "[" + strings.Repeat("1,", kit.ParseAtOnce) + "x, and more]"
	v = inspect(90, 14, broken)
	kittest.FinishJobs(t, v)
	requireRows(t, "broken", pressed(v, "G")[9:], "   1",
		fmt.Sprintf("▸✗ no JSON from byte %d on: expected a value; the last 12 B are only in raw and hex", len(broken)-12))

	v = inspect(60, 14, strings.Repeat("[", 50)+strings.Repeat("]", 50))
	rows := pressed(v, "j", "j", "j", "j", "j", "j", "j", "j", "j", "j", "j", "j", "j")
	requireRows(t, "deep", rows[9:], "          level 12 [", "▸         level 13 [")

	v = inspect(60, 14, `{"`+strings.Repeat("k", 1000)+`":1}`)
	requireRows(t, "a long name", pressed(v), "▸{", `   "`+strings.Repeat("k", 10)+"…+991 B: 1", " }")
}

// TestInspectorShowsWhatIsAboveAHit: the screen scrolls only for a hit that is off it, and
// then leaves rows above the hit.
func TestInspectorShowsWhatIsAboveAHit(t *testing.T) {
	v := inspect(40, 13, "[0"+strings.Repeat(",1", 50)+",2"+strings.Repeat(",1", 50)+"]")
	v.Search("2")
	requireRows(t, "off the screen", pressed(v), "   1,", "   1,", "   1,", "▸  2,", "   1,")
	requireRows(t, "on the screen", pressed(v, "j", "j", "n"), "   1,", "   1,", "   1,", "▸  2,", "   1,")
}

// What a program escaped so that it is ASCII is shown as the text that it is, in names and
// values; hits and copies are of the payload as it came.
func TestInspectorDecodesEscapes(t *testing.T) {
	v := inspect(60, 12, `{"\u0438\u043c\u044f": "caf\u00e9 \u202e", "n": "a\u0041"}`)
	requireRows(t, "escapes", pressed(v), "▸{", `   "имя": "café \u202e",`, `   "n": "a\u0041"`, " }")
	v.Search("u00e9")
	requireRows(t, "with a hit", pressed(v)[1:2], `▸  "имя": "café \u202e",`)
	if got := v.Update(kittest.Press("y"), nil); got.(intent.Copy).Text != "café \u202e" {
		t.Errorf("copied %#v", got)
	}
	long := inspect(20, 40, `{"a":"`+strings.Repeat(`\u0434\u0430 `, 1000)+`"}`)
	for _, row := range pressed(long)[1:30] {
		if strings.Contains(row, `\u`) {
			t.Fatalf("an escape is torn apart: %q", row)
		}
	}
}

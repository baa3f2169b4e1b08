package inspect

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"joltui/internal/feed"
	"joltui/internal/jsontree"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

// layouts returns the three layouts of a payload, with every third object or array folded if
// folded is true.
func layouts(data string, width int, folded bool) map[string]layout {
	none := &hits{selected: -1}
	tree := newTreeRows(&kit.Styles{}, jsontree.Parse(data, 0), 0, none)
	raw, hex := newRawRows(&kit.Styles{}, data, none), newHexRows(&kit.Styles{}, data, none)
	tree.setWidth(width)
	raw.setWidth(width)
	hex.setWidth(width)
	all := map[string]layout{"raw": raw, "hex": hex}
	if tree.tree.Len() > 0 {
		for n := 0; folded && n < tree.tree.Len(); n += 3 {
			if tree.composed(n) {
				tree.folds.set(n, true)
			}
		}
		all["tree"] = tree
	}
	return all
}

// walk returns all rows, and fails unless they are the same wherever one starts from.
func walk(t *testing.T, in layout) []rowPosition {
	rows := []rowPosition{in.at(0)}
	for {
		next, ok := in.next(rows[len(rows)-1])
		if !ok {
			break
		}
		if next.offset <= rows[len(rows)-1].offset {
			t.Fatalf("%+v comes after %+v", next, rows[len(rows)-1])
		}
		rows = append(rows, next)
	}
	for i := len(rows) - 1; i >= 0; i-- {
		if got := in.at(rows[i].offset); got != rows[i] {
			t.Fatalf("the row at %d is %+v, want %+v", rows[i].offset, got, rows[i])
		}
		before, ok := in.prev(rows[i])
		if ok != (i > 0) || ok && before != rows[i-1] {
			t.Fatalf("%+v, %v comes before row %d, %+v", before, ok, i, rows[i])
		}
	}
	return rows
}

// FuzzInspectorRows: whatever the payload, its rows can be walked in both directions, they
// have all of it, and they have the right width.
func FuzzInspectorRows(f *testing.F) {
	long := strings.Repeat("0123456789", 1000)
	for _, data := range []string{
		"", "\n", "a\r\n\tb\x1b[31m\n", `{"a":[1,[],{"b":{}}],"a":"` + long + `"}`, `[1,2`, long + "\n" + long, `"` + strings.Repeat("世\u0301", 4000) + `"`,
		strings.Repeat("[", 100), "\xff\x00\t\u202e", "\"\x7f\"", `{"":`, strings.Repeat("\t\n", 3000), `{"` + long + `":1}`,
	} {
		f.Add(data, uint8(40), false)
		f.Add(data, uint8(3), true)
	}
	f.Fuzz(func(t *testing.T, data string, width uint8, folded bool) {
		w := max(int(width), 1)
		for name, in := range layouts(data, w, folded) {
			rows := walk(t, in)
			for _, s := range rows[:min(len(rows), 100)] {
				l := kit.NewLine(w, kit.Paint{})
				in.draw(l, s)
				if got := ansi.StringWidth(l.String()); got != w {
					t.Fatalf("%s: row %+v is %d cells wide, want %d: %q", name, s, got, w, l.String())
				}
			}
			if raw, ok := in.(*rawRows); ok {
				requireAllText(t, raw, rows)
			}
			if tree, ok := in.(*treeRows); ok && !folded {
				requireAllTokens(t, tree, rows)
			}
		}
	})
}

// requireAllText fails unless the rows together are the payload.
func requireAllText(t *testing.T, raw *rawRows, rows []rowPosition) {
	end := 0
	for _, s := range rows {
		row := raw.text.Row(s.offset)
		if row.Start != end {
			t.Fatalf("a row begins at %d, the one before ends at %d", row.Start, end)
		}
		end = row.End
	}
	if end != len(raw.text.Text) {
		t.Fatalf("the rows end at %d of %d", end, len(raw.text.Text))
	}
}

// requireAllTokens fails unless the tokens of the rows, with what is between
// them, are the text that the tree covers.
func requireAllTokens(t *testing.T, r *treeRows, rows []rowPosition) {
	text, end := r.tree.Text(), 0
	token := func(from, to int) {
		if between := strings.Trim(text[end:max(from, end)], " \t\r\n:,"); from < end || between != "" {
			t.Fatalf("%q: a token begins at %d, and %q lies before it", text, from, between)
		}
		end = to
	}
	for _, s := range rows {
		if s == r.tail() {
			continue
		}
		node := r.tree.Node(s.node)
		start := int(node.Start)
		switch {
		case s.closes:
			token(s.offset, s.offset+1)
			continue
		case s.offset <= start && node.Key > 0:
			token(int(node.Key), int(node.KeyEnd))
		}
		kind := r.tree.Kind(s.node)
		switch {
		case r.isLong(s.node):
			row := r.longText(s.node).Row(max(s.offset-start, 0))
			token(start+row.Start, start+row.End)
		case kind != jsontree.Object && kind != jsontree.Array:
			token(start, int(node.End))
		case r.composed(s.node) || !r.ended(s.node):
			token(start, start+1)
		default: // the two brackets, and nothing between them
			token(start, start+1)
			token(int(node.End)-1, int(node.End))
		}
	}
	if rest := strings.Trim(text[end:max(r.tree.Read(), end)], " \t\r\n,:"); rest != "" {
		t.Fatalf("%q: %q is in no row", text, rest)
	}
}

// TestInspectorWorksForTheScreenOnly goes through huge payloads with every key,
// and counts what each key with its frame touches.
func TestInspectorWorksForTheScreenOnly(t *testing.T) {
	const rows, nodes = 500, 500_000 // nodes: the way up from 100,000 levels, five times
	const bytes = 32 * kit.SegmentSize
	keys := strings.Fields("j k pgdown pgdown pgup ctrl+d ctrl+u j z z Z j j Z n N G k k pgup pgup ctrl+u z j Z n g j f n G k pgup g n f n G k pgup g f y W")
	for name, data := range kittest.Huge() {
		t.Run(name, func(t *testing.T) {
			v := inspect(160, 50, data)
			kittest.FinishJobs(t, v)
			v.search.jump = true
			v.found(hitsOf(data, most(data, "1", "b", "x", "k", "世", "u0007", "happ", "\u0301", "\x1b", "\n")))
			for _, press := range keys {
				laid := v.raw.text.Laid + v.tree.long.Laid
				v.viewport.visited, v.tree.visited = 0, 0
				v.Update(kittest.Press(press), nil)
				kittest.RequireSize(t, v.View(nil, kittest.Start()), 160, 50)
				if v.viewport.visited > rows || v.tree.visited > nodes {
					t.Errorf("%s: %d rows and %d nodes were gone over", press, v.viewport.visited, v.tree.visited)
				}
				if laid = v.raw.text.Laid + v.tree.long.Laid - laid; laid > bytes {
					t.Errorf("%s: %d bytes were laid out", press, laid)
				}
			}
		})
	}
}

// hitsOf returns what findAll finds for a literal text. findAll would take a second for
// 100,000 hits: regexp is slow under the race detector.
func hitsOf(data, text string) hits {
	h := hits{selected: -1}
	for at := 0; len(h.at) < maxHits; {
		next := strings.Index(data[at:], text)
		if next < 0 {
			break
		}
		h.at = append(h.at, hit{at + next, at + next + len(text)})
		at += next + len(text)
	}
	return h
}

// most returns which of the texts is most frequent in data.
func most(data string, texts ...string) string {
	return slices.MaxFunc(texts, func(a, b string) int {
		return strings.Count(data, a) - strings.Count(data, b)
	})
}

// TestInspectorOpensAtOnce: however large a message, the page shows its beginning at once, and
// says that there is more.
func TestInspectorOpensAtOnce(t *testing.T) {
	data := "[" + strings.Repeat(`{"id":4711,"status":"failed"},`, 1<<20/30) + "1]"
	v := inspect(120, 24, data)
	if read := v.tree.tree.Read(); read > kit.ParseAtOnce+100 {
		t.Errorf("%d bytes were read at once", read)
	}
	v.Update(kittest.Press("G"), nil)
	if rows := strings.Join(v.View(nil, kittest.Start()), "\n"); !strings.Contains(rows, "… laying out another 98") {
		t.Errorf("it does not say that it is at work:\n%s", rows)
	}
	kittest.FinishJobs(t, v)
	v.Update(kittest.Press("G"), nil)
	rows := v.View(nil, kittest.Start())
	if !strings.HasPrefix(rows[21], "┃▸]") || !strings.Contains(rows[20], "  1 ") || !strings.Contains(rows[0], "100 %") {
		t.Errorf("the end does not show:\n%s", strings.Join(rows, "\n"))
	}
}

// TestJobsOfOtherMessagesAreDropped: the result of a job for one message is not used for the
// next one.
func TestJobsOfOtherMessagesAreDropped(t *testing.T) {
	big := "[" + strings.Repeat(`"x",`, 100_000) + "1]"
	v := inspect(80, 24, big)
	job := v.NextJob()
	v.Open(feed.Entry{Data: "[" + big + "]"})
	if v.NextJob() != nil {
		t.Error("there are two jobs at a time")
	}
	job()()
	if v.tree.tree.Text() != "["+big+"]" || v.tree.tree.Whole() {
		t.Error("the tree is that of the message before")
	}
	kittest.FinishJobs(t, v)
	v.Search("x")
	search := v.NextJob()
	v.Search("1")
	search()()
	if len(v.hits.at) != 0 {
		t.Errorf("%d hits of the search before", len(v.hits.at))
	}
	kittest.FinishJobs(t, v)
	if len(v.hits.at) != 1 {
		t.Errorf("%d hits, want 1", len(v.hits.at))
	}
}

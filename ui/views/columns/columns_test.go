package columns

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"joltui/internal/fields"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func messages(data ...string) []Message {
	var all []Message
	for _, text := range data {
		all = append(all, Message{Number: fields.PathOf(text), Data: text})
	}
	return all
}

// tableOf draws messages as a table of so many cells.
func tableOf(t *Table, v *View, cells int, data ...string) string {
	all := messages(data...)
	v.Begin(t, cells, func(measure func(uint64, string)) {
		for _, m := range all {
			measure(m.Number, m.Data)
		}
	})
	line := func(put func(l *kit.Line)) string {
		l := kit.NewLine(cells, kit.Paint{})
		put(l)
		return strings.TrimRight(l.String(), " ")
	}
	lines := []string{line(func(l *kit.Line) { v.PutTitles(l, &kit.Styles{}, -1, "") })}
	for _, m := range all {
		lines = append(lines, line(func(l *kit.Line) {
			if !v.Put(l, &kit.Styles{}, m.Number, m.Data, false) {
				l.Put(kit.Paint{}, m.Data)
			}
		}))
	}
	return strings.Join(lines, "\n")
}

func chosen(t *testing.T, text string) *Table {
	t.Helper()
	all, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	table := new(Table)
	table.Set(all)
	return table
}

func TestTable(t *testing.T) {
	for name, tc := range map[string]struct {
		columns string
		cells   int
		data    []string
		want    string
	}{
		"numbers stand below one another": {"id amount", 20, []string{`{"id":1,"amount":7.5}`, `{"id":4711,"amount":152.25}`, `{"amount":-3}`}, `
  id  amount
   1    7.5
4711  152.25
       -3`},
		"exponents have no point": {"n", 20, []string{`{"n":1.5e9}`, `{"n":2.25}`}, `
       n
1.5e9
    2.25`},
		"words stand left, and numbers among them": {"s", 20, []string{`{"s":"paid"}`, `{"s":12}`, `{"s":null}`, `{"s":""}`, `{"s":{"a":1}}`}, `
s
paid
12
null
""
{"a":1}`},
		"what is no object stands over the columns": {".a.b", 16, []string{`{"a":{"b":1}}`, `hello all`, `[1,2]`, `"text"`}, `
a.b
  1
hello all
[1,2]
"text"`},
		"the rest behind": {"id", 40, []string{`{"id":1,"status":"new","items":[1,{"id":2}],"who":{"name":"ann"}}`}, `
id  …
 1  status new  items [1,{"id":2}]  nam…`},
		"what has no room is counted": {"id status amount", 12, []string{`{"id":1,"status":"new","amount":2}`}, `
id  status
 1  new`},
		"long values are cut":    {"s n", 34, []string{`{"s":"` + strings.Repeat("x", 60) + `","n":1}`}, "\ns                         n\nxxxxxxxxxxxxxxxxxxxxxxx…  1"},
		"escapes are shown":      {"s", 30, []string{"{\"s\":\"a\\nb\\u0041\\u00e9\u202e\x1b\"}"}, "\ns\na\\nb\\u0041é\\u202e\\x1b"},
		"one that was cut is so": {"a b", 15, []string{`{"a":1,"c":"x`}, "\na  b\n1  …"},
	} {
		if got := "\n" + tableOf(chosen(t, tc.columns), new(View), tc.cells, tc.data...); got != tc.want {
			t.Errorf("%s:%s\nwant%s", name, got, tc.want)
		}
	}
}

// TestColumnsOnlyGrow: a column that has been wide stays so while narrower values come, until
// the columns change.
func TestColumnsOnlyGrow(t *testing.T) {
	table, v := chosen(t, "s n"), new(View)
	wide := tableOf(table, v, 40, `{"s":"shipped","n":1000.25}`)
	after := tableOf(table, v, 40, `{"s":"new","n":1}`)
	titles := func(table string) string { return table[:strings.Index(table, "\n")] }
	if titles(wide) != titles(after) {
		t.Errorf("the columns moved:\n%s\n%s", wide, after)
	}
	table.Toggle()
	table.Toggle()
	if again := tableOf(table, v, 40, `{"s":"new","n":1}`); again != tableOf(table, new(View), 40, `{"s":"new","n":1}`) {
		t.Errorf("they are not narrow again:\n%s", again)
	}
}

func TestChoose(t *testing.T) {
	var table Table
	var data []string
	for i := range 40 {
		text := fmt.Sprintf(`{"id":%d,"order":{"amount":2,"tags":[1]},"status":"new"}`, i)
		if i%2 == 0 {
			text = fmt.Sprintf(`{"note":"x","id":%d,"order":{"amount":2,"tags":[1]},"status":"new"}`, i)
		}
		data = append(data, text)
	}
	table.Choose(messages(append(data, "hello", "[1]", "{broken", `{"once":1,"id":1}`)...))
	if got := table.Text(); got != ".id .order.amount .order.tags .status .note" {
		t.Errorf("chose %s", got)
	}
	table.Choose(messages(append(data, data...)...))
	if got := table.Text(); !strings.HasPrefix(got, ".id .order.amount .order.tags .status .note") {
		t.Errorf("columns moved: %s", got)
	}
	table.Set(nil)
	if table.Choose(messages(data...)); len(table.Columns) != 0 {
		t.Error("the messages went before the user")
	}
}

func TestParse(t *testing.T) {
	all, err := Parse(`id, .order.amount -.x ."unit price" id items[0]`)
	if err != nil {
		t.Fatal(err)
	}
	table := Table{Columns: all}
	if got := table.Text(); got != `.id .order.amount -.x ."unit price" .items[0]` {
		t.Errorf("%s", got)
	}
	for text, want := range map[string]string{
		"a|b": `"a|b" is no path to a field`, ".": `"." is no path`, ".[]": `".[]" is no path`,
		strings.Repeat("x ", 3) + manyFields(): "41 columns are too many: there is room for 40",
	} {
		if _, err := Parse(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func manyFields() (text string) {
	for i := range maxColumns {
		text += fmt.Sprintf("a%d ", i)
	}
	return text
}

func TestRules(t *testing.T) {
	table := chosen(t, "id status")
	for _, text := range []string{`.status == "failed" red`, `.id > 5 yellow`, `.late blue`} {
		r, err := ParseRule(text)
		if err != nil {
			t.Fatal(err)
		}
		if err := table.AddRule(r); err != nil || r.String() != text {
			t.Error(err, r.String())
		}
	}
	s, v := kittest.Coloured(), new(View)
	look := func(data string) string {
		l := kit.NewLine(20, kit.Paint{})
		v.Begin(table, 20, func(func(uint64, string)) {})
		v.Put(l, s, uint64(len(data)), data, false)
		return l.String()
	}
	for data, want := range map[string]kit.Span{
		`{"id":1,"status":"failed"}`:             s.Error.Span("failed"),
		`{"id":1,"status":"paid"}`:               s.Text.Span("paid"),
		`{"id":12,"status":"paid"}`:              s.Warn.Span("12"),
		`{"id":1,"status":"ok","late":true}`:     s.Accent.Span("ok"),
		`{"id":2,"status":"failed","late":true}`: s.Error.Span("failed"),
	} {
		if got := look(data); !strings.Contains(got, want.Paint.String(want.Text)) {
			t.Errorf("%s is %q, want %q", data, got, want.Paint.String(want.Text))
		}
	}
	again, _ := ParseRule(`.id > 5 green`)
	if err := table.AddRule(again); err != nil || len(table.Rules) != 3 {
		t.Errorf("%v, %d rules", err, len(table.Rules))
	}
	for text, want := range map[string]string{
		"red": "a rule is an expression and a colour", ".a pink": `"pink" is no colour: a rule ends with red, yellow, green, blue, dim`,
		".a = 1 red": "= changes a value", ".a == red": "the expression is not complete",
	} {
		if _, err := ParseRule(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestTablesAreKept(t *testing.T) {
	b := NewBook()
	if b.Of("looked at"); b.Keep() != "" {
		t.Errorf("kept %s", b.Keep())
	}
	b.Of("orders.eu").Set(chosen(t, "id -status").Columns)
	r, _ := ParseRule(`.a > 1 red`)
	b.Of("").SetRules([]Rule{r})
	b.Of("on").Toggle()
	b.Of("keyed").Key = ".order.id"
	kept := b.Keep()
	file, err := json.MarshalIndent(map[string]Kept{"tables": kept}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	var read map[string]Kept
	if err := json.Unmarshal(file, &read); err != nil {
		t.Fatal(err)
	}
	again := NewBook()
	if err := again.Use(read["tables"]); err != nil || again.Keep() != kept {
		t.Errorf("%v: left %s, found %s", err, kept, again.Keep())
	}
	for _, text := range []Kept{`5`, `{"a":{"columns":"|"}}`, `{"a":{"rules":["x"]}}`, `{"a":{"key":"|"}}`} {
		if err := again.Use(text); err == nil {
			t.Errorf("%s is used", text)
		}
	}
}

func TestValuesInOrder(t *testing.T) {
	c, _ := newColumn("a")
	data := []string{`{"a":null}`, `{"b":1}`, `{"a":"x"}`, `{"a":10}`, `{"a":9.5}`, `hello`, `{"a":12345678901234567891}`, `{"a":12345678901234567890}`, `{"a":[1]}`}
	slices.SortStableFunc(data, func(x, y string) int { return c.ValueOf(x).Compare(c.ValueOf(y)) })
	want := []string{`{"a":9.5}`, `{"a":10}`, `{"a":12345678901234567890}`, `{"a":12345678901234567891}`, `{"a":"x"}`, `{"a":null}`, `{"a":[1]}`, `{"b":1}`, `hello`}
	if !slices.Equal(data, want) {
		t.Errorf("%s", data)
	}
}

package views_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/columns"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
	"joltui/ui/views/picker"
	"joltui/ui/views/sorted"
	"joltui/ui/views/stream"
)

// hostileObjects returns a feed of objects whose names and values try to break out of a row.
func hostileObjects() *feed.Feed {
	f := feed.New(feed.Limits{Body: 300})
	for i, text := range []string{"\x1b]0;title\x07", "世界世界世界", "e\u0301\u0301", "🇩🇪🇩", "\u202eevil", "\xff\xfe", `\u001b[2J\ud83d`, `\`, "", strings.Repeat("x", 400)} {
		for _, data := range []string{
			fmt.Sprintf(`{"a":%d.5,"%s":"%s","o":{"b":[1,"%s"],"c":null}}`, i*i*1000, text, text, text),
			fmt.Sprintf(`{"a":"%s","%s":-1e400,"o":{}}`, text, text), text, `{"a`, `{"a":"` + text,
		} {
			f.Apply([]jolt.Event{kittest.Message(kittest.Start(), "世\x1b", data)})
		}
	}
	f.Apply([]jolt.Event{&jolt.Gap{From: kittest.Start(), To: kittest.Start().Add(time.Hour)}})
	f.Apply([]jolt.Event{kittest.Message(kittest.Start(), "世\x1b", `{"a":1}`)})
	return f
}

// TestTablesAreAsWideAsAsked draws what has columns at every width, with objects that try to
// break it, and looks for bytes that would act on the terminal.
func TestTablesAreAsWideAsAsked(t *testing.T) {
	f := hostileObjects()
	for _, s := range []*kit.Styles{{}, kittest.Coloured()} {
		book := columns.NewBook()
		pane := stream.New(s, stream.Actions(), kittest.MoveKeys())
		pane.SetTables(book)
		pane.SetFocus(true)
		pane.ToggleTable(f)
		rule, err := columns.ParseRule(`.a > 5 red`)
		if err != nil {
			t.Fatal(err)
		}
		pane.Table().SetRules([]columns.Rule{rule})
		plain := stream.New(s, stream.Actions(), kittest.MoveKeys())
		pick := picker.New(s, picker.Actions(), kittest.MoveKeys())
		pick.Open(pane.Table(), pane.Sample(f))
		list := sorted.New(s, sorted.Actions(), kittest.MoveKeys())
		list.Open("世\x1b", pane.Table(), pane.Messages(f))
		kittest.FinishJobs(t, list)
		groups := sorted.New(s, sorted.Actions(), kittest.MoveKeys())
		groups.Open("世\x1b", pane.Table(), pane.Messages(f))
		groups.Update(kittest.Press("b"), f)
		kittest.FinishJobs(t, groups)
		for w := range 121 {
			measured := kittest.Sizes{}
			for _, h := range []int{w % 4, 5, 40} {
				for name, one := range map[string]sized{"table": pane, "stream": plain, "picker": pick, "sorted": list, "grouped": groups} {
					one.SetSize(w, h)
					rows := one.View(f, kittest.Start())
					measured.Require(t, rows, w, h)
					if text := kittest.Text(rows); !utf8.ValidString(text) || strings.ContainsAny(text, "\a\u202e\t") || strings.Contains(text, "\x1b[2J") || strings.Contains(text, "\x1b]") {
						t.Fatalf("%s of %dx%d: something acts on the terminal: %q", name, w, h, text)
					}
				}
			}
		}
	}
}

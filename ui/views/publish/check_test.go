package publish

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"pgregory.net/rapid"

	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func TestNotJSON(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "",
		"hello {":                  "", // looks like no JSON
		`"{"`:                      "",
		` {"a":1e400,"a":[]} `:     "",
		"[1,\n2]":                  "",
		"{":                        unfinished,
		` [1, "`:                   unfinished,
		"{\"a\":1,\n\t\"b\":}":     "not JSON: line 2, column 6: invalid character '}' looking for beginning of value",
		`{a}`:                      "not JSON: line 1, column 2: invalid character 'a' looking for beginning of object key string",
		`["世界",]`:                  "not JSON: line 1, column 7: invalid character ']' looking for beginning of value",
		"[\"a\x1bb\"]":             `not JSON: line 1, column 4: invalid character '\x1b' in string literal`,
		"{}\n\n{}":                 "not JSON: line 3, column 1: invalid character '{' after top-level value",
		strings.Repeat("[", 20000): "not JSON: line 1, column 10001: invalid character '[' exceeded max depth",
	} {
		got := ""
		if ways := notJSON(text); len(ways) > 0 {
			got = ways[0]
		}
		if got != want {
			t.Errorf("%.30q: %q, want %q", text, got, want)
		}
	}
}

func TestPublishWarnsAndSendsAllTheSame(t *testing.T) {
	p := newBox("t")
	p.SetSize(120, 5)
	typed(p, `{"a":`)
	if shown := kittest.Text(p.View()); !strings.Contains(shown, unfinished) {
		t.Errorf("no word about the end that is missing:\n%s", shown)
	}
	typed(p, "}")
	if shown := kittest.Text(p.View()); !strings.Contains(shown, "not JSON: line 1, column 6: invalid character '}'") {
		t.Errorf("no word about what is wrong:\n%s", shown)
	}
	p.SetSize(60, 5)
	if shown := kittest.Text(p.View()); !strings.Contains(shown, "not JSON: line 1, column 6 ") {
		t.Errorf("what is wrong is not said shorter:\n%s", shown)
	}
	p.SetSize(40, 5)
	if shown := kittest.Text(p.View()); !strings.Contains(shown, "not JSON: line 1, column 6 ") {
		t.Errorf("what is wrong is not said shorter still:\n%s", shown)
	}
	if got := typed(p, "enter"); got != (draft("t", `{"a":}`)) {
		t.Errorf("intent %#v: a warning is no refusal", got)
	}
}

func TestPublishFormats(t *testing.T) {
	for _, tc := range []struct{ before, after, again string }{
		{`{"b":1.50,"a":[1e400,{}],"b":"é\u00e9<"}`, "{\n  \"b\": 1.50,\n  \"a\": [\n    1e400,\n    {}\n  ],\n  \"b\": \"é\\u00e9<\"\n}",
			`{"b":1.50,"a":[1e400,{}],"b":"é\u00e9<"}`},
		{" {\"a\" : 1}\n", "{\n  \"a\": 1\n}", `{"a":1}`},
		{"[]", "[]", "[]"},
	} {
		p := newBox("t")
		p.payload.Set(tc.before)
		if typed(p, "ctrl+l"); p.payload.String() != tc.after {
			t.Errorf("%q becomes %q, want %q", tc.before, p.payload.String(), tc.after)
		}
		if typed(p, "ctrl+l"); p.payload.String() != tc.again {
			t.Errorf("%q becomes %q, want %q", tc.after, p.payload.String(), tc.again)
		}
	}
}

func TestPublishDoesNotFormat(t *testing.T) {
	wide := "[" + strings.Repeat("1,", MaxPayload/4) + "1]"
	for before, want := range map[string]string{
		"hello":  "it is no JSON object or array",
		`"a"`:    "it is no JSON object or array",
		`{"a":}`: "not formatted: not JSON: line 1, column 6",
		`{"a":1`: "not formatted: JSON not complete",
		wide:     "at most 1 MiB",
	} {
		p := newBox("t")
		p.SetSize(120, 5)
		p.payload.Set(before)
		if typed(p, "ctrl+l"); p.payload.String() != before || !strings.Contains(kittest.Text(p.View()), want) {
			t.Errorf("%.20q: no word that %q, or it was changed:\n%s", before, want, kittest.Text(p.View()))
		}
	}
}

// Formatting, once and twice, changes nothing but white space.
func TestFormatKeepsEveryByteButBlanks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.StringMatching(`\{"[a-z<é\\]{0,5}": ?(-?[0-9]{1,20}(\.[0-9]{1,20})?|\[ *(true)?\]|"[ a-z]{0,9}")( *,\n?"a":null)?\}`).Draw(t, "json")
		p := newBox("t")
		p.payload.Set(before)
		for range 3 {
			p.format()
		}
		squeeze := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		if after := p.payload.String(); squeeze(after) != squeeze(before) {
			t.Fatalf("%q becomes %q", before, after)
		}
	})
}

func TestPublishPreviewsTheTemplate(t *testing.T) {
	p := newBox("t")
	p.SetSize(80, 6)
	typed(p, "ctrl+t", `{"id":{{.Count}},"at":"{{.Time}}"}`)
	if shown := kittest.Text(p.View()); !strings.Contains(shown, `→ {"id":1,"at":"2026-01-02T12:01:02.123Z"}`) ||
		!strings.Contains(shown, "Publish template") || strings.Contains(shown, "JSON") {
		t.Errorf("no preview:\n%s", shown)
	}
	first := kittest.Text(p.View())
	if second := kittest.Text(p.View()); second != first {
		t.Error("the preview changes by itself")
	}
	if p.Height(20) != 5 {
		t.Errorf("%d rows", p.Height(20))
	}
	got := typed(p, "enter")
	if got != (intent.Publish{Topic: "t", Data: `{"id":{{.Count}},"at":"{{.Time}}"}`, Template: true}) {
		t.Fatalf("intent %#v", got)
	}
	if typed(p, "up"); !strings.Contains(kittest.Text(p.View()), `→ {"id":2,`) {
		t.Errorf("the number does not go on:\n%s", kittest.Text(p.View()))
	}
	typed(p, ",")
	if shown := kittest.Text(p.View()); !strings.Contains(shown, `→ {"id":1,`) || !strings.Contains(shown, "makes no JSON") {
		t.Errorf("another text does not begin anew, or is no JSON:\n%s", shown)
	}
	typed(p, "ctrl+t")
	if shown := kittest.Text(p.View()); strings.Contains(shown, "→") || strings.Contains(shown, "template") {
		t.Errorf("the preview stays:\n%s", shown)
	}
}

func TestPublishRefusesWhatIsNoTemplate(t *testing.T) {
	p := newBox("t")
	p.SetSize(100, 6)
	for _, k := range []string{"enter", "ctrl+x"} {
		p.payload.Set("")
		p.template = true
		if got := typed(p, "a {{.Nope}}", k); got != nil || !strings.Contains(kittest.Text(p.View()), "template, line 1: there is no .Nope") {
			t.Errorf("%s: intent %#v:\n%s", k, got, kittest.Text(p.View()))
		}
	}
}

func TestPublishAsksForWhatOnlyTheRootCanDo(t *testing.T) {
	p := newBox("t")
	for k, want := range map[string]kit.Intent{
		"ctrl+e": EditDraft{}, "ctrl+o": AskFile{}, "ctrl+x": AskRepeat{draft("t", "a")},
	} {
		p.payload.Set("a")
		if got := typed(p, k); got != want {
			t.Errorf("%s: intent %#v", k, got)
		}
	}
}

func TestPublishSetPayload(t *testing.T) {
	p := newBox("t")
	p.SetPayload("edited")
	p.SetPayload(strings.Repeat("x", MaxPayload+1))
	if p.payload.String() != "edited" || !strings.Contains(p.refusal, "a payload has at most 1 MiB") {
		t.Errorf("%d bytes, %q", p.payload.Bytes, p.refusal)
	}
	p.Update(tea.KeyMsg{Type: tea.KeyLeft})
	if p.refusal != "" {
		t.Error("the refusal stays")
	}
}

package views

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestEditorKeys(t *testing.T) {
	for _, c := range []struct{ text, keys, want string }{
		{"", "a b", "a| |b|"},
		{"one two", "ctrl+w X", "one X|"},
		{"one two", "alt+b X", "one X|two"},
		{"one two", "home X", "X|one two"},
		{"one two", "home alt+f X", "oneX| two"},
		{"one two", "home delete", "|ne two"},
		{"one two", "backspace", "one tw|"},
		{"one\ntwo", "ctrl+u", "one\n|"},
		{"one\ntwo", "home backspace", "one|two"},
		{"one\ntwo", "up", "one|\ntwo"},
		{"one\ntwo", "up home down X", "one\nX|two"},
		{"a\nlong\nb", "up X", "a\nlX|ong\nb"},
		{"one\ntwo", "up ctrl+k", "one|\ntwo"},
		{"one", "left left right X", "onX|e"},
		{"one", "home left backspace", "|one"},
		{"one", "right delete", "one|"},
	} {
		var e editor
		e.set(c.text)
		for name := range strings.SplitSeq(c.keys, " ") {
			if msg := keyPress(name); !e.edit(msg) {
				e.insert(msg.Runes)
			}
		}
		want := strings.ReplaceAll(c.want, "|", "")
		at := strings.LastIndex(c.want, "|") - strings.Count(c.want, "|") + 1
		if c.text == "" { // the blank between keys is no key
			want, at = "ab", 2
		}
		if e.String() != want || e.at != at {
			t.Errorf("%q and %s: %q at %d, want %q at %d", c.text, c.keys, e.String(), e.at, want, at)
		}
	}
}

// TestEditorModel: whatever is done, the cursor stays in the text, the size is
// right, and every view has the size that was asked for.
func TestEditorModel(t *testing.T) {
	keys := []string{
		"left", "right", "up", "down", "home", "end", "backspace", "delete", "ctrl+u", "ctrl+k", "ctrl+w",
		"alt+b", "alt+f", " ", "a", "\n", "\t", "世", "e\u0301", "🇩", "🇪", "👍", "🏽", "\u200d", "\x1b[31m", "\u202e", "ᄀ", "ᅡ",
	}
	styles := []*Styles{{}, coloured()}
	rapid.Check(t, func(t *rapid.T) {
		e := editor{limit: 200}
		for range rapid.IntRange(1, 40).Draw(t, "keys") {
			msg := keyPress(rapid.SampledFrom(keys).Draw(t, "key"))
			if !e.edit(msg) {
				e.insert(msg.Runes)
			}
			if e.at < 0 || e.at > len(e.text) || e.bytes != len(e.String()) || !utf8.ValidString(e.String()) || e.bytes > e.limit {
				t.Fatalf("cursor %d, %d bytes of %q", e.at, e.bytes, e.String())
			}
			w, h := rapid.IntRange(0, 30).Draw(t, "w"), rapid.IntRange(0, 4).Draw(t, "h")
			for _, s := range styles {
				rows := e.view(s, w, h, true)
				if len(rows) > h {
					t.Fatalf("%d rows, want at most %d", len(rows), h)
				}
				for _, row := range rows {
					requireWidth(t, row, w)
				}
			}
		}
	})
}

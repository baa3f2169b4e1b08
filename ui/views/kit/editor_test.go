package kit_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
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
		var e kit.Editor
		e.Set(c.text)
		for name := range strings.SplitSeq(c.keys, " ") {
			if msg := kittest.Press(name); !e.Edit(msg) {
				e.Insert(msg.Runes)
			}
		}
		want := strings.ReplaceAll(c.want, "|", "")
		at := strings.LastIndex(c.want, "|") - strings.Count(c.want, "|") + 1
		if c.text == "" { // the blank between keys is no key
			want, at = "ab", 2
		}
		if e.String() != want || e.At() != at {
			t.Errorf("%q and %s: %q at %d, want %q at %d", c.text, c.keys, e.String(), e.At(), want, at)
		}
	}
}

// TestEditorModel: whatever keys are pressed, the cursor stays in the text, Bytes is right,
// and View returns rows of the size that was asked for.
func TestEditorModel(t *testing.T) {
	keys := []string{
		"left", "right", "up", "down", "home", "end", "backspace", "delete", "ctrl+u", "ctrl+k", "ctrl+w",
		"alt+b", "alt+f", " ", "a", "\n", "\t", "世", "e\u0301", "🇩", "🇪", "👍", "🏽", "\u200d", "\x1b[31m", "\u202e", "ᄀ", "ᅡ",
	}
	styles := []*kit.Styles{{}, kittest.Coloured()}
	rapid.Check(t, func(t *rapid.T) {
		e := kit.Editor{Limit: 200}
		for range rapid.IntRange(1, 40).Draw(t, "keys") {
			msg := kittest.Press(rapid.SampledFrom(keys).Draw(t, "key"))
			if !e.Edit(msg) {
				e.Insert(msg.Runes)
			}
			if e.At() < 0 || e.At() > len(e.Text) || e.Bytes != len(e.String()) || !utf8.ValidString(e.String()) || e.Bytes > e.Limit {
				t.Fatalf("cursor %d, %d bytes of %q", e.At(), e.Bytes, e.String())
			}
			w, h := rapid.IntRange(0, 30).Draw(t, "w"), rapid.IntRange(0, 4).Draw(t, "h")
			for _, s := range styles {
				rows := e.View(s, w, h, true)
				if len(rows) > h {
					t.Fatalf("%d rows, want at most %d", len(rows), h)
				}
				for _, row := range rows {
					kittest.RequireWidth(t, row, w)
				}
			}
		}
	})
}

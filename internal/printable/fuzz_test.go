package printable

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// checkSafe fails the test if a row could do anything but be read.
func checkSafe(t *testing.T, row string) {
	t.Helper()
	if !utf8.ValidString(row) {
		t.Errorf("invalid UTF-8: %+q", row)
	}
	marks := maxMarks + 1 // no base yet
	for _, r := range row {
		if r != ' ' && unicode.In(r, unicode.C, unicode.Z) {
			t.Errorf("%U is left in %+q", r, row)
		}
		if unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) {
			t.Errorf("invisible %U is left in %+q", r, row)
		}
		if cells(r) > 0 {
			marks = 0
		} else if marks++; marks > maxMarks {
			t.Errorf("mark %U has no base, or is one too many, in %+q", r, row)
		}
	}
	if stripped := ansi.Strip(row); stripped != row {
		t.Errorf("an escape sequence is left in %+q: Strip gives %+q", row, stripped)
	}
	checkWidths(t, row)
}

// checkWidths fails the test if terminals may differ in how wide a row is.
func checkWidths(t *testing.T, row string) {
	t.Helper()
	byCluster, byCharacter := clusterWidths(t, row), 0
	for _, r := range row {
		byCharacter += cells(r)
	}
	if got := ansi.StringWidth(row); got != byCluster || got != byCharacter {
		t.Errorf("%+q is %d cells wide, its grapheme clusters %d, its characters %d", row, got, byCluster, byCharacter)
	}
}

// cells is what terminals give a character that count characters, as wcwidth does.
func cells(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me), 0x1160 <= r && r <= 0x11ff:
		return 0
	}
	return ansi.StringWidthWc(string(r))
}

// checkMap fails the test unless Map is as good as Line, and each character of s
// is in it.
func checkMap(t *testing.T, s, row string) {
	t.Helper()
	text, source := Map(s)
	if text != row || source == nil && text != s || source != nil && len(source) != len(text) {
		t.Fatalf("Map of %+q is %+q with %d offsets, Line is %+q", s, text, len(source), row)
	}
	at := 0
	for i, from := range source {
		if i == 0 || from != source[i-1] {
			if from != at {
				t.Fatalf("byte %d of %+q shows what is at %d, want %d", i, text, from, at)
			}
			_, size := utf8.DecodeRuneInString(s[at:])
			at += size
		}
	}
	if source != nil && at != len(s) {
		t.Fatalf("%+q shows %d of %d bytes", text, at, len(s))
	}
}

func clusterWidths(t *testing.T, s string) int {
	t.Helper()
	sum := 0
	for s != "" {
		cluster, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		if width < 0 || cluster == "" {
			t.Fatalf("cluster %+q of %+q is %d cells wide", cluster, s, width)
		}
		sum += width
		s = s[len(cluster):]
	}
	return sum
}

func FuzzPrintable(f *testing.F) {
	for _, s := range []string{
		"", "plain", "a\tb\r\nc\r\x00", "\x1b]52;c;AAAA\x07\x1b[1;1H\u009b2J\x9b2J",
		"e\u0301\u0301\u0301\u0301\u0301\u0301", "\u202eabc\u2066\U000e0001", "漢字🇨🇭👨\u200d👩❤\ufe0f",
		"\xed\xa0\x80\xc0\x80\xff", "ᄀ\u1161\u11a8", `\x1b\u202e`,
	} {
		f.Add(s, 10)
	}
	f.Fuzz(func(t *testing.T, s string, cells int) {
		row := Line(s)
		checkSafe(t, row)
		if again := Line(row); again != row {
			t.Errorf("Line is not idempotent: %+q became %+q", row, again)
		}

		checkMap(t, s, row)

		block := Block(s)
		for line := range strings.SplitSeq(block, "\n") {
			checkSafe(t, line)
		}
		if again := Block(block); again != block {
			t.Errorf("Block is not idempotent: %+q became %+q", block, again)
		}
		if got, want := strings.Count(block, "\n"), strings.Count(s, "\n"); got != want {
			t.Errorf("Block of %+q has %d line breaks, want %d", s, got, want)
		}

		cells %= 200
		prefix := Prefix(s, cells)
		if !strings.HasPrefix(row, prefix) {
			t.Errorf("Prefix %+q is none of Line %+q", prefix, row)
		}
		if limit := (max(cells, 0) + escapeLen) * (maxMarks + 1) * utf8.UTFMax; len(prefix) > limit {
			t.Errorf("Prefix for %d cells has %d bytes", cells, len(prefix))
		}
	})
}

// TestEveryCodePoint holds each code point against the categories of Unicode.
func TestEveryCodePoint(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		text := "あ" + string(r)
		shown := Line(text) == text
		want := r == ' ' || unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S)
		switch {
		case invisible(r), isRegional(r), hangulOf(r).follows(): // a half of something
			want = false
		}
		if 0xd800 <= r && r <= 0xdfff { // string(r) is U+FFFD
			want = true
		}
		if shown != want {
			t.Errorf("%U shown: %v, want %v", r, shown, want)
		}
	}
}

// TestRowsAreAsWideByCharacter puts each character among others that it may join.
func TestRowsAreAsWideByCharacter(t *testing.T) {
	around := [][2]string{
		{"a", "b"}, {" ", "ﾞ"}, {"漢", "漢"}, {"e\u0301", "\u0301"}, {"क", "त"}, {"क\u094d", "\u094dत"}, {"ᄀ", "가"}, {"가", "ᄀ"},
		{"ᅡ", "ᆨ"}, {"🇨", "🇭"}, {"🇨🇭", "🇨"}, {"👍", "🏽"}, {"\u0d4e", "\u200d"},
	}
	for r := rune(0xa0); r <= unicode.MaxRune && !t.Failed(); r++ {
		alike := !unicode.In(r, unicode.M, unicode.Lm, unicode.Sk) && r%28 > 1 && !isRegional(r)
		if !unicode.IsGraphic(r) || alike { // the former are always escaped
			continue
		}
		for _, a := range around {
			checkWidths(t, Line(a[0]+string(r)+a[1]))
		}
	}
}

// TestAnyTextIsAsWideByCharacter makes texts of what joins its neighbours, and what does
// so only sometimes.
func TestAnyTextIsAsWideByCharacter(t *testing.T) {
	parts := []rune("aक\u093c\u094d\u093eतக\u0bcdష\u0c4dক\u09cd\u1000\u1039ក\u17d2ก\u0e33ｶﾞ각가각🇨🇭👍🏽❤\ufe0f\u200d\u0301\u20dd漢\u0600\u0d4e\u302e\n\xff")
	rapid.Check(t, func(rt *rapid.T) {
		text := string(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 20).Draw(rt, "text"))
		row := Line(text)
		checkSafe(t, row)
		checkMap(t, text, row)
		if n := rapid.IntRange(0, 10).Draw(rt, "cells"); !strings.HasPrefix(row, Prefix(text, n)) {
			rt.Errorf("Prefix %+q is none of Line %+q", Prefix(text, n), row)
		}
		if again := Line(row); again != row {
			rt.Errorf("Line is not idempotent: %+q became %+q", row, again)
		}
	})
}

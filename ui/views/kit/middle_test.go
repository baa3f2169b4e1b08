package kit

import (
	"testing"

	"pgregory.net/rapid"
)

func TestFitKeepsBothEnds(t *testing.T) {
	spans := []Span{{Text: "→ "}, {Text: "nothing listens at 127.0.0.1:8080: start a broker with joltui broker --port 8080"}}
	got := Fit(spans, 60)
	if want := "nothing listens at 127.0.0.1…tart a broker with joltui broker --port 8080"; SpansWidth(got) != 60 {
		t.Errorf("%q is %d cells wide, want something as %q", got[1].Text, SpansWidth(got), want)
	}
	if text := got[1].Text; text[:18] != "nothing listens at" || text[len(text)-21:] != "ui broker --port 8080" {
		t.Errorf("cut to %q", text)
	}
	rapid.Check(t, func(t *rapid.T) {
		var spans []Span
		for range rapid.IntRange(1, 5).Draw(t, "spans") {
			spans = append(spans, Span{Text: rapid.StringMatching(`[a-z 日é]{0,30}`).Draw(t, "text")})
		}
		room := rapid.IntRange(45, 120).Draw(t, "room")
		if got := SpansWidth(Fit(spans, room)); got > room || SpansWidth(spans) <= room && got != SpansWidth(spans) {
			t.Fatalf("%d cells of %d in %d", got, SpansWidth(spans), room)
		}
	})
}

package views

import (
	"testing"

	"joltui/internal/feed"
)

func BenchmarkLogView(b *testing.B) {
	f := feed.New(feed.Limits{})
	for range 1000 {
		f.Log().Note(start(), "something that the dashboard has to say")
	}
	v := NewLog(coloured(), testLogKeys())
	v.SetSize(160, 50)
	b.ReportAllocs()
	for b.Loop() {
		v.View(f, start())
	}
}

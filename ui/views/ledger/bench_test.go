package ledger

import (
	"testing"

	"joltui/internal/feed"
	"joltui/ui/views/kit/kittest"
)

func BenchmarkLogView(b *testing.B) {
	f := feed.New(feed.Limits{})
	for range 1000 {
		f.Log().Note(kittest.Start(), "something that the dashboard has to say")
	}
	v := New(kittest.Coloured(), Actions(), kittest.MoveKeys())
	v.SetSize(160, 50)
	b.ReportAllocs()
	for b.Loop() {
		v.View(f, kittest.Start())
	}
}

package views

import (
	"testing"

	"joltui/internal/feed"
)

func BenchmarkStreamView(b *testing.B) {
	f := feed.New(feed.Limits{})
	orders(f, "orders.eu", 0, 10_000)
	for name, set := range map[string]func(*Stream){
		"plain":    func(*Stream) {},
		"wrap":     func(v *Stream) { v.SetOptions(StreamOptions{Wrap: true}) },
		"filtered": func(v *Stream) { v.SetFilter(filter(b, "failed")) },
	} {
		b.Run(name, func(b *testing.B) {
			v := NewStream(coloured(), testStreamKeys())
			v.SetSize(160, 50)
			v.SetFocus(true)
			set(v)
			b.ReportAllocs()
			for b.Loop() {
				v.View(f, start())
			}
		})
	}
}

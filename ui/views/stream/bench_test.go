package stream

import (
	"testing"

	"joltui/internal/feed"
	"joltui/ui/views/kit/kittest"
)

func BenchmarkStreamView(b *testing.B) {
	f := feed.New(feed.Limits{})
	kittest.Orders(f, "orders.eu", 0, 10_000)
	for name, set := range map[string]func(*Pane){
		"plain":    func(*Pane) {},
		"wrap":     func(v *Pane) { v.SetOptions(Options{Wrap: true}) },
		"filtered": func(v *Pane) { v.SetFilter(kittest.Filter(b, "failed")) },
	} {
		b.Run(name, func(b *testing.B) {
			v := New(kittest.Coloured(), Actions(), kittest.MoveKeys())
			v.SetSize(160, 50)
			v.SetFocus(true)
			set(v)
			b.ReportAllocs()
			for b.Loop() {
				v.View(f, kittest.Start())
			}
		})
	}
}

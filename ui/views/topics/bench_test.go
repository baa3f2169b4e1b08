package topics

import (
	"fmt"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/ui/views/kit/kittest"
)

func BenchmarkTopicsView(b *testing.B) {
	f := feed.New(feed.Limits{})
	f.Tick(kittest.Start())
	for i := range 1000 {
		kittest.Orders(f, fmt.Sprintf("topic.%04d", i), 0, 1+i%100)
	}
	f.Tick(kittest.Start().Add(1e9))
	v := New(kittest.Coloured(), Actions(), kittest.MoveKeys())
	v.SetSize(40, 50)
	b.ReportAllocs()
	for b.Loop() {
		v.View(f, kittest.Start())
	}
}

// BenchmarkTopicsSort draws 10,000 topics in the first frame of a second, when
// they are sorted anew.
func BenchmarkTopicsSort(b *testing.B) {
	for _, tree := range []bool{false, true} {
		b.Run(fmt.Sprint("tree=", tree), func(b *testing.B) {
			f := feed.New(feed.Limits{})
			f.Tick(kittest.Start())
			for i := range 10_000 {
				kittest.Orders(f, fmt.Sprintf("site%d.line%d.sensor%d", i%7, i%101, i), 0, 1+i%10)
			}
			v := New(kittest.Coloured(), Actions(), kittest.MoveKeys())
			v.SetSize(40, 50)
			v.list.setOrder(OrderRate)
			v.list.setTree(tree)
			now := kittest.Start()
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				now = now.Add(time.Second)
				f.Tick(now)
				b.StartTimer()
				v.View(f, now)
			}
		})
	}
}

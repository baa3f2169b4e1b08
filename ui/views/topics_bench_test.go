package views

import (
	"fmt"
	"testing"
	"time"

	"joltui/internal/feed"
)

func BenchmarkTopicsView(b *testing.B) {
	f := feed.New(feed.Limits{})
	f.Tick(start())
	for i := range 1000 {
		orders(f, fmt.Sprintf("topic.%04d", i), 0, 1+i%100)
	}
	f.Tick(start().Add(1e9))
	v := NewTopics(coloured(), testTopicsKeys())
	v.SetSize(40, 50)
	b.ReportAllocs()
	for b.Loop() {
		v.View(f, start())
	}
}

// BenchmarkTopicsSort draws 10,000 topics in the first frame of a second, when
// they are sorted anew.
func BenchmarkTopicsSort(b *testing.B) {
	for _, tree := range []bool{false, true} {
		b.Run(fmt.Sprint("tree=", tree), func(b *testing.B) {
			f := feed.New(feed.Limits{})
			f.Tick(start())
			for i := range 10_000 {
				orders(f, fmt.Sprintf("site%d.line%d.sensor%d", i%7, i%101, i), 0, 1+i%10)
			}
			v := NewTopics(coloured(), testTopicsKeys())
			v.SetSize(40, 50)
			v.list.setOrder(OrderRate)
			v.list.setTree(tree)
			now := start()
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

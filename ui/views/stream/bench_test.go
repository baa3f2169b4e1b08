package stream

import (
	"fmt"
	"testing"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/columns"
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
			v := benchmarked(set)
			b.ReportAllocs()
			for b.Loop() {
				v.View(f, kittest.Start())
			}
		})
	}
}

// BenchmarkTable draws a table in which no row was in the frame before, and, as "still", one in
// which all were: its ratio to BenchmarkStreamView/plain and BenchmarkStreamFlow/json is what a
// table costs.
func BenchmarkTable(b *testing.B) {
	f := feed.New(feed.Limits{})
	kittest.Orders(f, "orders.eu", 0, 10_000)
	for name, keys := range map[string][]string{"flow": {"pgup", "G"}, "still": {"G"}} {
		b.Run(name, func(b *testing.B) {
			v := benchmarked(func(v *Pane) { v.SetTables(columns.NewBook()) })
			v.ToggleTable(f)
			v.View(f, kittest.Start())
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				v.Update(kittest.Press(keys[(i%190)/189%len(keys)]), f)
				v.View(f, kittest.Start())
			}
		})
	}
}

// benchmarked returns a stream of all topics as large as a window.
func benchmarked(set func(*Pane)) *Pane {
	v := New(kittest.Coloured(), Actions(), kittest.MoveKeys())
	v.SetSize(160, 50)
	v.SetFocus(true)
	set(v)
	return v
}

// BenchmarkStreamFlow draws other rows each time, as in a flood: of JSON whose rows are longer
// than the stream is wide, and of text as long. Their ratio is what JSON costs.
func BenchmarkStreamFlow(b *testing.B) {
	for name, data := range map[string]string{
		"json": `{"id":%d,"status":"%s","amount":%d.50,"currency":"EUR","customer":"c-1029","tier":"gold","items":[{"sku":"a-1","n":2}],"at":"12:00:00"}`,
		"text": `order %d is %s: it is %d.50 EUR, for customer c-1029, who is gold, with 2 of a-1, at 12:00:00; nothing else is known of it yet`,
	} {
		f := feed.New(feed.Limits{})
		var batch []jolt.Event
		for i := range 10_000 {
			batch = append(batch, kittest.Message(kittest.Start(), "orders.eu", fmt.Sprintf(data, 4711+i, kittest.Status(i), i%90)))
		}
		f.Apply(batch)
		b.Run(name, func(b *testing.B) {
			v := benchmarked(func(*Pane) {})
			v.View(f, kittest.Start())
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				v.Update(kittest.Press([]string{"pgup", "G"}[(i%190)/189]), f)
				v.View(f, kittest.Start())
			}
		})
	}
}

package feed

import (
	"testing"

	"joltui/jolt"
)

// BenchmarkWatch reports the time that one watch takes for a message.
func BenchmarkWatch(b *testing.B) {
	const data = `{"id":4711,"status":"failed","order":{"amount":12.50,"currency":"EUR"},"items":[1,2,3],"note":"a longer text"}`
	for _, path := range []string{".order.amount", ".status", ".order | .amount", `select(.status == "failed") | .order.amount`} {
		b.Run(path, func(b *testing.B) {
			f := New(Limits{})
			f.Want("t", start)
			watched(b, f, path)
			watches := f.Topic("t").watches
			m := &jolt.Message{At: at(1), Topic: "t", Data: data}
			b.ReportAllocs()
			for b.Loop() {
				f.watches.observe(watches, m, 1)
			}
		})
	}
}

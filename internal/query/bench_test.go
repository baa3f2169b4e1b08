package query

import "testing"

func BenchmarkMatch(b *testing.B) {
	q, err := Parse(`.status == "failed" and .amount > 100`)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(order)))
	b.ReportAllocs()
	for b.Loop() {
		q.Match(order)
	}
}

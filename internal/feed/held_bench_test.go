package feed

import (
	"fmt"
	"testing"

	"joltui/jolt"
)

func BenchmarkHeld(b *testing.B) {
	f := New(Limits{TopicMessages: 5000, TopicBytes: 1 << 30})
	for i := range 100_000 {
		f.Apply([]jolt.Event{&jolt.Message{Topic: fmt.Sprint(i % 20), Data: "1"}})
	}
	b.ReportAllocs()
	for b.Loop() {
		if n := len(f.Held()); n != 100_000 {
			b.Fatal(n)
		}
	}
}

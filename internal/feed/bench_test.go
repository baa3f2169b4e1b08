package feed

import (
	"fmt"
	"strings"
	"testing"

	"joltui/jolt"
)

// traffic returns a batch as the pump hands it over, with n messages of 128
// bytes, spread over so many topics.
func traffic(n, topics int) []jolt.Event {
	body := strings.Repeat("x", 128)
	batch := make([]jolt.Event, n)
	for i := range batch {
		batch[i] = message(fmt.Sprint("orders.", i%topics), body)
	}
	return batch
}

// BenchmarkApply reports the time for a message, histories full.
func BenchmarkApply(b *testing.B) {
	for _, topics := range []int{1, 20, 1000, 10_000} {
		b.Run(fmt.Sprint("topics=", topics), func(b *testing.B) {
			batch := traffic(24_000, topics)
			f := New(Limits{})
			for range 10 {
				f.Apply(batch)
			}
			b.ReportAllocs()
			b.ResetTimer()
			for done := 0; done < b.N; done += len(batch) {
				f.Apply(batch[:min(len(batch), b.N-done)])
			}
		})
	}
}

// BenchmarkApplyNewTopics is the worst a broker can do: a topic never heard of
// with each message.
func BenchmarkApplyNewTopics(b *testing.B) {
	f := New(Limits{})
	batch := make([]jolt.Event, 1)
	b.ReportAllocs()
	for i := range b.N {
		batch[0] = message(fmt.Sprint("topic", i), "x")
		f.Apply(batch)
	}
}

func BenchmarkWindow(b *testing.B) {
	f := New(Limits{})
	f.Apply(traffic(10_000, 1))
	b.ReportAllocs()
	for b.Loop() {
		f.All().Window()
	}
}

// BenchmarkTick ends a second in which every topic had a message.
func BenchmarkTick(b *testing.B) {
	for _, topics := range []int{20, 10_000} {
		b.Run(fmt.Sprint("topics=", topics), func(b *testing.B) {
			f := New(Limits{})
			f.Apply(traffic(topics, topics))
			second := 0.0
			b.ReportAllocs()
			for b.Loop() {
				for _, t := range f.Topics() {
					t.meter.add(1, 128)
				}
				second++
				f.Tick(at(second))
			}
		})
	}
}

// BenchmarkFiltered reports the time to evaluate an entry of 128 bytes in a
// history of 100,000.
func BenchmarkFiltered(b *testing.B) {
	const held = 100_000
	f := New(Limits{AllMessages: held, AllBytes: 1 << 30})
	for range 5 {
		f.Apply(traffic(held/5, 1))
	}
	for _, text := range []string{"failed", `"status":"(failed|lost)"`, "(a|b)*c$", `jq .status == "failed"`} {
		filter := parsed(b, text)
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for done := 0; done < b.N; done += held {
				NewFiltered(f.All(), filter).Advance(entries(min(held, b.N-done)))
			}
		})
	}
}

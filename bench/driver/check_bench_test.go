package driver

import (
	"strings"
	"testing"
)

// BenchmarkTake is the check of what a read of 64 KiB brings a subscriber.
func BenchmarkTake(b *testing.B) {
	l := Load{Topics: 20, Subscribers: 1, Payload: 128, Batch: 1, Window: 1}
	s := subscriber{frames: frames{}, next: l.numbers()}
	var data []byte
	numbers := l.numbers()
	for i, topic := range l.topics() {
		s.expected = append(s.expected, []byte(Jolt{}.Message(topic, l.payload(), 1+i)))
	}
	s.place = l.find(string(s.expected[0]))
	s.size = len(s.expected[0])
	for i := 0; len(data) < readBytes; i++ {
		topic := i % l.Topics
		payload := string(numbers[topic][:]) + strings.Repeat("x", l.Payload-len(zero))
		data = append(data, Jolt{}.Message(Topic(topic), payload, 1+topic)...)
		numbers[topic].next()
	}
	messages := len(data) / s.size
	for b.Loop() {
		s.left = messages
		copy(s.next, l.numbers())
		if s.take(data) != len(data) {
			b.Fatal("not all was taken")
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*messages), "ns/message")
}

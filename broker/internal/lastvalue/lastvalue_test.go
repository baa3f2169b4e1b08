package lastvalue

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// However much is published, what is kept is the latest of each topic, of as many as there
// is room for, and those are the ones that were published to last.
func TestStore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const most = 2000
		s := New([]string{"kept.*"}, most)
		var recent []string // topics, the latest last
		latest := make(map[string]string)
		for n := range rapid.IntRange(1, 50).Draw(t, "messages") {
			topic := fmt.Sprint("kept.", rapid.IntRange(0, 9).Draw(t, "topic"))
			frame := fmt.Sprint(n, strings.Repeat("x", rapid.IntRange(0, 800).Draw(t, "bytes")))
			if rapid.IntRange(0, 20).Draw(t, "large") == 0 {
				frame = strings.Repeat("y", most)
			}
			s.Put(topic, []byte(frame))
			for i, other := range recent {
				if other == topic {
					recent = append(recent[:i:i], recent[i+1:]...)
					break
				}
			}
			recent, latest[topic] = append(recent, topic), frame
			room := most
			for i := len(recent) - 1; i >= 0; i-- {
				topic := recent[i]
				if room -= overhead + len(topic) + len(latest[topic]); room < 0 {
					recent = recent[i+1:]
					break
				}
			}
			var got []string
			s.Each(func(topic string, frame []byte) {
				if got = append(got, topic); string(frame) != latest[topic] || string(s.Get(topic)) != latest[topic] {
					t.Fatalf("%s has %.20s, want %.20s", topic, frame, latest[topic])
				}
			})
			if fmt.Sprint(got) != fmt.Sprint(recent) {
				t.Fatalf("kept are %v, want %v", got, recent)
			}
			if n, bytes := s.Size(); n != len(recent) || bytes > most || bytes < 0 {
				t.Fatalf("%d messages of %d bytes, want %d", n, bytes, len(recent))
			}
		}
	})
}

func TestWants(t *testing.T) {
	s := New([]string{"config.>", "state.*"}, 1)
	for topic, want := range map[string]bool{"config.a.b": true, "state.a": true, "config": false, "state.a.b": false, "x": false} {
		if s.Wants(topic) != want {
			t.Errorf("%s: %v", topic, !want)
		}
	}
	if New(nil, 1).Wants("x") || New(nil, 1).Get("x") != nil {
		t.Error("no store keeps something")
	}
}

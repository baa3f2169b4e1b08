package cli

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// A minute of traffic shows every topic, a burst, and JSON that is valid; and
// it is the same each time.
func TestTraffic(t *testing.T) {
	a, b := newTraffic(1), newTraffic(1)
	seen := map[string]int{}
	busiest := 0
	for range 600 {
		samples := a.next()
		if !slices.Equal(samples, b.next()) {
			t.Fatal("the same seed made other traffic")
		}
		busiest = max(busiest, len(samples))
		for _, s := range samples {
			seen[s.topic]++
			if s.topic != "chat.room" && (!strings.HasPrefix(s.data, "{") || !json.Valid([]byte(s.data))) {
				t.Errorf("%s: not JSON: %s", s.topic, s.data)
			}
		}
	}
	for _, topic := range trafficTopics() {
		if seen[topic] < 3 {
			t.Errorf("%d messages on %s", seen[topic], topic)
		}
	}
	if len(seen) != len(trafficTopics()) || busiest < burstSize {
		t.Errorf("topics %v, at most %d messages a tick", seen, busiest)
	}
}

package load

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A subscriber that keeps every number it has seen, and so can't be wrong.
type naiveTracker struct {
	topics                int64
	seen                  map[[2]int64]bool // publisher, number
	highest               map[[2]int64]int64
	duplicates, reordered int64
}

func (n *naiveTracker) saw(publisher int, number int64) bool {
	message := [2]int64{int64(publisher), number}
	if n.seen[message] {
		n.duplicates++
		return false
	}
	n.seen[message] = true
	stream := [2]int64{int64(publisher), number % n.topics}
	if highest, ok := n.highest[stream]; ok && number < highest {
		n.reordered++
	} else {
		n.highest[stream] = number
	}
	return true
}

func (n *naiveTracker) lost(publisher int, sent int64, excused []int64) (lost int64) {
	for number := range sent {
		if !n.seen[[2]int64{int64(publisher), number}] && !slices.Contains(excused, number) {
			lost++
		}
	}
	return lost
}

// Whatever comes, in whatever order, however often: the counts are those of a
// tracker that remembers everything.
func TestTrackerModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const publishers = 3
		topics := rapid.IntRange(1, 4).Draw(t, "topics")
		sent := rapid.Int64Range(1, 60).Draw(t, "sent")
		tracker := newTracker(publishers, topics)
		naive := &naiveTracker{topics: int64(topics), seen: map[[2]int64]bool{}, highest: map[[2]int64]int64{}}
		for range rapid.IntRange(0, 150).Draw(t, "messages") {
			publisher := rapid.IntRange(0, publishers-1).Draw(t, "publisher")
			number := rapid.Int64Range(0, sent-1).Draw(t, "number")
			if got, want := tracker.saw(publisher, number), naive.saw(publisher, number); got != want {
				t.Fatalf("message %d of publisher %d is new: %v, want %v", number, publisher, got, want)
			}
		}
		if tracker.received != int64(len(naive.seen)) || tracker.duplicates != naive.duplicates || tracker.reordered != naive.reordered {
			t.Fatalf("received %d, duplicates %d, reordered %d; want %d, %d, %d", tracker.received, tracker.duplicates,
				tracker.reordered, len(naive.seen), naive.duplicates, naive.reordered)
		}
		excused := rapid.SliceOfDistinct(rapid.Int64Range(0, sent-1), rapid.ID[int64]).Draw(t, "excused")
		slices.Sort(excused)
		byTopic := make([]spans, topics)
		for _, number := range excused {
			n := number / int64(topics)
			byTopic[number%int64(topics)].extend(n, n+1)
		}
		for publisher := range publishers {
			if got, want := tracker.lost(publisher, sent, byTopic), naive.lost(publisher, sent, excused); got != want {
				t.Fatalf("publisher %d: %d lost, want %d", publisher, got, want)
			}
		}
		holes := 0
		for _, s := range tracker.streams {
			holes += len(s.misses)
		}
		if holes != tracker.holes {
			t.Fatalf("%d holes were counted, there are %d", tracker.holes, holes)
		}
	})
}

// What is lost in one go is one hole, however long it is.
func TestTrackerMemory(t *testing.T) {
	tr := newTracker(1, 1)
	for n := int64(0); n < 1_000_000; n++ {
		if n < 1000 || n >= 900_000 {
			tr.saw(0, n)
		}
	}
	if tr.holes != 1 || tr.lost(0, 1_000_000, make([]spans, 1)) != 899_000 {
		t.Errorf("%d holes, %d lost", tr.holes, tr.lost(0, 1_000_000, make([]spans, 1)))
	}
	if n := testing.AllocsPerRun(100, func() { tr.saw(0, tr.streams[0].next) }); n != 0 {
		t.Errorf("a message in order allocates %v times", n)
	}
}

// Forged messages do not change the number of losses.
func TestTrackerOfForgedNumbers(t *testing.T) {
	tr := newTracker(1, 2)
	for _, number := range []int64{0, 1, 2, 1<<48 - 1} {
		tr.saw(0, number)
	}
	if lost := tr.lost(0, 6, make([]spans, 2)); lost != 3 {
		t.Errorf("%d of 6 lost, where 0, 1, 2 have come", lost)
	}
}

func TestSpansOverlap(t *testing.T) {
	a := spans{{0, 5}, {10, 20}, {30, 31}}
	for _, tt := range []struct {
		b    spans
		want int64
	}{
		{nil, 0}, {spans{{5, 10}}, 0}, {spans{{4, 11}}, 2}, {spans{{0, 100}}, 16},
		{spans{{12, 13}, {15, 16}, {19, 31}}, 4}, {a, 16},
	} {
		if got := a.overlap(tt.b); got != tt.want {
			t.Errorf("%v and %v have %d in common, want %d", a, tt.b, got, tt.want)
		}
		if got := tt.b.overlap(a); got != tt.want {
			t.Errorf("%v and %v have %d in common, want %d", tt.b, a, got, tt.want)
		}
	}
}

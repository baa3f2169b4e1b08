package broker

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"joltui/jolt"
)

func published(topic, data string) jolt.Published {
	line, err := jolt.AppendRequest(nil, jolt.Request{Op: jolt.OpPublish, Topic: topic, Data: data})
	p, ok := jolt.ParsePublish(strings.TrimSuffix(string(line), "\n"))
	if err != nil || !ok {
		panic(err)
	}
	return p
}

// Whatever the messages and the set of topics, choose is what one gets by
// going through the messages one by one, also after reset.
func TestBurstChoosesInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBurst(new(buffers))
		for range rapid.IntRange(1, 3).Draw(t, "rounds") {
			b.reset(0)
			var sent []jolt.Frame
			for range rapid.IntRange(1, 60).Draw(t, "messages") {
				topic := fmt.Sprint("t", rapid.IntRange(0, 9).Draw(t, "topic"))
				data := rapid.StringN(0, 200, 400).Draw(t, "data")
				if !b.add(published(topic, data)) {
					t.Fatal("a burst of ten topics is full")
				}
				sent = append(sent, jolt.Frame{Topic: topic, Data: data})
			}
			for range 5 {
				set := topicSet(rapid.Uint64Range(1, 1<<len(b.topics)-1).Draw(t, "set"))
				var want []byte
				count := 0
				for _, m := range sent {
					if set.has(b.index[m.Topic]) {
						want = jolt.AppendMessage(want, m.Topic, m.Data)
						count++
					}
				}
				got := b.choose(set)
				if string(got.frames) != string(want) || got.count != count {
					t.Fatalf("set %b of %v: got %d messages in %d bytes, want %d in %d",
						set, b.topics, got.count, len(got.frames), count, len(want))
				}
				if (got.buf != nil) != (len(want) >= shareBytes) {
					t.Fatalf("%d bytes: buffer %v", len(want), got.buf)
				}
			}
		}
	})
}

// A burst keeps the memory for the next read and no more.
func TestBurstKeepsWhatReadsNeed(t *testing.T) {
	for read, kept := range map[int]bool{batchReadBytes: true, firstReadBytes: false} {
		b := newBurst(new(buffers))
		b.add(published("a", strings.Repeat("x", batchReadBytes)))
		b.reset(read)
		if got := cap(b.frames) >= batchReadBytes; got != kept {
			t.Errorf("after a read of %d bytes %d are kept", read, cap(b.frames))
		}
	}
}

func TestBurstIsBounded(t *testing.T) {
	b := newBurst(new(buffers))
	for i := range maxBurstTopics {
		if !b.add(published(fmt.Sprint(i), "x")) {
			t.Fatalf("full at %d topics", i)
		}
	}
	if b.add(published("one more", "x")) || !b.add(published("0", "x")) {
		t.Error("a full burst takes messages on its own topics and no other")
	}
	all := b.choose(1<<maxBurstTopics - 1)
	if all.count != maxBurstTopics+1 {
		t.Errorf("the set of all topics has %d messages, want %d", all.count, maxBurstTopics+1)
	}
}

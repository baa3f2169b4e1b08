package stream

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// batchOf makes a batch of messages, whose topics it numbers.
func batchOf(messages []Message) Batch {
	var b Batch
	index := make(map[string]int)
	var numbers []int
	for _, m := range messages {
		i, known := index[m.Topic]
		if !known {
			i = len(b.Topics)
			index[m.Topic] = i
			b.Topics = append(b.Topics, m.Topic)
		}
		numbers = append(numbers, i)
		b.Frames = append(b.Frames, m.Frame...)
	}
	b.Count = len(messages)
	b.Messages = func(yield func(int, int) bool) {
		for i, m := range messages {
			if !yield(numbers[i], len(m.Frame)) {
				return
			}
		}
	}
	return b
}

func sameMessage(a, b Message) bool { return a.Topic == b.Topic && bytes.Equal(a.Frame, b.Frame) }

// What goes into a block comes out of it, in its order, however it was put in.
func TestBlock(t *testing.T) {
	message := rapid.Custom(func(t *rapid.T) Message {
		return Message{rapid.SampledFrom([]string{"", "a", "orders.eu", "a\nb", "ü"}).Draw(t, "topic"),
			append(rapid.SliceOfN(rapid.ByteRange(' ', 255), 0, 200).Draw(t, "frame"), '\n')}
	})
	rapid.Check(t, func(t *rapid.T) {
		block := []byte{version}
		var want []Message
		for range rapid.IntRange(0, 5).Draw(t, "batches") {
			messages := rapid.SliceOf(message).Draw(t, "messages")
			block = batchOf(messages).append(block)
			want = append(want, messages...)
		}
		got, err := decode(block, nil)
		if err != nil || !slices.EqualFunc(got, want, sameMessage) {
			t.Fatalf("%q came out as %q, %v", want, got, err)
		}
	})
}

// A block that anybody may have made is refused as a whole, or is of messages of one
// line each, which come out of a block again that they are put into.
func FuzzDecode(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{version})
	f.Add([]byte{2})
	f.Add(batchOf([]Message{{"a", []byte("{}\n")}, {"b", []byte("\n")}, {"a", []byte("x\n")}}).append([]byte{version}))
	f.Add([]byte{version, 1, 1, 'a', 1, 0, 3, '\n', '\n', '\n'})
	f.Add([]byte{version, 1, 1, 'a', 1, 7, 1, '\n'})
	f.Add([]byte{version, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, block []byte) {
		messages, err := decode(block, nil)
		if err != nil {
			if len(messages) > 0 {
				t.Fatalf("%d messages of a block that is refused", len(messages))
			}
			return
		}
		for _, m := range messages {
			if bytes.Count(m.Frame, []byte("\n")) != 1 || m.Frame[len(m.Frame)-1] != '\n' {
				t.Fatalf("%q is not one line", m.Frame)
			}
		}
		again, err := decode(batchOf(messages).append([]byte{version}), nil)
		if err != nil || !slices.EqualFunc(again, messages, sameMessage) {
			t.Fatalf("%q came out as %q, %v", messages, again, err)
		}
	})
}

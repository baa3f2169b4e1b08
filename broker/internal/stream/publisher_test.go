package stream

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A batch that is larger than a block comes whole and in order, in several.
func TestLargeBatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var want []Message
		for i := range 50 {
			want = append(want, Message{strings.Repeat("t", i%3), append(bytes.Repeat([]byte{'x'}, 20_000), '\n')})
		}
		want = append(want, Message{"long", append(bytes.Repeat([]byte{'y'}, 3*blockBytes), '\n')})
		p := newPublisher("p")
		var got []Message
		p.try = func(_ context.Context, _ string, data []byte) (uint64, error) {
			messages, err := decode(bytes.Clone(data), nil)
			if len(data) > blockBytes+1000 && len(messages) > 1 {
				t.Errorf("a block of %d messages has %d bytes", len(messages), len(data))
			}
			got = append(got, messages...)
			return 1, err
		}
		p.ended = func(uint64, time.Duration, error) {}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go p.run(ctx)
		if err := p.publish(batchOf(want)).Wait(); err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Fatalf("%d of %d messages", len(got), len(want))
		}
		for i := range want {
			if !sameMessage(got[i], want[i]) {
				t.Fatalf("message %d is another", i)
			}
		}
	})
}

// Where it is not known whether a block was stored, none that waits behind it is
// published: it may be of the same client.
func TestNothingFollowsWhatIsUnknown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPublisher("p")
		tried := make(map[string]int)
		p.try = func(_ context.Context, id string, _ []byte) (uint64, error) {
			tried[id]++
			if id == "p.1" {
				return 0, errors.New("no quorum")
			}
			return 2, nil
		}
		p.ended = func(uint64, time.Duration, error) {}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		began := time.Now()
		first := p.publish(batchOf([]Message{{"a", append(bytes.Repeat([]byte{'x'}, blockBytes), '\n')}}))
		second := p.publish(batchOf([]Message{{"a", []byte("\n")}}))
		go p.run(ctx)
		for _, c := range []*Commit{first, second} {
			if err := c.Wait(); !errors.Is(err, ErrUnknown) {
				t.Errorf("%v, want %v", err, ErrUnknown)
			}
		}
		if took := time.Since(began); took < patience || took > patience+attemptTime || tried["p.1"] < 10 || len(tried) != 1 {
			t.Errorf("after %v: %v", took, tried)
		}
		if err := p.publish(batchOf([]Message{{"a", []byte("\n")}})).Wait(); err != nil {
			t.Errorf("the next: %v", err)
		}
	})
}

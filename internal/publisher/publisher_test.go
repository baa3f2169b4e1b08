package publisher

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"joltui/jolt"
)

// scripted is a client that a test answers for.
type scripted struct {
	refuse map[string]error // by payload: Start fails with it
	asked  []jolt.Request
	told   []func(*jolt.Reply)
}

func (s *scripted) Start(_ context.Context, r jolt.Request, told func(*jolt.Reply)) error {
	if err := s.refuse[r.Data]; err != nil {
		return err
	}
	s.asked, s.told = append(s.asked, r), append(s.told, told)
	return nil
}

// answer tells the outcome of the oldest request that has none.
func (s *scripted) answer(o jolt.Outcome, err error) {
	r, told := s.asked[0], s.told[0]
	s.asked, s.told = s.asked[1:], s.told[1:]
	told(&jolt.Reply{Request: r, Outcome: o, Err: err})
}

func TestOutcomesAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &scripted{refuse: map[string]error{"\xff": jolt.ErrInvalidUTF8, "late": jolt.ErrNotConnected}}
		p := New(t.Context())
		p.Use(c)
		for _, data := range []string{"a", "b", "\xff", "c"} {
			if err := p.Publish(t.Context(), Message{Topic: "t", Data: data}); err != nil {
				t.Errorf("%q: %v", data, err)
			}
		}
		refused, lost := &jolt.RejectedError{Text: "no"}, errors.New("lost")
		c.answer(jolt.Acknowledged, nil)
		c.answer(jolt.Rejected, refused)
		if err := p.Publish(t.Context(), Message{Topic: "t", Data: "late"}); !errors.Is(err, jolt.ErrNotConnected) {
			t.Errorf("late: %v", err)
		}
		waited := make(chan struct{})
		go func() {
			p.Wait(context.Background())
			close(waited)
		}()
		synctest.Wait()
		select {
		case <-waited:
			t.Error("one has no outcome yet")
		default:
		}
		c.answer(jolt.Unknown, lost)
		<-waited
		got := p.Progress()
		want := Progress{Outcomes: Outcomes{Acknowledged: 1, Rejected: 1, Unknown: 1, NotSent: 2}, Latency: got.Latency,
			Refusal: refused, Fault: jolt.ErrNotConnected, Bad: jolt.ErrInvalidUTF8}
		if !reflect.DeepEqual(got, want) || got.Sum() != 5 || got.Published() != 3 {
			t.Errorf("%+v, want %+v", got, want)
		}
	})
}

func TestWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(t.Context())
		p.Use(new(scripted))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := p.Publish(ctx, Message{Topic: "t"}); err != nil {
			t.Fatal(err)
		}
		p.Wait(ctx)
		if ctx.Err() == nil {
			t.Error("it did not wait")
		}
	})
}

func TestGoneAndLost(t *testing.T) {
	p := New(t.Context())
	p.Handle([]jolt.Event{&jolt.StateChange{State: jolt.Down}})
	select {
	case <-p.Gone():
		t.Error("it is not gone: the client goes on")
	default:
	}
	p.Handle([]jolt.Event{&jolt.StateChange{State: jolt.Closed, Cause: jolt.ErrDeadPeer}})
	<-p.Gone()
	if !errors.Is(p.Lost(), jolt.ErrDeadPeer) {
		t.Error(p.Lost())
	}
}

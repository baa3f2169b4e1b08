package replay

import (
	"cmp"
	"context"
	"errors"
	"io"
	"math"
	"slices"
	"time"

	"joltui/internal/cli/exit"
	"joltui/internal/record"
	"joltui/jolt"
)

// selected calls use for each message that is to be published, under the topic
// that it is to be published to. A last line that was cut is left out; anything
// else that is wrong with the recording is an error.
func (p *publishFlags) selected(ctx context.Context, set *record.Set, use func(*jolt.Message) error) (cut bool, err error) {
	r := set.Read(record.Position{})
	defer r.Close()
	for n := uint64(0); p.count == 0 || n < p.count; {
		if ctx.Err() != nil {
			return cut, exit.ErrInterrupted
		}
		e, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return cut, nil
		case errors.Is(err, record.ErrCut):
			cut = true
			continue
		case err != nil:
			return cut, err
		}
		m, ok := e.Event.(*jolt.Message)
		if !ok || len(p.topics) > 0 && !slices.Contains(p.topics, m.Topic) {
			continue
		}
		n++
		if to, ok := p.rename[m.Topic]; ok {
			m.Topic = to
		}
		if err := use(m); err != nil {
			return cut, err
		}
	}
	return cut, nil
}

// plan is what would be published.
type plan struct {
	topics      []topicPlan
	messages    int64
	bytes       uint64
	first, last time.Time
	cut         bool
}

// topicPlan is the part of a plan of one topic, as it is published.
type topicPlan struct {
	name     string
	messages int64
	bytes    uint64
}

// plan reads all of the recording.
func (p *publishFlags) plan(ctx context.Context, set *record.Set) (*plan, error) {
	out, at := &plan{}, make(map[string]int)
	cut, err := p.selected(ctx, set, func(m *jolt.Message) error {
		i, known := at[m.Topic]
		if !known {
			i = len(out.topics)
			at[m.Topic] = i
			out.topics = append(out.topics, topicPlan{name: m.Topic})
		}
		t := &out.topics[i]
		t.messages++
		t.bytes += uint64(len(m.Data))
		out.messages++
		out.bytes += uint64(len(m.Data))
		if out.first.IsZero() {
			out.first = m.At
		}
		if m.At.After(out.last) {
			out.last = m.At
		}
		return nil
	})
	out.cut = cut
	slices.SortFunc(out.topics, func(a, b topicPlan) int { return cmp.Compare(a.name, b.name) })
	return out, err
}

// pace says when each message is due.
type pace struct {
	speed float64 // times as fast as it was recorded
	rate  float64 // messages a second, if not 0
	begun time.Time
	first time.Time
	sent  int64
}

func (r *flags) pace(p *plan) pace {
	return pace{speed: float64(r.speed), rate: r.rate, first: p.first}
}

// due returns when to publish the next message, which was received at a time.
func (p *pace) due(at time.Time) time.Time {
	due := p.begun.Add(p.after(at))
	p.sent++
	return due
}

// after returns how long after the first message one is due.
func (p *pace) after(at time.Time) time.Duration {
	switch {
	case p.rate > 0:
		return time.Duration(float64(p.sent) / p.rate * float64(time.Second))
	case math.IsInf(p.speed, 1):
		return 0
	default:
		return time.Duration(float64(at.Sub(p.first)) / p.speed)
	}
}

// takes is how long all of a plan takes, at least.
func (p pace) takes(all *plan) time.Duration {
	p.sent = max(all.messages-1, 0)
	return p.after(all.last)
}

package soak

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"

	"joltui/jolt"
)

// ledger keeps the books of every stream of messages, in bounded memory: a
// stream publishes one message at a time, numbered from 1, so what is still
// open of it is little.
type ledger struct {
	t *testing.T

	mu      sync.Mutex
	streams map[string]*stream
}

// stream is what is known of one stream. The ledger's mutex guards it.
type stream struct {
	next     int // the number of the next message
	outcomes [jolt.NotSent + 1]int
	taken    int   // that the healthy subscriber got
	last     int   // the number of the last one it got
	owed     []int // acknowledged, and it has not got them yet
}

func newLedger(t *testing.T) *ledger { return &ledger{t: t, streams: make(map[string]*stream)} }

func (l *ledger) open(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.streams[name] = &stream{next: 1}
}

// issue returns the number of the next message of a stream.
func (l *ledger) issue(name string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.streams[name]
	s.next++
	return s.next - 1
}

// outcome books how a publish ended.
func (l *ledger) outcome(name string, number int, o jolt.Outcome) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.streams[name]
	s.outcomes[o]++
	switch {
	case o == jolt.Acknowledged && s.last < number:
		s.owed = append(s.owed, number)
	case o == jolt.NotSent && s.last == number, o == jolt.Rejected:
		l.t.Errorf("%s %d is %s, and the last one delivered is %d", name, number, o, s.last)
	}
}

// took books that the healthy subscriber, which misses nothing, got a message.
func (l *ledger) took(name string, number int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.streams[name]
	s.taken++
	s.last = number
	if len(s.owed) > 0 && s.owed[0] < number {
		l.t.Errorf("%s %d was acknowledged, and %d came in its place", name, s.owed[0], number)
		s.owed = nil
	} else if len(s.owed) > 0 && s.owed[0] == number {
		s.owed = s.owed[1:]
	}
}

// totals sums up all streams.
func (l *ledger) totals() (published int, sum stream) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.streams {
		published += s.next - 1
		sum.taken += s.taken
		sum.owed = append(sum.owed, s.owed...)
		for o, n := range s.outcomes {
			sum.outcomes[o] += n
		}
	}
	return published, sum
}

// issued returns the last number of each stream.
func (l *ledger) issued() map[string]int {
	l.mu.Lock()
	defer l.mu.Unlock()
	last := make(map[string]int)
	for name, s := range l.streams {
		last[name] = s.next - 1
	}
	return last
}

// text is the payload of a message: whoever gets it can say whether it is whole.
func text(name string, number int) string {
	return fmt.Sprintf("%s %d %s", name, number, strings.Repeat("x", number*7919%1500))
}

func parseText(data string) (name string, number int, err error) {
	name, rest, _ := strings.Cut(data, " ")
	digits, _, _ := strings.Cut(rest, " ")
	if number, err = strconv.Atoi(digits); err == nil && text(name, number) != data {
		err = fmt.Errorf("message %s %d is damaged: %.60q", name, number, data)
	}
	return name, number, err
}

package stream

import (
	"testing"
	"time"
)

// What a reader is told when it comes back to a stream.
func TestHoles(t *testing.T) {
	made := time.Unix(1000, 0)
	for name, c := range map[string]struct {
		state state
		away  time.Duration
		hole  bool
	}{
		"nothing new":                   {state{first: 5, last: 7, created: made}, time.Second, false},
		"more":                          {state{first: 5, last: 9, created: made}, time.Second, false},
		"all forgotten, nothing new":    {state{first: 8, last: 7, created: made}, time.Second, false},
		"forgotten but for what is new": {state{first: 8, last: 9, created: made}, time.Second, false},
		"the next is forgotten":         {state{first: 9, last: 12, created: made}, time.Second, true},
		"all that was new is forgotten": {state{first: 13, last: 12, created: made}, time.Second, true},
		"made anew":                     {state{first: 5, last: 9, created: made.Add(1)}, time.Second, true},
		"shorter":                       {state{first: 1, last: 3, created: made}, time.Second, true},
		"away for long, still there":    {state{first: 7, last: 7, created: made}, time.Hour, false},
		"away for long, forgotten":      {state{first: 8, last: 7, created: made}, time.Hour, true},
	} {
		cur := cursor{keep: time.Minute, seq: 7, id: "x", created: made, touched: time.Unix(2000, 0)}
		if _, hole := cur.begin(c.state, time.Unix(2000, 0).Add(c.away)); (hole != "") != c.hole {
			t.Errorf("%s: %q", name, hole)
		}
		if c.hole && cur.seq != c.state.last {
			t.Errorf("%s: it goes on after %d", name, cur.seq)
		}
	}
}

// A block that was sent and did not come is asked for again, be it the last one for now.
func TestHeartbeatTellsOfALoss(t *testing.T) {
	now := time.Unix(2000, 0)
	cur := cursor{keep: time.Minute, seq: 7, id: "x", touched: now}
	if err := cur.beat(7, now); err != nil {
		t.Error(err)
	}
	if err := cur.beat(8, now); err != errMissed {
		t.Error(err)
	}
	cur.begin(state{first: 5, last: 7, created: time.Time{}}, now)
	if err := cur.beat(6, now); err != nil { // block 7 is on its way again
		t.Error(err)
	}
	if err := cur.beat(3, now); err != errMissed { // the stream has become shorter since
		t.Error(err)
	}
}

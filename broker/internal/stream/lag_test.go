package stream

import (
	"testing"
	"time"
)

// A reader is late when half of what the stream keeps, by time or by bytes, is not read yet.
func TestLag(t *testing.T) {
	now := time.Unix(2000, 0)
	for name, c := range map[string]struct {
		last stored
		s    state
		late bool
	}{
		"nothing is unread":                    {stored{seq: 9, at: now.Add(-time.Hour), left: 1}, state{first: 1, last: 9, bytes: 900, at: now}, false},
		"the stream is empty":                  {stored{seq: 9, at: now.Add(-time.Hour), left: 1}, state{first: 10, last: 9, at: now}, false},
		"little is":                            {stored{seq: 5, at: now.Add(-time.Second), left: 4}, state{first: 1, last: 9, bytes: 900, at: now}, false},
		"much is":                              {stored{seq: 1, at: now.Add(-time.Second), left: 8}, state{first: 1, last: 9, bytes: 900, at: now}, true},
		"for long":                             {stored{seq: 8, at: now.Add(-31 * time.Second), left: 1}, state{first: 1, last: 9, bytes: 9, at: now}, true},
		"all that the stream has is unread":    {stored{seq: 3, at: now.Add(-time.Second), left: 1}, state{first: 5, last: 9, bytes: 600, at: now}, true},
		"much is, but little is it all in all": {stored{seq: 1, at: now.Add(-time.Second), left: 8}, state{first: 1, last: 9, bytes: 9, at: now}, false},
	} {
		l := &lag{keep: time.Minute, most: 1000}
		l.reached(c.last)
		if !l.behind() {
			t.Errorf("%s: not behind", name)
		}
		if l.look(c.s); l.isLate() != c.late {
			t.Errorf("%s: late %v", name, !c.late)
		}
		if l.reached(stored{seq: c.s.last}); l.isLate() || l.behind() {
			t.Errorf("%s: late, or behind, though all has been read", name)
		}
	}
}

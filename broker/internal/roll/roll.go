package roll

import (
	"encoding/json"
	"slices"
	"sync"
	"time"
)

const (
	// Every is how often a broker tells of itself.
	Every = 5 * time.Second
	// forgotten is after how long of silence one is taken for gone.
	forgotten = 4 * Every
	// certain is how often in a row one has to tell of other users: while a configuration
	// is rolled out brokers differ for a moment.
	certain = 2
	// mostOthers bounds how many are known.
	mostOthers = 1000
)

// Card is what a broker tells of itself.
type Card struct {
	Run    string `json:"run"`    // no other start of a broker has it
	Name   string `json:"name"`   // which several may have
	Rights string `json:"rights"` // the same where the same users may do the same
}

// Line returns the card as one line, with its end.
func (c Card) Line() []byte {
	line, err := json.Marshal(c)
	if err != nil {
		panic(err) // texts can all be written
	}
	return append(line, '\n')
}

// Change is what has become known of another broker's users.
type Change int

// The changes that there are.
const (
	None    Change = iota
	Differs        // they are others than ours
	Agrees         // they are ours again
)

// Roll knows the other brokers. Its methods are safe for concurrent use.
type Roll struct {
	run string // ours

	mu     sync.Mutex
	others map[string]*other // by run
}

type other struct {
	name    string
	heard   time.Time
	differs int // how often in a row
}

// New returns a roll for the broker whose run that is.
func New(run string) *Roll { return &Roll{run: run, others: make(map[string]*other)} }

// Heard takes the line of a card, where our rights are those, and returns whose it is and
// what has changed. Lines that are no card, and our own, change nothing.
func (r *Roll) Heard(line []byte, rights string, now time.Time) (name string, what Change) {
	var c Card
	if json.Unmarshal(line, &c) != nil || c.Run == "" || c.Run == r.run {
		return "", None
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	o := r.others[c.Run]
	if o == nil {
		r.forget(now)
		if len(r.others) == mostOthers {
			return "", None
		}
		o = &other{}
		r.others[c.Run] = o
	}
	before := o.differs
	o.name, o.heard = c.Name, now
	if c.Rights == rights {
		o.differs = 0
	} else {
		o.differs = min(o.differs+1, certain)
	}
	switch {
	case before < certain && o.differs == certain:
		return c.Name, Differs
	case before == certain && o.differs == 0:
		return c.Name, Agrees
	}
	return c.Name, None
}

// Others returns how many other brokers there are, and the names of those that have other
// users, in order.
func (r *Roll) Others(now time.Time) (count int, differing []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forget(now)
	for _, o := range r.others {
		if o.differs == certain {
			differing = append(differing, o.name)
		}
	}
	slices.Sort(differing)
	return len(r.others), differing
}

// forget removes those that are gone. The mutex is held.
func (r *Roll) forget(now time.Time) {
	for run, o := range r.others {
		if now.Sub(o.heard) > forgotten {
			delete(r.others, run)
		}
	}
}

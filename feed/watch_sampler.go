package feed

import "math/rand/v2"

// sampler decides which messages the watches evaluate when there are more than
// there is time for: one out of stride on average, at random distances, because
// traffic that repeats itself would else show one side only.
type sampler struct {
	goOn   func() bool // whether there is time; nil: always
	spent  int         // since goOn was asked
	over   bool        // goOn said no
	stride int         // less than 1 counts as 1
	wait   int         // messages to pass over
	random *rand.Rand
}

// The bounds of a sampler.
const (
	// askEvery is how many bytes are scanned between two looks at the clock, see
	// reader.cost: some 15 µs, as for 34 short messages.
	askEvery  = 8 << 10
	maxStride = 4096
)

// Allow lets watches evaluate messages as long as goOn, which is asked every few
// messages, says so; then they skip them, until Allow is called again. It is to be
// called before each Apply. A feed that was never told has all the time it wants.
func (s *Watches) Allow(goOn func() bool) { s.sampler.begin(goOn) }

// begin starts a batch. How it went with the one before decides how much of this
// one is evaluated: half as much if there was not enough time, else a little more.
func (s *sampler) begin(goOn func() bool) {
	if s.over {
		s.stride = min(2*max(s.stride, 1), maxStride)
	} else {
		s.stride = max(s.stride*7/8, 1)
	}
	s.goOn, s.over, s.spent = goOn, false, askEvery
	s.wait = min(s.wait, 2*s.stride)
}

// take reports whether the next message is to be evaluated.
func (s *sampler) take() bool {
	if s.wait > 0 {
		s.wait--
		return false
	}
	if s.over || !s.hasTime() {
		return false
	}
	if s.stride > 1 {
		if s.random == nil {
			s.random = rand.New(rand.NewPCG(1, 2))
		}
		s.wait = s.random.IntN(2*s.stride - 1)
	}
	return true
}

func (s *sampler) hasTime() bool {
	if s.goOn == nil || s.spent < askEvery {
		return true
	}
	s.spent = 0
	s.over = !s.goOn()
	return !s.over
}

// spend books the cost of an evaluation.
func (s *sampler) spend(bytes int) { s.spent += bytes }

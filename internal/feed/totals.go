package feed

import "joltui/jolt"

// Totals counts requests by operation and outcome, including those that the client made on
// its own and those whose rows were evicted.
type Totals struct {
	counts [jolt.OpPing + 1][jolt.NotSent + 1]uint64
}

// Of returns how many requests for op have that outcome; jolt.Pending counts
// those that were begun and have not ended.
func (t Totals) Of(op jolt.Op, outcome jolt.Outcome) uint64 {
	if op > jolt.OpPing || outcome > jolt.NotSent {
		return 0
	}
	return t.counts[op][outcome]
}

// Outcome returns how many requests of any op have that outcome.
func (t Totals) Outcome(outcome jolt.Outcome) uint64 {
	var sum uint64
	for op := range t.counts {
		sum += t.Of(jolt.Op(op), outcome)
	}
	return sum
}

func (t *Totals) add(op jolt.Op, outcome jolt.Outcome) { *t.cell(op, outcome) += 1 }

func (t *Totals) remove(op jolt.Op, outcome jolt.Outcome) { *t.cell(op, outcome) -= 1 }

// cell returns the counter of op and outcome. An op or outcome that jolt does not define
// counts as the zero op or as unknown, so that the sums stay right.
func (t *Totals) cell(op jolt.Op, outcome jolt.Outcome) *uint64 {
	if op > jolt.OpPing {
		op = 0
	}
	if outcome > jolt.NotSent {
		outcome = jolt.Unknown
	}
	return &t.counts[op][outcome]
}

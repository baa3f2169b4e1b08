package roll

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// A broker whose users differ is told of when it has said so twice, and again when they no
// longer do; one that falls silent is forgotten.
func TestRoll(t *testing.T) {
	now := time.Now()
	r := New("ours")
	heard := func(c Card, want Change) {
		t.Helper()
		if _, got := r.Heard(c.Line(), "ann", now); got != want {
			t.Errorf("%+v: %v, want %v", c, got, want)
		}
	}
	others := func(count int, differing ...string) {
		t.Helper()
		if n, names := r.Others(now); n != count || !slices.Equal(names, differing) {
			t.Errorf("%d, %q; want %d, %q", n, names, count, differing)
		}
	}
	heard(Card{"ours", "a", "bob"}, None)
	others(0)
	heard(Card{"1", "b", "bob"}, None)
	others(1)
	heard(Card{"1", "b", "bob"}, Differs)
	heard(Card{"1", "b", "eve"}, None)
	heard(Card{"2", "b", "ann"}, None)
	others(2, "b")
	heard(Card{"1", "b", "ann"}, Agrees)
	heard(Card{"1", "b", "bob"}, None) // a moment of a rollout
	heard(Card{"1", "b", "ann"}, None)
	others(2)
	now = now.Add(forgotten)
	heard(Card{"2", "b", "ann"}, None)
	others(2)
	now = now.Add(1)
	others(1)
	if _, what := r.Heard([]byte("no card\n"), "ann", now); what != None {
		t.Error(what)
	}
}

// However many cards are made up, a bounded number of brokers is known.
func TestRollIsBounded(t *testing.T) {
	r, now := New("ours"), time.Now()
	for i := range mostOthers + 10 {
		r.Heard(Card{Run: fmt.Sprint(i)}.Line(), "", now)
	}
	if n, _ := r.Others(now); n != mostOthers {
		t.Error(n)
	}
}

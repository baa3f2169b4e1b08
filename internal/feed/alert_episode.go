package feed

import (
	"strings"
	"time"
)

// Alert is what a row of the log says about a threshold.
type Alert struct {
	Field     Field
	Threshold Threshold
	Over      bool          // it is over; else it begins
	Withdrawn bool          // over because the user took the watch or its threshold away
	Value     string        // that met the threshold first; untrusted, "" for absence
	Lasted    time.Duration // of one that is over
	Met       uint64        // values that met the threshold, of one that is over
}

// settleTime is for how long no value must meet a threshold before its alert is
// over: values that go to and fro make one alert, not one each.
const settleTime = 5 * time.Second

// alert watches a threshold. From the first value that meets it until it has been
// met no more for a while is an episode, which has two rows in the log.
type alert struct {
	owner     *Watch
	watches   *Watches
	threshold Threshold
	setAt     time.Time
	begun     bool
	since     time.Time // when the episode began
	latest    time.Time // when the threshold was met last
	cleared   time.Time // the first value after that which did not meet it; zero if none came
	met       uint64    // values of the episode
}

// Threshold returns the condition that the watch has; the zero one is none.
func (w *Watch) Threshold() Threshold { return w.alert.threshold }

// Alerting reports whether the threshold is passed, and since when.
func (w *Watch) Alerting() (since time.Time, on bool) { return w.alert.since, w.alert.on() }

func (a *alert) on() bool { return a.begun }

// set begins anew with another threshold.
func (a *alert) set(t Threshold, now time.Time) {
	a.withdraw(now)
	a.threshold, a.setAt = t, now
	if a.owner.last.kind != NoValue && t.op != "" {
		a.value(now, &a.owner.last)
	}
}

// value takes the next value of the watch.
func (a *alert) value(at time.Time, v *value) {
	switch t := &a.threshold; {
	case t.absent > 0:
		if a.begun {
			a.end(at, at.Sub(a.since))
		}
	case t.op == "":
	case t.met(v):
		if !a.begun {
			a.begin(at, shorten(v.text))
		}
		a.latest, a.cleared = at, time.Time{}
		a.met++
	case a.begun && a.cleared.IsZero():
		a.cleared = at
	}
}

// tick notices what no value tells.
func (a *alert) tick(now time.Time) {
	switch t := &a.threshold; {
	case t.absent > 0:
		if last := a.lastSeen(); !a.begun && now.Sub(last) >= t.absent {
			a.begin(now, "")
			a.since = last
		}
	case a.begun && !a.cleared.IsZero() && now.Sub(a.latest) >= settleTime:
		a.end(a.settled(), a.cleared.Sub(a.since))
	}
}

// settled is when it was clear that an episode is over: before now, so that its
// row is as old as those of the values around it.
func (a *alert) settled() time.Time {
	if at := a.latest.Add(settleTime); at.After(a.cleared) {
		return at
	}
	return a.cleared
}

// lastSeen is since when there was no value, as far as this threshold goes.
func (a *alert) lastSeen() time.Time {
	if last := a.owner.stats.LastAt; !last.IsZero() {
		return last
	}
	return a.setAt
}

func (a *alert) begin(at time.Time, value string) {
	a.begun, a.since, a.met = true, at, 0
	a.watches.begun++
	a.row(at, Alert{Value: strings.Clone(value)})
}

func (a *alert) end(at time.Time, lasted time.Duration) {
	a.row(at, Alert{Over: true, Lasted: max(lasted, 0), Met: a.met})
	a.begun, a.cleared = false, time.Time{}
}

// withdraw ends an episode because nobody wants to know of it any more.
func (a *alert) withdraw(now time.Time) {
	if a.begun {
		a.row(now, Alert{Over: true, Withdrawn: true, Lasted: max(now.Sub(a.since), 0), Met: a.met})
	}
	a.begun, a.cleared = false, time.Time{}
}

func (a *alert) row(at time.Time, what Alert) {
	what.Field, what.Threshold = a.owner.field, a.threshold
	a.watches.log.add(Row{At: at, Kind: RowAlert, Alert: &what})
}

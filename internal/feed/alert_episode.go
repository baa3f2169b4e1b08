package feed

import (
	"strings"
	"time"
)

// Alert is what a row of the log says about a threshold.
type Alert struct {
	Field     Field
	Threshold Threshold
	Over      bool          // the alert has ended; else it begins
	Withdrawn bool          // it has ended because the user removed the watch or its threshold
	Value     string        // the first value that met the threshold; untrusted, "" for absence
	Lasted    time.Duration // if Over: how long it lasted
	Met       uint64        // if Over: how many values met the threshold
}

// settleTime is the debounce of an alert: it ends when no value has met the threshold for
// so long. So values that go to and fro across it make one alert, not one each.
const settleTime = 5 * time.Second

// alert watches a threshold. An episode lasts from the first value that meets it until no
// value has met it for settleTime, and has two rows in the log.
type alert struct {
	owner     *Watch
	watches   *Watches
	threshold Threshold
	setAt     time.Time
	begun     bool
	since     time.Time // when the episode began
	latest    time.Time // when the threshold was met last
	cleared   time.Time // when a value after latest first did not meet it; zero if none came
	met       uint64    // how many values of the episode met it
}

// Threshold returns the threshold of the watch; the zero one is none.
func (w *Watch) Threshold() Threshold { return w.alert.threshold }

// Alerting reports whether there is an alert, and since when.
func (w *Watch) Alerting() (since time.Time, on bool) { return w.alert.since, w.alert.on() }

func (a *alert) on() bool { return a.begun }

// set replaces the threshold, and ends the episode of the old one.
func (a *alert) set(t Threshold, now time.Time) {
	a.withdraw(now)
	a.threshold, a.setAt = t, now
	if a.owner.last.kind != NoValue && t.op != "" {
		a.value(now, &a.owner.last)
	}
}

// value handles the next value of the watch.
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

// tick begins and ends episodes that depend on time alone: absence, and settleTime.
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

// settled returns when it became clear that the episode was over. It is before the tick that
// notices, so that the time of its row fits those of the values around it.
func (a *alert) settled() time.Time {
	if at := a.latest.Add(settleTime); at.After(a.cleared) {
		return at
	}
	return a.cleared
}

// lastSeen returns when the latest value came, or if none did, when the threshold was set.
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

// withdraw ends the episode because the user removed the watch or the threshold.
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

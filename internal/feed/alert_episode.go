package feed

import (
	"strings"
	"time"

	"joltui/jolt"
)

// Alert is what a row of the log says about a threshold.
type Alert struct {
	// Times is how many episodes are in the row: those that follow one another within a
	// minute share one. First is when the first began, and Total how long those that are over
	// lasted together.
	Times uint64
	First time.Time
	Total time.Duration
	// Seq is the arrival number of the message that met the threshold last, as in
	// [Entry.Seq]; it is in Request.Topic, Request.Data and Size of the row. 0 is none: the
	// field was absent, or the threshold was set after the message had come.
	Seq   uint64
	SeqAt time.Time

	Field     Field
	Threshold Threshold
	Over      bool          // the alert has ended; else it begins
	Withdrawn bool          // it has ended because the user removed the watch or its threshold
	Value     string        // the first value that met the threshold; untrusted, "" for absence
	Lasted    time.Duration // if Over: how long the last episode was
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
	ended     time.Time // when the episode before was over; zero if there was none
	row       uint64    // the position of its last row
	latestRow Alert     // what that says
}

// flapTime is within what time after its end an alert that begins again goes on in the same
// row.
const flapTime = time.Minute

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
	a.tell(at, Alert{Value: strings.Clone(value)})
}

func (a *alert) end(at time.Time, lasted time.Duration) {
	a.tell(at, Alert{Over: true, Lasted: max(lasted, 0), Met: a.met})
	a.begun, a.cleared, a.ended = false, time.Time{}, at
}

// withdraw ends the episode because the user removed the watch or the threshold.
func (a *alert) withdraw(now time.Time) {
	if a.begun {
		a.tell(now, Alert{Over: true, Withdrawn: true, Lasted: max(now.Sub(a.since), 0), Met: a.met})
	}
	a.begun, a.cleared, a.ended = false, time.Time{}, time.Time{}
}

// tell adds the row of the beginning or the end of an episode. If the alert went to and fro
// lately, its last row says so instead: an alert that flaps must not push all others out.
func (a *alert) tell(at time.Time, what Alert) {
	what.Field, what.Threshold = a.owner.field, a.threshold
	before, log := a.latestRow, a.watches.log
	again := !what.Over && !a.ended.IsZero() && at.Sub(a.ended) < flapTime
	if what.Times, what.First = before.Times, before.First; again {
		what.Times++
	} else if !what.Over {
		what.Times, what.First = 1, at
	}
	if again || what.Over {
		what.Total = before.Total + what.Lasted
	}
	row := Row{At: at, Kind: RowAlert, Alert: &what}
	if seen := a.watches.seen; !what.Over && seen.Seq > 0 {
		what.Seq, what.SeqAt = seen.Seq, seen.At
		row.Request = boundedRequest(jolt.Request{Topic: seen.Topic, Data: seen.Data})
		row.Size = len(seen.Data)
	}
	latest := log.At(a.row)
	if before.Times == 0 {
		latest = nil // it has told nothing yet
	}
	if what.Over && latest != nil {
		what.Seq, what.SeqAt = before.Seq, before.SeqAt
		row.Request, row.Size = latest.Request, latest.Size
	}
	a.latestRow = what
	if latest != nil && what.Times > 1 {
		log.replace(a.row, row)
		return
	}
	a.row = log.next
	log.add(row)
}

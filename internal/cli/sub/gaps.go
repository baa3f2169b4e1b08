package sub

import (
	"fmt"
	"io"
	"time"

	"joltui/internal/cli/exit"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/jolt"
)

// gaps are the outages of a subscription. They are told even where nothing else is:
// a loss is never hidden.
type gaps struct {
	errs  io.Writer
	count uint64
	total time.Duration
	since time.Time // up to when everything has come, while an outage lasts; else zero
	cause error     // of that one
}

// changed notes an outage that begins; its gap is told when it is over.
func (g *gaps) changed(e *jolt.StateChange) {
	if e.State == jolt.Down {
		if g.since.IsZero() {
			g.cause = e.Cause
		}
		g.since = e.Since
	}
}

// tell counts an outage that is over.
func (g *gaps) tell(e *jolt.Gap) {
	g.count++
	g.total += e.To.Sub(e.From)
	g.since = time.Time{}
	fmt.Fprintf(g.errs, "joltui: %s; what was published then is missing\n", human.Gap(e, 1))
}

// lasting is the outage that is not over, or nil.
func (g *gaps) lasting(now time.Time) *jolt.Gap {
	if g.since.IsZero() {
		return nil
	}
	return &jolt.Gap{From: g.since, To: now, Cause: g.cause}
}

// err is the error of --fail-on-gap; nil if there was no outage.
func (g *gaps) err() error {
	if g.count == 0 {
		return nil
	}
	times := "was a gap"
	if g.count > 1 {
		times = "were " + human.Count(g.count) + " gaps"
	}
	return &exit.Error{Code: exit.Gap, Err: fmt.Errorf("messages may be missing: there %s, of up to %s in all", times, human.UpTo(g.total))}
}

// gap tells an outage on stderr and, where the data is JSON, within it, as a
// recording has it.
func (p *printer) gap(e *jolt.Gap) {
	p.gaps.tell(e)
	if !p.limits.format.json || p.report != nil {
		return
	}
	line, err := record.AppendGap(nil, e)
	if err != nil {
		p.end(err)
		return
	}
	if p.terminal {
		line = []byte(printable.JSON(string(line)))
	}
	if p.limits.format.null {
		line[len(line)-1] = 0
	}
	p.buf = append(p.buf, line...)
}

// endOutage tells an outage that is not over when the printing ends, and returns it, or nil.
func (p *printer) endOutage() *jolt.Gap {
	e := p.gaps.lasting(time.Now())
	if e != nil {
		p.buf = p.buf[:0]
		p.gap(e)
		p.write()
	}
	return e
}

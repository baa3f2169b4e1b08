package pub

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/figures"
	"joltui/internal/cli/payload"
	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/publisher"
	"joltui/jolt"
)

// tally tells how published messages end, and shows it while they do.
type tally struct {
	*publisher.Publisher
	env         process.Env
	json, quiet bool
	topic, addr string
	lines       bool  // the messages are lines
	from        int64 // the first of them that is published
	total       int   // messages there will be; 0 is not known
	line        *process.ProgressLine
	begun       time.Time
	down        bool // there was an outage that has been told
}

func newTally(ctx context.Context, p flags, env process.Env, args []string, all *payload.Messages, addr string) *tally {
	t := &tally{Publisher: publisher.New(ctx), env: env, json: p.json, quiet: p.quiet, lines: all.Lines, from: p.payloads.From,
		total: all.Total, begun: time.Now(), line: process.NewProgressLine(env, p.silent || p.quiet || all.Single)}
	t.Reconnect, t.addr = p.again, addr
	if len(args) > 0 {
		t.topic = args[0]
	}
	return t
}

// handle tells outages, where they are not the end.
func (t *tally) handle(batch []jolt.Event) {
	for _, e := range batch {
		s, ok := e.(*jolt.StateChange)
		switch {
		case !ok || t.quiet:
		case s.State == jolt.Down && !t.down:
			t.down = true
			fmt.Fprintf(t.env.Stderr, "joltui: disconnected: %s: connecting again\n", human.Cause(s.Cause))
		case s.State == jolt.Up && t.down:
			t.down = false
			fmt.Fprintln(t.env.Stderr, "joltui: connected again")
		}
	}
	t.Handle(batch)
}

// progress is the line that shows how far publishing is.
func (t *tally) progress() string {
	o := t.Progress()
	text := human.Count(uint64(o.Sum()))
	if t.total > 0 {
		text += fmt.Sprintf(" of %s  %3d %%", human.Count(uint64(t.total)), 100*o.Sum()/int64(t.total))
	}
	rate := float64(o.Sum()) / max(time.Since(t.begun).Seconds(), 0.001)
	return fmt.Sprintf("%s  %s/s  %s", text, figures.Whole(rate), outcomeWords(o.Outcomes))
}

// outcomeWords are the outcomes that there were.
func outcomeWords(all publisher.Outcomes) string {
	var words []string
	for _, o := range []jolt.Outcome{jolt.Acknowledged, jolt.Rejected, jolt.Unknown, jolt.NotSent} {
		if n := all.Of(o); n > 0 || o == jolt.Acknowledged {
			words = append(words, fmt.Sprintf("%s %s %s", human.Sign(o), human.Count(uint64(n)), o))
		}
	}
	return strings.Join(words, "  ")
}

// verdict is the error of the whole: the broker's refusal before all else.
func (t *tally) verdict(ctx context.Context, addr string, err error) error {
	o := t.Progress()
	var rejected *jolt.RejectedError
	lost := o.Fault
	if errors.Is(err, errGone) {
		err, lost = nil, cmp.Or(lost, t.Lost(), errGone)
	}
	switch {
	case errors.As(o.Refusal, &rejected):
		return &exit.Error{Code: exit.Rejected, Err: onLines(o.Lines.Rejected, connect.Refusal(rejected))}
	case err != nil:
		return err
	case process.TimedOut(ctx):
		return exit.ErrTimeUp
	case ctx.Err() != nil:
		return exit.ErrInterrupted
	case lost != nil && connect.LoginRefused(t.Lost()):
		return connect.Failure(addr, t.Lost())
	case lost != nil:
		return &exit.Error{Code: exit.NoConnection, Err: fmt.Errorf("the connection to %s was lost: %s", addr, human.Cause(lost))}
	case errors.Is(o.Bad, jolt.ErrBadTopic):
		return exit.Usagef("without a topic: %s", human.Counted(uint64(o.NotSent), "message"))
	case o.Bad != nil:
		return &exit.Error{Code: exit.Usage, Err: onLines(o.Lines.Bad,
			fmt.Errorf("not valid UTF-8, which the protocol needs: %s", human.Counted(uint64(o.NotSent), "message")))}
	}
	return nil
}

// onLines says which lines an error is about.
func onLines(lines publisher.Spans, err error) error {
	if len(lines.All) == 0 {
		return err
	}
	return fmt.Errorf("%s: %w", lines.String(), err)
}

// report is the JSON of how the messages ended.
type report struct {
	Broker       string      `json:"broker"`
	Topic        string      `json:"topic,omitempty"`
	Acknowledged int64       `json:"acknowledged"`
	Rejected     int64       `json:"rejected"`
	Unknown      int64       `json:"unknown"`
	NotSent      int64       `json:"not_sent"`
	Elapsed      float64     `json:"elapsed_s"`
	Interrupted  bool        `json:"interrupted"`
	Error        string      `json:"error"`
	Lines        *lineReport `json:"lines,omitempty"`
}

// lineReport is the JSON of what became of which lines; each is from a first line to a
// last one.
type lineReport struct {
	Acknowledged int64      `json:"last_acknowledged"`
	Rejected     [][2]int64 `json:"rejected"`
	Unknown      [][2]int64 `json:"unknown"`
	Bad          [][2]int64 `json:"invalid"`
	Next         int64      `json:"next"`
}

// print says how the messages ended: on stdout as JSON, else on stderr.
func (t *tally) print(failed error) error {
	o, took := t.Progress(), time.Since(t.begun)
	switch {
	case t.json:
		out := report{t.addr, t.topic, o.Acknowledged, o.Rejected, o.Unknown, o.NotSent, figures.Rounded(took.Seconds()),
			errors.Is(failed, exit.ErrInterrupted), exit.Words(failed), nil}
		if l := &o.Lines; t.lines {
			out.Lines = &lineReport{l.Acknowledged, spans(l.Rejected), spans(l.Unknown), spans(l.Bad), max(l.Next(), t.from)}
		}
		line, err := json.Marshal(out)
		if err == nil {
			_, err = fmt.Fprintln(t.env.Stdout, printable.JSON(string(line)))
		}
		return err
	case t.quiet && failed == nil:
		return nil
	case t.quiet:
	case o.Sum() == 1 && o.Acknowledged == 1:
		fmt.Fprintf(t.env.Stderr, "✓ acknowledged by the broker in %s\n", human.Duration(o.Latency))
	default:
		fmt.Fprintf(t.env.Stderr, "%s in %s\n", outcomeWords(o.Outcomes), human.Duration(took))
	}
	if t.lines && failed != nil {
		fmt.Fprintf(t.env.Stderr, "joltui: %s\n", whereToGoOn(o.Lines, max(o.Lines.Next(), t.from)))
	}
	return nil
}

// spans are lines as JSON has them: none are no null.
func spans(s publisher.Spans) [][2]int64 { return append([][2]int64{}, s.All...) }

// whereToGoOn says what became of which lines.
func whereToGoOn(l publisher.Lines, next int64) string {
	text := "no line was acknowledged"
	if l.Acknowledged > 0 {
		text = fmt.Sprintf("line %d was the last acknowledged", l.Acknowledged)
	}
	for _, of := range []struct {
		lines publisher.Spans
		what  string
	}{{l.Rejected, "refused"}, {l.Bad, "not valid"}, {l.Unknown, "unknown"}} {
		if len(of.lines.All) > 0 {
			text += fmt.Sprintf("; %s: %s", of.what, of.lines.String())
		}
	}
	return text + fmt.Sprintf("; --from-line %d goes on after what was sent", next)
}

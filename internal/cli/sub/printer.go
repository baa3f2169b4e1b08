package sub

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/format"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
)

// printer writes the messages that a subscription brings. Messages come on the
// client's goroutine: a reader of the output that does not keep up slows the
// connection down, and loses nothing before the broker cuts it off.
type printer struct {
	out       io.Writer
	stdout    *os.File // that somebody may cease to read, while no message comes; nil if out is another
	terminal  bool     // out is one
	format    format.Format
	selection selection
	runner    *runner // nil prints
	report    *report // nil prints
	limits    flags
	errs      io.Writer // where to say what is no message
	gaps      gaps
	begun     time.Time

	subscribed atomic.Bool // to all topics: from then on it connects again

	mu      sync.Mutex
	printed uint64 // messages, of each of which jq may make several records
	records uint64
	bytes   uint64 // of payloads printed
	passed  uint64 // messages that were not selected
	jqFails uint64 // those of them that the jq expression failed on
	failed  uint64 // messages that the template failed on
	latest  time.Time
	err     error

	buf  []byte
	done chan struct{} // closed when there is nothing more to print
	once sync.Once
}

func newPrinter(ctx context.Context, s flags, out *output, env process.Env) (*printer, error) {
	print, err := s.format.format(out.terminal)
	if err != nil {
		return nil, err
	}
	selection, err := s.selection.selection()
	if err != nil {
		return nil, err
	}
	now := time.Now()
	p := &printer{out: out, stdout: out.stdout, terminal: out.terminal, format: print, selection: selection, limits: s, errs: env.Stderr, runner: newRunner(ctx, s.exec, env),
		gaps: gaps{errs: env.Stderr}, begun: now, latest: now, done: make(chan struct{})}
	if s.quiet {
		p.errs = io.Discard
	}
	return p, nil
}

// handle takes what the client brings.
func (p *printer) handle(batch []jolt.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.buf = p.buf[:0]
	for _, event := range batch {
		if p.finished() || p.complete() {
			break // what comes after the last message that was asked for is nobody's loss
		}
		switch e := event.(type) {
		case *jolt.Message:
			p.message(e)
		case *jolt.Gap:
			p.gap(e)
		case *jolt.StateChange:
			p.gaps.changed(e)
			p.changed(e)
		case *jolt.Reply:
			if e.Request.Auto && e.Outcome == jolt.Rejected && e.Request.Op == jolt.OpSubscribe {
				p.end(connect.Failure("", e.Err))
			}
		case *jolt.BadLine:
			var foreign *jolt.ForeignError
			if !p.subscribed.Load() || errors.As(e.Err, &foreign) {
				continue // why there is no connection says it
			}
			fmt.Fprintf(p.gaps.errs, "joltui: a line of %s could not be read: %s\n", human.Bytes(uint64(e.Size)), human.Cause(e.Err))
		}
	}
	p.write()
	if p.complete() {
		p.end(nil) // now that all of it is written
	}
}

// complete reports whether all messages have come that were asked for.
func (p *printer) complete() bool { return p.limits.count > 0 && p.printed >= p.limits.count }

// message adds what m gives to the buffer.
func (p *printer) message(m *jolt.Message) {
	data, err := p.selection.of(m.Data)
	if err != nil {
		if p.jqFails++; p.jqFails == 1 {
			p.tell(p.errs, fmt.Errorf("--jq: a message of %s: %w", m.Topic, err))
		}
	}
	if len(data) == 0 {
		p.passed++
		return
	}
	p.latest = m.At
	before := p.records
	for _, d := range data {
		if p.report != nil {
			p.report.add(m.Topic, len(d))
			p.records++
			p.bytes += uint64(len(d))
			continue
		}
		buf, err := p.record(format.Message{Time: m.At, Topic: m.Topic, Data: d, Count: p.records + 1})
		if p.runner != nil && p.runner.ctx.Err() != nil {
			break // which has ended the command
		}
		if err != nil {
			if p.failed++; p.failed == 1 { // others may be of another shape
				p.tell(p.gaps.errs, err)
			}
			break
		}
		p.buf = buf
		p.records++
		p.bytes += uint64(len(d))
	}
	if p.records > before {
		p.printed++
	}
}

// record adds a record to the buffer, which it returns, or runs the command for it.
func (p *printer) record(m format.Message) ([]byte, error) {
	if p.runner == nil {
		return p.format(p.buf, m)
	}
	text, err := p.format(nil, m)
	if err == nil {
		err = p.runner.run(m, text)
	}
	return p.buf, err
}

// tell says at once what is wrong with the first message of a kind.
func (p *printer) tell(w io.Writer, err error) {
	fmt.Fprintf(w, "joltui: %s\n", printable.Line(err.Error()))
}

func (p *printer) write() {
	if len(p.buf) == 0 {
		return
	}
	if _, err := p.out.Write(p.buf); err != nil {
		p.end(err)
	}
}

func (p *printer) changed(e *jolt.StateChange) {
	switch {
	case e.State == jolt.Down && e.Attempt == 0:
		words := ""
		if p.subscribed.Load() { // before that, it ends
			words = ": connecting again"
		}
		fmt.Fprintf(p.errs, "joltui: disconnected: %s%s\n", printable.Line(human.Cause(e.Cause)), words)
	case e.State == jolt.Closed && e.Cause != nil:
		p.end(connect.Failure(e.Addr, e.Cause))
	}
}

// end stops the printing; only the first call counts.
func (p *printer) end(err error) {
	p.once.Do(func() {
		p.err = err
		close(p.done)
		if p.runner != nil {
			p.runner.stop()
		}
	})
}

func (p *printer) finished() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

// wait returns when all was printed that was asked for, or the time is up.
func (p *printer) wait(ctx context.Context) error {
	if p.limits.timeout > 0 {
		defer time.AfterFunc(time.Until(p.begun.Add(p.limits.timeout)), func() { p.end(exit.ErrTimeout) }).Stop()
	}
	if p.limits.idleTimeout > 0 {
		go p.watchIdle()
	}
	if p.stdout != nil {
		go func() {
			if process.ReaderGone(p.stdout, p.done) {
				p.end(syscall.EPIPE)
			}
		}()
	}
	select {
	case <-p.done:
	case <-ctx.Done():
		p.end(exit.ErrInterrupted)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	outage := p.endOutage()
	err := p.verdict()
	if outage != nil && exit.Code(err) == exit.TimeUp { // what was waited for could not come
		err = &exit.Error{Code: exit.NoConnection, Err: fmt.Errorf("%w, and there is no connection: %s", err, human.Cause(outage.Cause))}
	}
	if err == nil && p.limits.failOnGap {
		err = p.gaps.err()
	}
	return err
}

// watchIdle ends the printing when no message was printed for too long.
func (p *printer) watchIdle() {
	for {
		p.mu.Lock()
		rest := p.limits.idleTimeout - time.Since(p.latest)
		p.mu.Unlock()
		if rest <= 0 {
			p.end(exit.ErrTimeout)
			return
		}
		select {
		case <-p.done:
			return
		case <-time.After(rest):
		}
	}
}

// verdict is the end of the command: whether it did what it was asked for.
func (p *printer) verdict() error {
	short := p.limits.count > 0 && p.printed < p.limits.count
	timeUp := errors.Is(p.err, exit.ErrTimeout)
	switch {
	case errors.Is(p.err, syscall.EPIPE): // nobody reads any more, which is no fault
		return nil
	case p.err != nil && !timeUp && !errors.Is(p.err, exit.ErrInterrupted):
		return p.err
	case timeUp && short:
		return &exit.Error{Code: exit.TimeUp, Err: fmt.Errorf("the time was up after %s of %s messages", human.Count(p.printed), human.Count(p.limits.count))}
	case p.err != nil && !short && p.printed+p.failed > 0, errors.Is(p.err, exit.ErrInterrupted):
		p.summary()
	}
	switch {
	case errors.Is(p.err, exit.ErrInterrupted) && short:
		return fmt.Errorf("interrupted after %s of %s messages", human.Count(p.printed), human.Count(p.limits.count))
	case p.failed > 0:
		what := "could not be printed"
		if p.runner != nil {
			what = "could not be handled by the command"
		}
		return fmt.Errorf("%s %s", human.Counted(p.failed, "message"), what)
	case timeUp && p.printed == 0:
		return &exit.Error{Code: exit.TimeUp, Err: errors.New("the time was up before a message came" + p.otherWords())}
	}
	return nil
}

// otherWords says that messages came which are not those that were asked for.
func (p *printer) otherWords() string {
	if p.passed == 0 {
		return ""
	}
	return fmt.Sprintf(" that matches; %s more did not", human.Count(p.passed))
}

// summary tells what was printed.
func (p *printer) summary() {
	took := time.Since(p.begun)
	fmt.Fprintf(p.errs, "joltui: %s, %s in %s", human.Counted(p.printed, "message"), human.Bytes(p.bytes), human.Duration(took))
	if p.passed > 0 {
		fmt.Fprintf(p.errs, ", %s more that did not match", human.Count(p.passed))
	}
	fmt.Fprintln(p.errs)
}

package sub

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"joltui/internal/cli/exit"
	"joltui/internal/cli/figures"
	"joltui/internal/human"
	"joltui/internal/printable"
)

// report counts messages by topic, in place of printing them.
type report struct {
	mu     sync.Mutex
	begun  time.Time
	order  []string
	topics map[string]*topicReport
	drawn  int // rows of a terminal that the table has
}

// topicReport is what came on a topic.
type topicReport struct {
	Topic    string  `json:"topic"`
	Messages uint64  `json:"messages"`
	Bytes    uint64  `json:"bytes"`
	Rate     float64 `json:"per_s"`
	ByteRate float64 `json:"bytes_per_s"`

	before, bytesBefore uint64 // at the last look
}

// newReport counts from a time on, on topics in their order.
func newReport(begun time.Time, topics []string) *report {
	r := &report{begun: begun, topics: make(map[string]*topicReport)}
	for _, name := range topics {
		if r.topics[name] == nil {
			r.order = append(r.order, name)
			r.topics[name] = &topicReport{Topic: name}
		}
	}
	return r
}

// start begins to count the time, when messages can come.
func (r *report) start() {
	if r != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.begun = time.Now()
	}
}

// add counts a message; what is on no topic of ours counts nowhere.
func (r *report) add(topic string, bytes int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t := r.topics[topic]; t != nil {
		t.Messages++
		t.Bytes += uint64(bytes)
	}
}

// rows are the topics with their rates since the begin, or since the look before.
func (r *report) rows(elapsed time.Duration, lately bool) []topicReport {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]topicReport, 0, len(r.order))
	seconds := max(elapsed.Seconds(), 0.001)
	for _, name := range r.order {
		t := r.topics[name]
		row := *t
		if !lately {
			row.before, row.bytesBefore = 0, 0
		}
		row.Rate = figures.Rounded(float64(row.Messages-row.before) / seconds)
		row.ByteRate = figures.Rounded(float64(row.Bytes-row.bytesBefore) / seconds)
		if lately {
			t.before, t.bytesBefore = t.Messages, t.Bytes
		}
		all = append(all, row)
	}
	return all
}

// reportTable is the rows for people, with a line for all of them.
func reportTable(rows []topicReport, width int) []string {
	lines := []string{fmt.Sprintf("%12s  %9s  %9s  %11s  %s", "messages", "/s", "payload", "payload/s", "topic")}
	var all topicReport
	for _, r := range append(rows[:len(rows):len(rows)], topicReport{}) {
		name := printable.Line(r.Topic)
		if r.Topic == "" {
			r, name = all, "in all"
		}
		lines = append(lines, ansi.Truncate(fmt.Sprintf("%12s  %9s  %9s  %11s  %s", human.Count(r.Messages), figures.Whole(r.Rate),
			human.Bytes(r.Bytes), human.ByteRate(r.ByteRate), name), width, "…"))
		all.Messages, all.Bytes, all.Rate, all.ByteRate = all.Messages+r.Messages, all.Bytes+r.Bytes, all.Rate+r.Rate, all.ByteRate+r.ByteRate
	}
	return lines
}

// reportJSON is the report of a run, as a line.
type reportJSON struct {
	Broker      string        `json:"broker"`
	Elapsed     float64       `json:"elapsed_s"`
	Messages    uint64        `json:"messages"`
	Bytes       uint64        `json:"bytes"`
	Topics      []topicReport `json:"topics"`
	Gaps        uint64        `json:"gaps"`
	Gap         float64       `json:"gap_up_to_s"`
	Interrupted bool          `json:"interrupted"`
	Error       string        `json:"error"`
}

// show draws the table on a terminal once a second, until done is closed.
func (r *report) show(w io.Writer, size func() (int, int), ticks <-chan time.Time, done <-chan struct{}) {
	before := r.begun
	for {
		select {
		case now := <-ticks:
			r.draw(w, r.rows(now.Sub(before), true), size)
			before = now
		case <-done:
			r.clear(w)
			return
		}
	}
}

// draw puts a table in place of the one before, as much of it as there is room for.
func (r *report) draw(w io.Writer, rows []topicReport, size func() (int, int)) {
	width, height := size()
	lines := reportTable(rows, max(width-1, 1))
	if most := max(height-1, 2); len(lines) > most {
		left := len(lines) - most
		lines = append(lines[:most-2:most-2], fmt.Sprintf("%12s  %s more", "…", human.Count(uint64(left+1))), lines[len(lines)-1])
	}
	r.clear(w)
	io.WriteString(w, strings.Join(lines, "\n")+"\n")
	r.drawn = len(lines)
}

// clear takes the table away.
func (r *report) clear(w io.Writer) {
	if r.drawn > 0 {
		fmt.Fprintf(w, "\x1b[%dA\x1b[J", r.drawn)
		r.drawn = 0
	}
}

// watchReport draws the report where somebody sees it; stop takes it away again.
func (p *printer) watchReport() (stop func()) {
	if p.report == nil || !p.terminal || p.limits.format.json || p.stdout == nil {
		return func() {}
	}
	tick, quit, ended := time.NewTicker(time.Second), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		p.report.show(p.out, func() (int, int) {
			if w, h, err := term.GetSize(p.stdout.Fd()); err == nil {
				return w, h
			}
			return 80, 24
		}, tick.C, quit)
	}()
	return func() {
		tick.Stop()
		close(quit)
		<-ended
	}
}

// printReport prints what came, when it is over.
func (p *printer) printReport(addr string, failed error) error {
	if p.report == nil {
		return nil
	}
	took := time.Since(p.report.begun)
	rows := p.report.rows(took, false)
	var err error
	if !p.limits.format.json {
		_, err = io.WriteString(p.out, strings.Join(reportTable(rows, 1<<10), "\n")+"\n")
		return err
	}
	out := reportJSON{Broker: addr, Elapsed: figures.Rounded(took.Seconds()), Messages: p.printed, Bytes: p.bytes, Topics: rows,
		Gaps: p.gaps.count, Gap: figures.Rounded(p.gaps.total.Seconds()), Interrupted: errors.Is(p.err, exit.ErrInterrupted), Error: exit.Words(failed)}
	line, err := json.Marshal(out)
	if err == nil {
		_, err = fmt.Fprintln(p.out, printable.JSON(string(line)))
	}
	return err
}

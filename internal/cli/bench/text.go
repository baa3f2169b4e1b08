package bench

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"joltui/internal/cli/figures"
	"joltui/internal/human"
	"joltui/internal/load"
	"joltui/internal/printable"
)

// nameWidth is the width of what stands in front of figures. With seven figures
// of nine cells that is 77.
const nameWidth = 14

// printText writes the results for people, at most 80 cells wide.
func printText(w io.Writer, r *load.Result, _ error) error {
	var b bytes.Buffer
	head(&b, r)
	throughput(&b, r)
	latencies(&b, r)
	counts(&b, r)
	for _, remark := range remarks(r) {
		fmt.Fprintf(&b, "\n%s\n", remark)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// head says what was measured.
func head(w io.Writer, r *load.Result) {
	c := r.Config
	topics := printable.Prefix(c.Topic, 24)
	if c.Topics > 1 {
		topics = fmt.Sprintf("%s.1 … %s.%d", topics, topics, c.Topics)
	}
	pace := "as fast as acknowledged"
	if c.Rate > 0 {
		pace = human.Counted(uint64(c.Rate), "message") + " a second"
	}
	line(w, "broker", "%s", printable.Line(c.Client.Addr))
	if c.Subscribers > 0 && c.SubscribeAddr != "" && c.SubscribeAddr != c.Client.Addr {
		line(w, "subscribed at", "%s", printable.Line(c.SubscribeAddr))
	}
	line(w, "clients", "%s, %s", human.Counted(uint64(c.Publishers), "publisher"), human.Counted(uint64(c.Subscribers), "subscriber"))
	line(w, "topics", "%s", topics)
	line(w, "messages", "%s, %s in flight for each publisher", human.Counted(uint64(c.Size), "byte"), figures.Count(int64(c.Window)))
	line(w, "pace", "%s", pace)
	line(w, "measured", "%s, after %s of warm-up\n", length(r), human.Duration(c.Warmup))
}

// length is how long the measurement was, and should have been.
func length(r *load.Result) string {
	took, planned := human.Duration(r.Elapsed), human.Duration(r.Config.Duration)
	done := figures.Count(r.Outcomes.Published())
	switch c := r.Config; {
	case c.Count > 0 && r.Interrupted:
		return fmt.Sprintf("%s of %s messages in %s", done, figures.Count(int64(c.Count)), took)
	case c.Count > 0:
		return fmt.Sprintf("%s messages in %s", done, took)
	case r.Interrupted:
		return fmt.Sprintf("%s of %s", took, planned)
	}
	return planned
}

func line(w io.Writer, name, format string, args ...any) {
	fmt.Fprintf(w, "%-*s%s\n", nameWidth, name, fmt.Sprintf(format, args...))
}

// table writes rows of one name and figures, each figure as wide as told.
func table(w io.Writer, width int, rows ...[]string) {
	for _, row := range rows {
		fmt.Fprintf(w, "%-*s", nameWidth, row[0])
		for _, cell := range row[1:] {
			fmt.Fprintf(w, "%*s", width, cell)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
}

func throughput(w io.Writer, r *load.Result) {
	row := func(name string, n int64, perSecond float64) []string {
		return []string{name, figures.Count(n), figures.Whole(perSecond), human.Bytes(uint64(perSecond*float64(r.Config.Size))) + "/s"}
	}
	rows := [][]string{
		{"", "messages", "messages/s", "payload"},
		row("published", r.Outcomes.Published(), r.PublishedPerSecond()),
		row("acknowledged", r.Outcomes.Acknowledged, r.AcknowledgedPerSecond()),
	}
	if r.Config.Subscribers > 0 {
		rows = append(rows, row("delivered", r.Deliveries.Received, r.DeliveredPerSecond()))
	}
	table(w, 16, rows...)
}

func latencies(w io.Writer, r *load.Result) {
	rows := [][]string{{"latency, ms", "min", "mean", "p50", "p90", "p99", "p99.9", "max"}}
	for _, l := range []struct {
		name string
		load.Latency
	}{{"acknowledged", r.Ack}, {"delivered", r.EndToEnd}, {"overslept", r.Overslept}} {
		if l.Count == 0 {
			continue
		}
		row := []string{l.name}
		for _, d := range []time.Duration{l.Min, l.Mean, l.P50, l.P90, l.P99, l.P999, l.Max} {
			row = append(row, millis(d))
		}
		rows = append(rows, row)
	}
	if len(rows) > 1 {
		table(w, 9, rows...)
	}
}

// millis writes three digits of a time in milliseconds.
func millis(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case ms < 1:
		return fmt.Sprintf("%.3f", ms)
	case ms < 10:
		return fmt.Sprintf("%.2f", ms)
	case ms < 100:
		return fmt.Sprintf("%.1f", ms)
	default:
		return figures.Whole(ms)
	}
}

func counts(w io.Writer, r *load.Result) {
	o, d := r.Outcomes, r.Deliveries
	line(w, "outcomes", "%s acknowledged, %s rejected, %s unknown, %s not sent",
		figures.Count(o.Acknowledged), figures.Count(o.Rejected), figures.Count(o.Unknown), figures.Count(o.NotSent))
	if r.Config.Subscribers > 0 {
		line(w, "subscribers", "%s lost, %s duplicates, %s out of order, %s foreign",
			figures.Count(d.Lost), figures.Count(d.Duplicates), figures.Count(d.Reordered), figures.Count(d.Foreign))
	}
	if r.Outages == 0 {
		line(w, "connections", "never lost")
	} else {
		line(w, "connections", "lost %s, for %s in all", times(r.Outages), human.Duration(r.Outage))
	}
}

// remarks says what the figures mean.
func remarks(r *load.Result) (out []string) {
	rate := int64(r.Config.Rate)
	switch {
	case rate == 0:
		out = append(out, "Publishers sent as fast as the broker acknowledged: these are the latencies of a\n"+
			"saturated broker. --rate shows those of a load that you choose.")
	case r.Reached():
		out = append(out, fmt.Sprintf("Asked for %s messages/s and reached it. Latencies count from when a message\n"+
			"was due; what publishers overslept is part of them.", figures.Count(rate)))
	default:
		remark := fmt.Sprintf("Asked for %s messages/s and reached %s", figures.Count(rate), figures.Whole(r.AcknowledgedPerSecond()))
		if r.Overdue > 0 {
			remark += fmt.Sprintf(": %s were never sent", figures.Count(r.Overdue))
		}
		if r.Outages == 0 {
			remark += ".\nThe latencies of such a load grow for as long as it lasts"
		}
		out = append(out, remark+".")
	}
	return append(out, fmt.Sprintf("Publishers and subscribers were one process, with one clock, on %s.",
		human.Counted(uint64(r.Processors), "processor")))
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return figures.Count(int64(n)) + " times"
}

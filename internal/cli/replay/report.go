package replay

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"joltui/internal/cli/exit"
	"joltui/internal/cli/figures"
	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/record"
)

// barCells is how wide the bar of the progress is.
const barCells = 20

// progress is the line that shows how far publishing is.
func (p *republisher) progress(elapsed time.Duration) string {
	o := p.count()
	done := p.all.messages - o.NotSent
	cells := int(barCells * done / p.all.messages)
	parts := []string{
		strings.Repeat("━", cells) + strings.Repeat("─", barCells-cells),
		fmt.Sprintf("%d %%", 100*done/p.all.messages),
		figures.Count(done) + " of " + figures.Count(p.all.messages),
		figures.Whole(float64(done)/elapsed.Seconds()) + "/s",
		"✓ " + figures.Count(o.Acknowledged),
	}
	if o.Rejected > 0 {
		parts = append(parts, "✗ "+figures.Count(o.Rejected))
	}
	if o.Unknown > 0 {
		parts = append(parts, "? "+figures.Count(o.Unknown))
	}
	return strings.Join(parts, "  ")
}

// The reports as JSON. The names may be added to, but not changed.
type (
	publishedReport struct {
		Broker       string   `json:"broker"`
		Files        []string `json:"files"`
		Messages     int64    `json:"messages"`
		Acknowledged int64    `json:"acknowledged"`
		Rejected     int64    `json:"rejected"`
		Unknown      int64    `json:"unknown"`
		NotSent      int64    `json:"not_sent"`
		Elapsed      float64  `json:"elapsed_s"`
		Rate         float64  `json:"acknowledged_per_s"`
		Interrupted  bool     `json:"interrupted"`
		Error        string   `json:"error"`
	}
	planReport struct {
		DryRun   bool              `json:"dry_run"`
		Files    []string          `json:"files"`
		Messages int64             `json:"messages"`
		Bytes    uint64            `json:"bytes"`
		First    time.Time         `json:"first"`
		Last     time.Time         `json:"last"`
		Takes    float64           `json:"takes_s"`
		Topics   []planTopicReport `json:"topics"`
	}
	planTopicReport struct {
		Topic    string `json:"topic"`
		Messages int64  `json:"messages"`
		Bytes    uint64 `json:"bytes"`
	}
)

// printPublished says what came of it.
func printPublished(env process.Env, r flags, p *republisher, failed error) error {
	o, rate := p.count(), 0.0
	if p.took > 0 {
		rate = float64(p.count().Acknowledged) / p.took.Seconds()
	}
	if r.json {
		report := publishedReport{
			Broker: p.addr, Files: p.set.Paths(), Messages: p.all.messages,
			Acknowledged: o.Acknowledged, Rejected: o.Rejected, Unknown: o.Unknown, NotSent: o.NotSent,
			Elapsed: figures.Rounded(p.took.Seconds()), Rate: figures.Rounded(rate), Interrupted: errors.Is(failed, exit.ErrInterrupted),
		}
		if failed != nil {
			report.Error = failed.Error()
		}
		return json.NewEncoder(env.Stdout).Encode(report)
	}
	if r.quiet {
		return nil
	}
	_, err := fmt.Fprintf(env.Stderr, "joltui: published %s of %s messages to %s in %s: %s acknowledged, %s rejected, %s unknown, %s not sent\n",
		figures.Count(o.Published()), figures.Count(p.all.messages), printable.Line(p.addr), human.Duration(p.took),
		figures.Count(o.Acknowledged), figures.Count(o.Rejected), figures.Count(o.Unknown), figures.Count(o.NotSent))
	return err
}

// printPlan says what would be published.
func printPlan(w io.Writer, r flags, set *record.Set, all *plan) error {
	takes := r.pace(all).takes(all)
	if r.json {
		report := planReport{
			DryRun: true, Files: set.Paths(), Messages: all.messages, Bytes: all.bytes,
			First: all.first, Last: all.last, Takes: figures.Rounded(takes.Seconds()),
		}
		for _, t := range all.topics {
			report.Topics = append(report.Topics, planTopicReport{t.name, t.messages, t.bytes})
		}
		return json.NewEncoder(w).Encode(report)
	}
	var b strings.Builder
	for _, t := range all.topics {
		fmt.Fprintf(&b, "%12s  %9s  %s\n", figures.Count(t.messages), human.Bytes(t.bytes), printable.Line(t.name))
	}
	fmt.Fprintf(&b, "%12s  %9s  in all, recorded from %s to %s\n", figures.Count(all.messages), human.Bytes(all.bytes),
		all.first.Format(time.DateTime), all.last.Format(time.DateTime))
	fmt.Fprintf(&b, "It would take %s. Nothing was sent.\n", inWords(takes))
	_, err := io.WriteString(w, b.String())
	return err
}

// inWords is how long publishing takes.
func inWords(d time.Duration) string {
	if d < time.Second {
		return "as long as the broker needs"
	}
	return human.Duration(d)
}

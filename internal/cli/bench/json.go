package bench

import (
	"encoding/json"
	"io"
	"time"

	"joltui/internal/cli/figures"
	"joltui/internal/cli/process"
	"joltui/internal/load"
)

// The results as JSON. README.md describes the names: they may be added to, but
// not changed.
type (
	report struct {
		Joltui      string `json:"joltui"`
		Processors  int    `json:"processors"`
		Broker      string `json:"broker"`
		Subscribed  string `json:"subscribers_broker,omitempty"` // where it is another
		Asked       asked  `json:"asked"`
		Interrupted bool   `json:"interrupted"`
		Error       string `json:"error"`

		Elapsed      float64 `json:"elapsed_s"`
		Published    flow    `json:"published"`
		Acknowledged flow    `json:"acknowledged"`
		Delivered    flow    `json:"delivered"`

		Rejected   int64 `json:"rejected"`
		Unknown    int64 `json:"unknown"`
		NotSent    int64 `json:"not_sent"`
		Overdue    int64 `json:"overdue"`
		Lost       int64 `json:"lost"`
		Duplicates int64 `json:"duplicates"`
		Reordered  int64 `json:"reordered"`
		Foreign    int64 `json:"foreign"`

		Outages int     `json:"outages"`
		Outage  float64 `json:"outage_s"`

		Ack       latency `json:"ack"`
		EndToEnd  latency `json:"end_to_end"`
		Overslept latency `json:"overslept"`
	}
	asked struct {
		Publishers  int     `json:"publishers"`
		Subscribers int     `json:"subscribers"`
		Topic       string  `json:"topic"`
		Topics      int     `json:"topics"`
		Size        int     `json:"size_bytes"`
		Window      int     `json:"window"`
		Rate        int     `json:"rate_per_s"`
		Count       int     `json:"count"`
		Duration    float64 `json:"duration_s"`
		Warmup      float64 `json:"warmup_s"`
	}
	flow struct {
		Messages int64   `json:"messages"`
		Rate     float64 `json:"per_s"`
		Bytes    float64 `json:"bytes_per_s"`
	}
	latency struct {
		Count int64   `json:"count"`
		Min   float64 `json:"min_us"`
		Mean  float64 `json:"mean_us"`
		P50   float64 `json:"p50_us"`
		P90   float64 `json:"p90_us"`
		P99   float64 `json:"p99_us"`
		P999  float64 `json:"p999_us"`
		Max   float64 `json:"max_us"`
	}
)

// printJSON writes the results, and why they are not all right, as one
// line.
func printJSON(w io.Writer, r *load.Result, failed error) error {
	c, o, d := r.Config, r.Outcomes, r.Deliveries
	counted := func(n int64, perSecond float64) flow {
		return flow{n, figures.Rounded(perSecond), figures.Rounded(perSecond * float64(c.Size))}
	}
	out := report{
		Joltui: process.Version(), Processors: r.Processors, Broker: c.Client.Addr,
		Asked: asked{
			Publishers: c.Publishers, Subscribers: c.Subscribers, Topic: c.Topic, Topics: c.Topics,
			Size: c.Size, Window: c.Window, Rate: c.Rate, Count: c.Count,
			Duration: c.Duration.Seconds(), Warmup: c.Warmup.Seconds(),
		},
		Interrupted: r.Interrupted,

		Elapsed:      figures.Rounded(r.Elapsed.Seconds()),
		Published:    counted(o.Published(), r.PublishedPerSecond()),
		Acknowledged: counted(o.Acknowledged, r.AcknowledgedPerSecond()),
		Delivered:    counted(d.Received, r.DeliveredPerSecond()),

		Rejected: o.Rejected, Unknown: o.Unknown, NotSent: o.NotSent, Overdue: r.Overdue,
		Lost: d.Lost, Duplicates: d.Duplicates, Reordered: d.Reordered, Foreign: d.Foreign,
		Outages: r.Outages, Outage: figures.Rounded(r.Outage.Seconds()),

		Ack: microseconds(r.Ack), EndToEnd: microseconds(r.EndToEnd), Overslept: microseconds(r.Overslept),
	}
	if c.SubscribeAddr != c.Client.Addr {
		out.Subscribed = c.SubscribeAddr
	}
	if failed != nil {
		out.Error = failed.Error()
	}
	return json.NewEncoder(w).Encode(out)
}

func microseconds(l load.Latency) latency {
	us := func(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
	return latency{
		Count: l.Count, Min: us(l.Min), Mean: us(l.Mean), Max: us(l.Max),
		P50: us(l.P50), P90: us(l.P90), P99: us(l.P99), P999: us(l.P999),
	}
}

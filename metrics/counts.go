package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"joltui/broker"
)

// counts makes metrics of a broker's statistics when they are asked for, so that
// the broker counts nothing twice.
type counts struct {
	b       *broker.Broker
	metrics []count
	expiry  *prometheus.Desc
}

type count struct {
	desc  *prometheus.Desc
	kind  prometheus.ValueType
	value func(broker.Stats) float64
}

func newCounts(b *broker.Broker) *counts {
	c := &counts{b: b, expiry: describe("certificate_expiry_timestamp_seconds", "When the broker's certificate ends, in Unix time. Only with TLS.")}
	gauge := func(name, help string, value func(broker.Stats) int) {
		c.add(name, help, prometheus.GaugeValue, func(s broker.Stats) float64 { return float64(value(s)) })
	}
	total := func(name, help string, value func(broker.Stats) uint64) {
		c.add(name+"_total", help, prometheus.CounterValue, func(s broker.Stats) float64 { return float64(value(s)) })
	}
	gauge("connections", "Connections that are open.", func(s broker.Stats) int { return s.Connections })
	gauge("topics", "Topics with at least one subscriber.", func(s broker.Stats) int { return s.Topics })
	total("connections_accepted", "Connections let in.", func(s broker.Stats) uint64 { return s.Accepted })
	total("connections_turned_away", "Connections refused because there were too many.", func(s broker.Stats) uint64 { return s.TurnedAway })
	total("messages_in", "Messages accepted from publishers.", func(s broker.Stats) uint64 { return s.MessagesIn })
	total("messages_out", "Messages queued for subscribers, one for each who gets it.", func(s broker.Stats) uint64 { return s.MessagesOut })
	total("slow_consumers", "Connections closed because their client did not read.", func(s broker.Stats) uint64 { return s.SlowConsumers })
	total("login_failures", "Logins with an unknown user or a wrong password.", func(s broker.Stats) uint64 { return s.LoginFailures })
	return c
}

func describe(name, help string) *prometheus.Desc {
	return prometheus.NewDesc("jolt_broker_"+name, help, nil, nil)
}

func (c *counts) add(name, help string, kind prometheus.ValueType, value func(broker.Stats) float64) {
	c.metrics = append(c.metrics, count{describe(name, help), kind, value})
}

// Describe implements [prometheus.Collector].
func (c *counts) Describe(to chan<- *prometheus.Desc) {
	to <- c.expiry
	for _, m := range c.metrics {
		to <- m.desc
	}
}

// Collect implements [prometheus.Collector].
func (c *counts) Collect(to chan<- prometheus.Metric) {
	stats := c.b.Stats()
	for _, m := range c.metrics {
		to <- prometheus.MustNewConstMetric(m.desc, m.kind, m.value(stats))
	}
	if ends := stats.CertificateEnds; !ends.IsZero() {
		to <- prometheus.MustNewConstMetric(c.expiry, prometheus.GaugeValue, float64(ends.UnixNano())/float64(time.Second))
	}
}

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
	paused  *prometheus.Desc
	refused *prometheus.Desc
	engine  []engineCount
}

type count struct {
	desc  *prometheus.Desc
	kind  prometheus.ValueType
	value func(broker.Stats) float64
}

func newCounts(b *broker.Broker) *counts {
	c := &counts{b: b,
		expiry:  describe("certificate_expiry_timestamp_seconds", "When the broker's certificate ends, in Unix time. Only with TLS."),
		paused:  describe("publishers_paused_seconds_total", "How long publishers waited for slow subscribers, by the user of the subscriber; empty without a login.", "user"),
		refused: describe("requests_refused_total", "Requests that were refused, by the code of the reply.", "code"),
	}
	gauge := func(name, help string, value func(broker.Stats) int) {
		c.add(name, help, prometheus.GaugeValue, func(s broker.Stats) float64 { return float64(value(s)) })
	}
	total := func(name, help string, value func(broker.Stats) uint64) {
		c.add(name+"_total", help, prometheus.CounterValue, func(s broker.Stats) float64 { return float64(value(s)) })
	}
	c.engine = engineCounts()
	gauge("connections", "Connections that are open.", func(s broker.Stats) int { return s.Connections })
	gauge("topics", "Topics with at least one subscriber.", func(s broker.Stats) int { return s.Topics })
	total("connections_accepted", "Connections let in.", func(s broker.Stats) uint64 { return s.Accepted })
	total("connections_turned_away", "Connections refused because there were too many.", func(s broker.Stats) uint64 { return s.TurnedAway })
	total("messages_in", "Messages accepted from publishers.", func(s broker.Stats) uint64 { return s.MessagesIn })
	total("messages_out", "Messages queued for subscribers, one for each who gets it.", func(s broker.Stats) uint64 { return s.MessagesOut })
	total("bytes_in", "Bytes of the messages accepted, as subscribers are sent them.", func(s broker.Stats) uint64 { return s.BytesIn })
	total("bytes_out", "Bytes of the messages queued for subscribers.", func(s broker.Stats) uint64 { return s.BytesOut })
	total("slow_consumers", "Connections closed because their client did not read.", func(s broker.Stats) uint64 { return s.SlowConsumers })
	gauge("memory_used_bytes", "Memory that the process uses of memory_limit_bytes.", func(s broker.Stats) int { return int(s.Memory) })
	gauge("memory_limit_bytes", "Memory above which clients are refused.", func(broker.Stats) int { return b.Limits().MemoryBytes })
	gauge("logins_pending", "Passwords that are being verified, or wait for that.", func(s broker.Stats) int { return s.LoginsPending })
	gauge("open_to_all", "1 if everybody may do everything, at an address that others can reach.", func(s broker.Stats) int { return truth(s.OpenToAll) })
	gauge("clear_passwords", "1 if passwords are not encrypted, at an address that others can reach.", func(s broker.Stats) int { return truth(s.ClearPasswords) })
	total("logins_refused", "Logins refused without a look at the password, because too many waited or had failed.", func(s broker.Stats) uint64 { return s.LoginsRefused })
	total("requests_limited", "Requests refused because their user makes more than the limit in a second.", func(s broker.Stats) uint64 { return s.RequestsLimited })
	gauge("last_values", "Latest messages that are kept for new subscribers.", func(s broker.Stats) int { return s.LastValues })
	gauge("last_value_bytes", "Memory that those take.", func(s broker.Stats) int { return s.LastValueBytes })
	total("last_values_forgotten", "Latest messages for which there was no room any more.", func(s broker.Stats) uint64 { return s.LastValuesForgotten })
	total("handshake_failures", "Connections that did not get as far as TLS.", func(s broker.Stats) uint64 { return s.HandshakeFailures })
	total("foreign_connections", "Connections that spoke another protocol, such as HTTP.", func(s broker.Stats) uint64 { return s.Foreign })
	total("login_failures", "Logins with an unknown user or a wrong password.", func(s broker.Stats) uint64 { return s.LoginFailures })
	return c
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("jolt_broker_"+name, help, labels, nil)
}

func (c *counts) add(name, help string, kind prometheus.ValueType, value func(broker.Stats) float64) {
	c.metrics = append(c.metrics, count{describe(name, help), kind, value})
}

// Describe implements [prometheus.Collector].
func (c *counts) Describe(to chan<- *prometheus.Desc) {
	to <- c.expiry
	to <- c.paused
	to <- c.refused
	for _, m := range c.engine {
		to <- m.desc
	}
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
	for user, waited := range stats.Delays {
		to <- prometheus.MustNewConstMetric(c.paused, prometheus.CounterValue, waited.Seconds(), user)
	}
	for code, n := range stats.Refused {
		to <- prometheus.MustNewConstMetric(c.refused, prometheus.CounterValue, float64(n), code)
	}
	if stats.Engine != nil {
		for _, m := range c.engine {
			to <- prometheus.MustNewConstMetric(m.desc, m.kind, m.value(*stats.Engine))
		}
	}
	if ends := stats.CertificateEnds; !ends.IsZero() {
		to <- prometheus.MustNewConstMetric(c.expiry, prometheus.GaugeValue, float64(ends.UnixNano())/float64(time.Second))
	}
}

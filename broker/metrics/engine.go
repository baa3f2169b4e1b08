package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"joltui/broker"
)

// engineCount is a metric that there is only where brokers share messages.
type engineCount struct {
	desc  *prometheus.Desc
	kind  prometheus.ValueType
	value func(broker.EngineStats) float64
}

func engineCounts() (all []engineCount) {
	gauge := func(name, help string, value func(broker.EngineStats) bool) {
		all = append(all, engineCount{describe(name, help), prometheus.GaugeValue,
			func(s broker.EngineStats) float64 { return float64(truth(value(s))) }})
	}
	total := func(name, help string, value func(broker.EngineStats) float64) {
		all = append(all, engineCount{describe(name+"_total", help), prometheus.CounterValue, value})
	}
	gauge("engine_up", "1 if messages can be stored in the stream. Only with an engine, as all that begin so.",
		func(s broker.EngineStats) bool { return s.Ready })
	gauge("engine_late", "1 if the broker is so far behind that the stream may forget what it has not read.",
		func(s broker.EngineStats) bool { return s.Late })
	number := func(name, help string, value func(broker.EngineStats) int) {
		all = append(all, engineCount{describe(name, help), prometheus.GaugeValue,
			func(s broker.EngineStats) float64 { return float64(value(s)) }})
	}
	number("engine_brokers", "Brokers that share messages now, this one included.",
		func(s broker.EngineStats) int { return s.Brokers })
	number("engine_brokers_with_other_users", "How many of them have other users or permissions than this one.",
		func(s broker.EngineStats) int { return len(s.OtherUsers) })
	total("engine_reconnects", "Connections to NATS made after the first one was lost.",
		func(s broker.EngineStats) float64 { return float64(s.Reconnects) })
	total("engine_blocks_out", "Blocks of messages that a quorum has stored.",
		func(s broker.EngineStats) float64 { return float64(s.BlocksOut) })
	total("engine_blocks_in", "Blocks of messages read from the stream.",
		func(s broker.EngineStats) float64 { return float64(s.BlocksIn) })
	total("engine_blocks_unknown", "Blocks of which it is not known whether they were stored.",
		func(s broker.EngineStats) float64 { return float64(s.BlocksUnknown) })
	total("engine_store_seconds", "How long the blocks took to be stored, all together.",
		func(s broker.EngineStats) float64 { return s.StoreTime.Seconds() })
	total("engine_interruptions", "How often all subscribers were told that messages are missing.",
		func(s broker.EngineStats) float64 { return float64(s.Interruptions) })
	return all
}

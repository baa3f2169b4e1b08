package metrics

import (
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"joltui/broker"
)

// Exporter answers requests about one broker. Make one with [New]. Its methods
// are safe for concurrent use.
type Exporter struct {
	b        *broker.Broker
	registry *prometheus.Registry
	reloadOK prometheus.Gauge
	reloaded prometheus.Gauge
}

// New returns an exporter for b, whose configuration has been loaded now.
func New(b *broker.Broker) *Exporter {
	e := &Exporter{
		b:        b,
		registry: prometheus.NewRegistry(),
		reloadOK: prometheus.NewGauge(prometheus.GaugeOpts{Name: "jolt_broker_config_last_reload_successful",
			Help: "1 if the configuration was taken over when it was last loaded, else 0."}),
		reloaded: prometheus.NewGauge(prometheus.GaugeOpts{Name: "jolt_broker_config_last_reload_success_timestamp_seconds",
			Help: "When a configuration was last taken over, in Unix time."}),
	}
	e.registry.MustRegister(newCounts(b), e.reloadOK, e.reloaded,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	e.Reloaded(nil)
	return e
}

// CountLogDropped has a metric show how many log records were dropped. It is called
// once, before the exporter is asked.
func (e *Exporter) CountLogDropped(dropped func() uint64) {
	e.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "jolt_broker_log_records_dropped_total",
		Help: "Log records that were dropped because they could not be written in time."},
		func() float64 { return float64(dropped()) }))
}

// Reloaded notes how loading the configuration again has ended.
func (e *Exporter) Reloaded(err error) {
	if err != nil {
		e.reloadOK.Set(0)
		return
	}
	e.reloadOK.Set(1)
	e.reloaded.Set(float64(time.Now().Unix()))
}

// Handler answers GET requests for
//
//   - /healthz: 200 as long as the process answers at all
//   - /readyz: 200 while the broker lets clients in, else 503 and why not
//   - /metrics: the counts, in the formats of Prometheus
func (e *Exporter) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, "alive") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if err := e.b.Ready(); err != nil {
			answer(w, http.StatusServiceUnavailable, strings.TrimPrefix(err.Error(), "broker: "))
			return
		}
		answer(w, http.StatusOK, "ready")
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(e.registry, promhttp.HandlerOpts{}))
	return mux
}

func answer(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	w.Write([]byte(text + "\n")) // whoever asked may have gone
}

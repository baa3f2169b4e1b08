package metrics

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"joltui/broker"
	"joltui/broker/cluster"
	"joltui/jolt"
)

// get asks an exporter and returns the status and the body of its answer.
func get(e *Exporter, path string) (int, string) {
	w := httptest.NewRecorder()
	e.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

func TestMetrics(t *testing.T) {
	b, err := broker.New(broker.Config{})
	if err != nil {
		t.Fatal(err)
	}
	e := New(b)
	if code, _ := get(e, "/readyz"); code != http.StatusServiceUnavailable {
		t.Errorf("/readyz before it serves: %d", code)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- b.Serve(t.Context(), ln) }()
	client, err := jolt.Dial(t.Context(), jolt.Config{Addr: ln.Addr().String(), Topics: []string{"a"}})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	for range 3 {
		if err := client.Publish(t.Context(), "a", "x"); err != nil {
			t.Fatal(err)
		}
	}
	if code, text := get(e, "/healthz"); code != http.StatusOK || text != "alive\n" {
		t.Errorf("/healthz: %d %q", code, text)
	}
	if code, text := get(e, "/readyz"); code != http.StatusOK || text != "ready\n" {
		t.Errorf("/readyz: %d %q", code, text)
	}
	client.Unsubscribe(t.Context(), "never subscribed")
	expect(t, e, `jolt_broker_requests_refused_total{code="unknown_topic"} 1`, `jolt_broker_requests_refused_total{code="forbidden"} 0`)
	expect(t, e, "jolt_broker_connections 1", "jolt_broker_connections_accepted_total 1", "jolt_broker_topics 1",
		"jolt_broker_messages_in_total 3", "jolt_broker_messages_out_total 3", "jolt_broker_slow_consumers_total 0",
		"jolt_broker_login_failures_total 0", "jolt_broker_connections_turned_away_total 0",
		"jolt_broker_config_last_reload_successful 1")
	e.Reloaded(errors.New("bad"))
	expect(t, e, "jolt_broker_config_last_reload_successful 0")
	e.Reloaded(nil)
	expect(t, e, "jolt_broker_config_last_reload_successful 1")

	b.Close()
	<-ended
	if code, text := get(e, "/readyz"); code != http.StatusServiceUnavailable || text != "not serving\n" {
		t.Errorf("/readyz after the end: %d %q", code, text)
	}
}

// expect looks for whole lines of /metrics.
func expect(t *testing.T, e *Exporter, lines ...string) {
	t.Helper()
	code, text := get(e, "/metrics")
	for _, line := range lines {
		if code != http.StatusOK || !strings.Contains(text, "\n"+line+"\n") {
			t.Errorf("%d, no %q in\n%s", code, line, text)
		}
	}
}

// What is about the engine is there where there is one.
func TestEngine(t *testing.T) {
	for _, cfg := range []broker.Config{{}, {Engine: &cluster.Config{URL: "nats://127.0.0.1"}}} {
		b, err := broker.New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		_, text := get(New(b), "/metrics")
		if has := strings.Contains(text, "\njolt_broker_engine_up 0\n"); has != (cfg.Engine != nil) {
			t.Errorf("engine %v: %v in\n%s", cfg.Engine, has, text)
		}
	}
}

// The names and help texts follow Prometheus' conventions.
func TestConventions(t *testing.T) {
	b, err := broker.New(broker.Config{Engine: &cluster.Config{URL: "nats://127.0.0.1"}})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	_, text := get(New(b), "/metrics")
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if strings.HasPrefix(p.Metric, "jolt_") {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
	}
}

package cli

import (
	"context"
	"net"
	"time"

	"joltui/internal/dashboard"
	"joltui/internal/printable"
	"joltui/jolt"
	"joltui/ui"
)

// nearRetry is the longest wait from one attempt to connect to this machine to the next. Such
// an attempt costs nothing, and who has just started a broker does not want to wait for it.
const nearRetry = time.Second

// ownBrokerHere is the broker of this process as one dashboard sees it, which connects to
// addr. It is a [ui.OwnBroker].
type ownBrokerHere struct {
	*ownBroker
	ctx     context.Context
	addr    string
	refusal string
}

// offer returns what a dashboard with this configuration can do about a broker of its own,
// and has its connections counted.
func (o *ownBroker) offer(ctx context.Context, cfg *jolt.Config) *ownBrokerHere {
	here := &ownBrokerHere{ownBroker: o, ctx: ctx, addr: cfg.Addr}
	host, _, err := net.SplitHostPort(cfg.Addr)
	switch {
	case err != nil || !isLoopback(host):
		here.refusal = printable.Line(cfg.Addr) + " is not an address of this machine alone"
	case cfg.TLS != nil:
		here.refusal = "a broker started here has no TLS, which is asked for"
	}
	dashboard.EachConnection(cfg, o.count)
	if here.refusal == "" && cfg.Backoff == nil {
		cfg.Backoff = func(n int) time.Duration { return min(jolt.FullJitter(n), nearRetry) }
	}
	return here
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Refusal says why there can be no broker at the address of the dashboard.
func (h *ownBrokerHere) Refusal() string { return h.refusal }

// Start starts the broker, and returns the topics of the services of the demo.
func (h *ownBrokerHere) Start(sample bool) (topics []string, err error) {
	if err := h.start(h.ctx, h.addr, sample); err != nil {
		return nil, err
	}
	if sample {
		topics = demoTopics()
	}
	return topics, nil
}

// Status returns how the broker is.
func (h *ownBrokerHere) Status() ui.OwnStatus {
	addr, others := h.others()
	h.mu.Lock()
	here := h.addr == h.asked || h.addr == h.ownBroker.addr
	h.seen = others
	h.mu.Unlock()
	return ui.OwnStatus{Addr: addr, Here: here && addr != "", Others: others, Err: h.failure()}
}

package broker

import (
	"context"
	"errors"
	"os"
	"testing"
)

// gatewaysVariable is "2" where what the tests start as one broker is two that share messages.
// Clients are dialled in turn, and what is asked of the broker is asked of both.
const gatewaysVariable = "JOLT_TEST_GATEWAYS"

// second starts the other gateway, or returns nil where there is to be one.
func second(tb testing.TB, ctx context.Context, cfg Config) *running {
	if cfg.Engine == nil || os.Getenv(gatewaysVariable) != "2" {
		return nil
	}
	ln := listen(tb)
	b, err := New(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	if err := b.Connect(ctx); err != nil {
		tb.Fatal(err)
	}
	r := &running{Broker: b, addr: ln.Addr().String(), served: make(chan error, 1)}
	go func() { r.served <- b.Serve(ctx, ln) }()
	tb.Cleanup(func() { b.Close() })
	return r
}

// oneGateway skips a test of what each gateway has of its own.
func oneGateway(tb testing.TB, of string) {
	tb.Helper()
	if os.Getenv(gatewaysVariable) == "2" {
		tb.Skip("each gateway has " + of)
	}
}

// next is the address for the next client.
func (r *running) next() string {
	if r.other == nil {
		return r.addr
	}
	r.dialled++
	if r.dialled%2 == 0 {
		return r.other.addr
	}
	return r.addr
}

// Stats are the sums of both gateways.
func (r *running) Stats() Stats {
	s := r.Broker.Stats()
	if r.other == nil {
		return s
	}
	o := r.other.Stats()
	for _, sum := range [][2]*uint64{
		{&s.MessagesIn, &o.MessagesIn}, {&s.MessagesOut, &o.MessagesOut}, {&s.BytesIn, &o.BytesIn}, {&s.BytesOut, &o.BytesOut},
		{&s.SlowConsumers, &o.SlowConsumers}, {&s.Accepted, &o.Accepted}, {&s.TurnedAway, &o.TurnedAway},
		{&s.LoginFailures, &o.LoginFailures}, {&s.LoginsRefused, &o.LoginsRefused}, {&s.RequestsLimited, &o.RequestsLimited},
		{&s.HandshakeFailures, &o.HandshakeFailures}, {&s.Foreign, &o.Foreign},
	} {
		*sum[0] += *sum[1]
	}
	s.Connections, s.Topics, s.LoginsPending = s.Connections+o.Connections, s.Topics+o.Topics, s.LoginsPending+o.LoginsPending
	for code, n := range o.Refused {
		s.Refused[code] += n
	}
	for user, waited := range o.Delays {
		s.Delays[user] += waited
	}
	return s
}

// Reload reloads both.
func (r *running) Reload(cfg Config) error {
	if r.other == nil {
		return r.Broker.Reload(cfg)
	}
	return errors.Join(r.Broker.Reload(cfg), r.other.Broker.Reload(cfg))
}

// Shutdown ends both at the same time.
func (r *running) Shutdown(ctx context.Context) error {
	if r.other == nil {
		return r.Broker.Shutdown(ctx)
	}
	ended := make(chan error, 1)
	go func() { ended <- r.other.Broker.Shutdown(ctx) }()
	return errors.Join(r.Broker.Shutdown(ctx), <-ended)
}

// Close closes both.
func (r *running) Close() error {
	if r.other != nil {
		r.other.Broker.Close()
	}
	return r.Broker.Close()
}

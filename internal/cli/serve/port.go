package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"
	"time"

	"joltui/internal/cli/connect"
	"joltui/jolt"
)

// probeTime is how long whoever has a port is given to show that it is a broker.
const probeTime = time.Second

// ListenError words why nothing can listen at addr, and what to do.
func ListenError(ctx context.Context, addr string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		ctx, cancel := context.WithTimeout(ctx, probeTime)
		defer cancel()
		return fmt.Errorf("%s is in use %s", addr, occupant(ctx, addr))
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("not allowed to listen at %s: choose a port above 1023 with --port", addr)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("cannot listen at %s: this machine does not have that address: choose another with --host", addr)
	}
	return fmt.Errorf("cannot listen at %s: %w", addr, err)
}

// metricsError is the same for --metrics-addr.
func metricsError(addr string, err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("cannot serve metrics: %s is in use: choose another port with --metrics-addr", addr)
	}
	return fmt.Errorf("cannot serve metrics at %s: %w", addr, err)
}

// occupant says who seems to listen at addr, and what to do about it.
func occupant(ctx context.Context, addr string) string {
	_, err := connect.Ping(ctx, jolt.Config{Addr: reachable(addr), NoReconnect: true})
	var (
		rejected *jolt.RejectedError
		goodbye  *jolt.BrokerError
		foreign  *jolt.ForeignError
	)
	switch {
	case errors.As(err, &foreign):
		return "by something that speaks " + foreign.Protocol + ", not Jolt: stop it, or choose another port with --port"
	case err == nil, errors.As(err, &rejected), errors.As(err, &goodbye):
		return "by a Jolt broker that answers: use that one, stop it, or choose another port with --port"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "but nobody answers there: what had it may be about to end; try again, or choose another port with --port"
	case ctx.Err() != nil:
		return "by something that does not answer: a broker that hangs, or no Jolt broker at all; " +
			"see which with ss -ltnp or lsof -i, or choose another port with --port"
	}
	return "by something that is not a Jolt broker: stop it, or choose another port with --port"
}

// reachable is the address at which a listener at addr can be reached from here.
func reachable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		return net.JoinHostPort("localhost", port)
	}
	return addr
}

package dashboard

import (
	"context"
	"net"

	"joltui/jolt"
)

// EachConnection has wrap see each connection that a client with this configuration makes,
// and the client use what it returns. wrap may be called from several goroutines.
func EachConnection(cfg *jolt.Config, wrap func(net.Conn) net.Conn) {
	dial := cfg.Dial
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	cfg.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return wrap(conn), nil
	}
}

package connect

import (
	"context"
	"time"

	"joltui/jolt"
)

// Ping connects, logs in if cfg says so, and pings once.
func Ping(ctx context.Context, cfg jolt.Config) (time.Duration, error) {
	client, err := jolt.Dial(ctx, cfg)
	if err != nil {
		return 0, err
	}
	defer client.Close()
	return client.Ping(ctx)
}

package cli

import (
	"context"
	"time"

	"joltui/jolt"
)

// ping connects, logs in if cfg says so, and pings once.
func ping(ctx context.Context, cfg jolt.Config) (time.Duration, error) {
	client, err := jolt.Dial(ctx, cfg)
	if err != nil {
		return 0, err
	}
	defer client.Close()
	return client.Ping(ctx)
}

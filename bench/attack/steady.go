package main

import (
	"context"
	"math"
	"slices"
	"strings"
	"time"
)

// latencies say how long acknowledgements took.
type latencies struct {
	sorted []time.Duration
	open   int // publishes without one
}

// percentile returns the least value that so many percent of the values do not
// exceed; 0 if there are none.
func percentile(sorted []time.Duration, percent float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	rank := int(math.Ceil(percent / 100 * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}

// steadily publishes so many messages a second to a topic that nobody is
// subscribed to. A latency counts from when its publish was due, so a broker that
// stalls delays all that were due meanwhile. One second after the end no more is
// waited for. Where publishes have no reply, as with MQTT, each is a ping.
func (c *client) steadily(ctx context.Context, perSecond int, duration time.Duration) latencies {
	publish := c.t.Publish("steady", strings.Repeat("x", 128), 0)
	if publish.Reply == "" {
		publish = c.t.Ping(false)
	}
	total := perSecond * int(duration/time.Millisecond) / 1000
	begin := time.Now()
	due := func(i int) time.Time { return begin.Add(time.Duration(i) * time.Second / time.Duration(perSecond)) }
	c.SetDeadline(begin.Add(duration + time.Second))
	defer c.SetDeadline(time.Time{})
	taken := make(chan []time.Duration)
	go func() { taken <- c.takeAcks(total, len(publish.Reply), due) }()
	sent := 0
	tick := time.NewTicker(200 * time.Microsecond)
	defer tick.Stop()
	for ; sent < total && ctx.Err() == nil; <-tick.C {
		n := min(total, int(time.Since(begin)*time.Duration(perSecond)/time.Second)) - sent
		if _, err := c.Write([]byte(strings.Repeat(publish.Request, n))); err != nil {
			break
		}
		sent += n
	}
	all := <-taken
	slices.Sort(all)
	return latencies{all, sent - len(all)}
}

// takeAcks reads so many replies of that size, until the deadline at most.
func (c *client) takeAcks(n, size int, due func(int) time.Time) []time.Duration {
	var all []time.Duration
	buf := make([]byte, 64<<10)
	for got := 0; len(all) < n; {
		k, err := c.Read(buf)
		if err != nil {
			break
		}
		got += k
		for now := time.Now(); len(all) < min(n, got/size); {
			all = append(all, now.Sub(due(len(all))))
		}
	}
	return all
}

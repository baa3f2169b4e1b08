package cli

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"joltui/jolt"
)

// Traffic has a slice of messages for every tenth of a second.
const (
	trafficTick = 100 * time.Millisecond
	burstEvery  = 250 // ticks from one burst to the next
	burstLasts  = 10  // ticks
	burstSize   = 40  // messages a tick
)

// sample is one message of the demo's traffic.
type sample struct{ topic, data string }

// traffic makes up what a small shop's services would publish. The same seed
// makes the same traffic.
type traffic struct {
	rng   *rand.Rand
	tick  int
	order int
	line  int // of the chat
}

func newTraffic(seed uint64) *traffic {
	return &traffic{rng: rand.New(rand.NewPCG(seed, 0)), order: 4710}
}

// trafficTopics are the topics that next publishes to.
func trafficTopics() []string {
	return []string{"audit", "chat.room", "metrics.web-1", "orders.eu", "orders.us"}
}

// next returns the messages of the next tenth of a second.
func (t *traffic) next() []sample {
	t.tick++
	var out []sample
	if t.rng.IntN(10) < 6 {
		out = append(out, t.newOrder("orders.eu", "EUR"))
	}
	if t.rng.IntN(10) < 2 {
		out = append(out, t.newOrder("orders.us", "USD"))
	}
	if t.tick%10 == 0 {
		out = append(out, t.metrics())
	}
	if t.rng.IntN(25) == 0 {
		out = append(out, t.chat())
	}
	if t.tick%150 == 20 {
		out = append(out, sample{"audit", fmt.Sprintf(`{"actor":"alice","action":"refund","order":%d}`, t.order)})
	}
	if phase := t.tick % burstEvery; phase >= burstEvery-burstLasts {
		for range burstSize {
			out = append(out, t.newOrder("orders.eu", "EUR"))
		}
	}
	return out
}

func (t *traffic) newOrder(topic, currency string) sample {
	t.order++
	status := [...]string{"new", "new", "paid", "paid", "paid", "shipped", "shipped", "failed"}[t.rng.IntN(8)]
	return sample{topic, fmt.Sprintf(`{"id":%d,"status":%q,"amount":%d.%02d,"currency":%q,"customer":"c-%d"}`,
		t.order, status, 2+t.rng.IntN(180), t.rng.IntN(100), currency, 1000+t.rng.IntN(400))}
}

func (t *traffic) metrics() sample {
	return sample{"metrics.web-1", fmt.Sprintf(`{"cpu":0.%02d,"mem_mb":%d,"requests":%d,"p99_ms":%d.%d}`,
		20+t.rng.IntN(60), 480+t.rng.IntN(40), 180+t.rng.IntN(90), 8+t.rng.IntN(30), t.rng.IntN(10))}
}

func (t *traffic) chat() sample {
	lines := [...]string{
		"ann: orders 1.14 is going out to eu now",
		"ben: p99 looks calm so far",
		"ann: done ✓ — watching for failed orders",
		"caro: ¿alguien ve los reembolsos en audit?",
		"ben: yes, one every few seconds",
		"dai: 了解です、こちらでも見ています",
		"ben: payroll is forbidden here on purpose: that is how a refusal looks",
		"ann: type /failed in the dashboard to see only those",
	}
	t.line++
	return sample{"chat.room", lines[(t.line-1)%len(lines)]}
}

// publishTraffic publishes to the broker at addr until ctx ends.
func publishTraffic(ctx context.Context, addr string, t *traffic) error {
	client, err := jolt.Dial(ctx, jolt.Config{Addr: addr})
	if err != nil {
		return err
	}
	defer client.Close()
	ticker := time.NewTicker(trafficTick)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		for _, m := range t.next() {
			if err := client.Publish(ctx, m.topic, m.data); err != nil && ctx.Err() == nil {
				return err
			}
		}
	}
}

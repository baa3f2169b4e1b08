package broker

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"joltui/jolt"
)

// publishAll publishes n numbered messages round robin over the topics, all in
// one go, and returns when every one is acknowledged.
func publishAll(c *client, name string, topics []string, n int) error {
	var lines []byte
	for i := range n {
		var err error
		lines, err = jolt.AppendRequest(lines, jolt.Request{
			Op: jolt.OpPublish, Topic: topics[i%len(topics)], Data: fmt.Sprintf("%s %d", name, i)})
		if err != nil {
			return err
		}
	}
	written := make(chan error, 1)
	go func() {
		_, err := c.conn.Write(lines)
		written <- err
	}()
	for i := range n {
		line, err := c.in.ReadString('\n')
		if err != nil || line != ok+"\n" {
			return fmt.Errorf("%s: reply %d is %q, %v", name, i, line, err)
		}
	}
	return <-written
}

// expectOrdered reads n messages, which have to be each publisher's in order
// and without a hole. step is how far apart the numbers are.
func expectOrdered(c *client, n, step int, first map[string]int) error {
	next := make(map[string]int)
	for i := range n {
		line, err := c.in.ReadString('\n')
		if err != nil {
			return fmt.Errorf("after %d of %d messages: %w", i, n, err)
		}
		frame, err := jolt.ParseFrame(strings.TrimSuffix(line, "\n"))
		if err != nil || frame.Kind != jolt.FrameMessage {
			return fmt.Errorf("message %d is %q, %v", i, line, err)
		}
		var publisher string
		var number int
		if _, err := fmt.Sscan(frame.Data, &publisher, &number); err != nil {
			return fmt.Errorf("message %d is %q: %w", i, line, err)
		}
		want, seen := next[publisher]
		if !seen {
			want = first[frame.Topic]
		}
		if number != want {
			return fmt.Errorf("%s: number %d came where %d was next", publisher, number, want)
		}
		next[publisher] = want + step
	}
	return nil
}

// Every acknowledged message reaches each subscriber exactly once, in each
// publisher's order, also across topics.
func TestExactlyOnceInOrder(t *testing.T) {
	const publishers, messages = 5, 2000
	topics := []string{"t.0", "t.1", "t.2", "t.3"}
	// One in four subscribers wants everything, the others a topic each.
	subscriptions := [][]string{topics, topics[:1], topics[1:2], topics[2:3], topics, topics[3:]}

	r := startBroker(t, Config{})
	var all sync.WaitGroup
	var wanted uint64
	for _, wants := range subscriptions {
		c := r.dial(t)
		first := make(map[string]int)
		for i, topic := range topics {
			first[topic] = i // of a subscriber to this topic alone
			if len(wants) == len(topics) {
				first[topic] = 0
			}
		}
		for _, topic := range wants {
			c.ask(`{"op":"sub","topic":"`+topic+`"}`, ok)
		}
		n := publishers * messages * len(wants) / len(topics)
		wanted += uint64(n)
		all.Go(func() {
			if err := expectOrdered(c, n, len(topics)/len(wants), first); err != nil {
				t.Error(err)
			}
			if _, err := io.WriteString(c.conn, "{\"op\":\"ping\"}\n"); err != nil {
				t.Error(err)
			}
			if line, err := c.in.ReadString('\n'); err != nil || line != ok+"\n" {
				t.Errorf("after the last message: %q, %v", line, err)
			}
		})
	}
	for p := range publishers {
		c := r.dial(t)
		all.Go(func() {
			if err := publishAll(c, fmt.Sprintf("p%d", p), topics, messages); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := r.Stats(); got.MessagesIn != publishers*messages || got.MessagesOut != wanted || got.SlowConsumers != 0 {
		t.Errorf("%+v, want %d in, %d out and no slow consumer", got, publishers*messages, wanted)
	}
}

// Each of 20 publishers' acknowledged messages reaches each of 20 subscribers
// exactly once and in order: 500 from each, 10,000 with JOLT_SOAK set.
func TestExactlyOnceTwentyByTwenty(t *testing.T) {
	const publishers, subscribers = 20, 20
	messages := 500
	wait := patience
	if soaking() {
		messages, wait = 10_000, 10*time.Minute
	}
	topics := []string{"t"}
	r := startBroker(t, Config{})
	begin := time.Now()
	var all sync.WaitGroup
	for range subscribers {
		c := r.dial(t)
		c.conn.SetDeadline(begin.Add(wait))
		c.ask(`{"op":"sub","topic":"t"}`, ok)
		all.Go(func() {
			if err := expectOrdered(c, publishers*messages, 1, nil); err != nil {
				t.Error(err)
				return
			}
			c.conn.Write([]byte("{\"op\":\"ping\"}\n"))
			if line, err := c.in.ReadString('\n'); err != nil || line != ok+"\n" {
				t.Errorf("after the last message: %q, %v", line, err)
			}
		})
	}
	for p := range publishers {
		c := r.dial(t)
		c.conn.SetDeadline(begin.Add(wait))
		all.Go(func() {
			if err := publishAll(c, fmt.Sprintf("p%d", p), topics, messages); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	got := r.Stats()
	if got.MessagesIn != uint64(publishers*messages) || got.MessagesOut != uint64(publishers*messages*subscribers) || got.SlowConsumers != 0 {
		t.Errorf("%+v, want %d in, each out %d times and no slow consumer", got, publishers*messages, subscribers)
	}
	t.Logf("%d messages delivered in %v", got.MessagesOut, time.Since(begin).Round(time.Millisecond))
}

// Messages of every size around those at which the broker changes how it
// queues them arrive as they are.
func TestMessageSizes(t *testing.T) {
	r := startBroker(t, Config{})
	publisher, one, two := r.dial(t), r.dial(t), r.dial(t)
	one.ask(`{"op":"sub","topic":"a"}`, ok)
	two.ask(`{"op":"sub","topic":"a"}`, ok)
	frame := len(`{"topic":"a","data":""}` + "\n")
	for _, around := range []int{shareBytes, chunkBytes, batchReadBytes, writeBytes, 1_000_000} {
		for size := around - frame - 1; size <= around-frame+1; size++ {
			message := strings.Repeat("0123456789", size/10+1)[:size]
			publisher.ask(`{"op":"pub","topic":"a","data":"`+message+`"}`, ok)
			want := `{"topic":"a","data":"` + message + `"}`
			for _, c := range []*client{one, two} {
				if got := c.read(); got != want {
					t.Fatalf("a message of %d bytes arrived as %d: %.60s", len(want), len(got), got)
				}
			}
		}
	}
}

// More topics in one read than a burst holds.
func TestManyTopicsInOneWrite(t *testing.T) {
	const n = 3*maxBurstTopics + 1
	r := startBroker(t, Config{})
	publisher, subscriber := r.dial(t), r.dial(t)
	var subs, pubs strings.Builder
	for i := range n {
		fmt.Fprintf(&subs, `{"op":"sub","topic":"t%d"}`+"\n", i)
		fmt.Fprintf(&pubs, `{"op":"pub","topic":"t%d","data":"x"}`+"\n", i)
	}
	subscriber.write(subs.String())
	for range n {
		subscriber.expect(ok)
	}
	publisher.write(pubs.String())
	for i := range n {
		publisher.expect(ok)
		subscriber.expect(fmt.Sprintf(`{"topic":"t%d","data":"x"}`, i))
	}
}

// What the registry keeps of a request must not change with the next read.
func TestTopicsOutliveTheirRead(t *testing.T) {
	r := startBroker(t, Config{})
	leaving, staying := r.dial(t), r.dial(t)
	for _, c := range []*client{leaving, staying} {
		c.ask(`{"op":"sub","topic":"kept"}`, ok)
	}
	leaving.ask(`{"op":"unsub","topic":"kept"}`, ok)
	leaving.ask(`{"op":"sub","topic":"overwrites what was read"}`, ok)
	leaving.ask(`{"op":"pub","topic":"kept","data":"x"}`, ok)
	staying.expect(`{"topic":"kept","data":"x"}`)
}

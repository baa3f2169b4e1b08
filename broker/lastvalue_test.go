package broker

import (
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"joltui/broker/internal/lastvalue"
	"joltui/internal/system"
)

// A new subscriber gets the latest message behind the reply, and nothing else does.
func TestLastValue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{LastValue: []string{"config.>", "state.*"}})
		publisher, c := ln.dial(t), ln.dial(t)
		publish := func(topic, data string) { publisher.ask(`{"op":"pub","topic":"`+topic+`","data":"`+data+`"}`, ok) }
		c.ask(subscribeTo("config.a"), ok)
		c.ask(`{"op":"unsub","topic":"config.a"}`, ok)
		publish("config.a", "1")
		publish("config.a", `2\u00e9`)
		publish("state.x.y", "none")
		c.ask(subscribeTo("state.x.y"), ok)
		// In one write, so that what comes before waits to be sent.
		c.write(`{"op":"ping"}` + "\n" + subscribeTo("config.a") + "\n" + subscribeTo("config.a") + "\n" + `{"op":"no"}` + "\n")
		c.expect(ok, ok, `{"topic":"config.a","data":"2\u00e9"}`, ok,
			failed("unknown_op: there is no op no, only sub, unsub, pub and ping, and the login"))
		publisher.write(`{"op":"pub","topic":"config.b","data":"b"}` + "\n" + `{"op":"pub","topic":"config.a","data":"3"}` + "\n")
		publisher.expect(ok, ok)
		c.expect(`{"topic":"config.a","data":"3"}`)
		c.ask(`{"op":"unsub","topic":"config.a"}`, ok)
		c.ask(subscribeTo("config.a"), ok, `{"topic":"config.a","data":"3"}`)
		size := 2 * (250 + len("config.a") + len(`{"topic":"config.a","data":"3"}`+"\n"))
		if got := r.Stats(); got.LastValues != 2 || got.LastValueBytes != size || got.MessagesOut != 3 {
			t.Errorf("%+v", got)
		}
	})
}

// What there is no room for is forgotten, said and counted; a newcomer can take all that is
// kept at once.
func TestLastValuesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{LastValue: []string{">"}, Limits: Limits{LineBytes: 30_000, QueueBytes: 64 << 10}})
		publisher, c, watcher := ln.dial(t), ln.dial(t), ln.dial(t)
		synctest.Wait() // all are connected, which are events, too
		watcher.ask(subscribeTo(system.EventsTopic), ok)
		data := strings.Repeat("x", 5000)
		for n := range 10 {
			publisher.ask(fmt.Sprintf(`{"op":"pub","topic":"%d","data":"%s"}`, n, data), ok)
		}
		var e system.Event
		if watcher.told(system.EventsTopic, &e); !strings.Contains(e.Message, "last_value_bytes") {
			t.Errorf("%+v", e)
		}
		var all strings.Builder
		for n := range 10 {
			all.WriteString(subscribeTo(fmt.Sprint(n)) + "\n")
		}
		c.write(all.String())
		for n := range 10 {
			if c.expect(ok); n >= 4 {
				c.expect(fmt.Sprintf(`{"topic":"%d","data":"%s"}`, n, data))
			}
		}
		if got := r.Stats(); got.LastValues != 6 || got.LastValuesForgotten != 4 || got.LastValueBytes > 32<<10 {
			t.Errorf("%+v", got)
		}
	})
}

// Whenever somebody subscribes while others publish, the messages go on from the one that
// came at once: none is missing, and none comes twice. All subscribers see one order.
func TestLastValueHasNoGap(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		const messages = 200
		b, err := New(Config{LastValue: []string{"state.*"}})
		if err != nil {
			rt.Fatal(err)
		}
		ln := newPipeListener()
		served := make(chan error, 1)
		go func() { served <- b.Serve(t.Context(), ln) }()
		defer func() {
			b.Close()
			<-served
		}()
		ln.dial(t).ask(`{"op":"pub","topic":"state.a","data":"first"}`, ok)
		publishers := rapid.IntRange(1, 3).Draw(rt, "publishers")
		subscribers := rapid.IntRange(1, 4).Draw(rt, "subscribers")
		seen := make(chan []string)
		var clients []*client
		for range subscribers {
			c := ln.dial(t)
			c.ask(subscribeTo("end"), ok)
			clients = append(clients, c)
		}
		for p := range publishers {
			c := ln.dial(t)
			batch := rapid.IntRange(1, 20).Draw(rt, "batch")
			go io.Copy(io.Discard, c.conn)
			go func() {
				for n := 0; n < messages; n += batch {
					var lines strings.Builder
					for i := n; i < min(n+batch, messages); i++ {
						fmt.Fprintf(&lines, `{"op":"pub","topic":"state.a","data":"%d %d"}`+"\n", p, i)
					}
					io.WriteString(c.conn, lines.String())
				}
				io.WriteString(c.conn, fmt.Sprintf(`{"op":"pub","topic":"end","data":"%d"}`+"\n", p))
			}()
		}
		for _, c := range clients {
			go func() { seen <- follow(c, publishers) }()
		}
		var longest []string
		var all [][]string
		for range subscribers {
			got := <-seen
			if all = append(all, got); len(got) > len(longest) {
				longest = got
			}
		}
		for _, got := range all {
			if tail := longest[len(longest)-len(got):]; fmt.Sprint(got) != fmt.Sprint(tail) {
				rt.Fatalf("one saw %q, another %q", got, tail)
			}
		}
	})
}

// follow subscribes amid all that, and returns what it gets until all publishers have ended.
func follow(c *client, publishers int) (got []string) {
	c.write(subscribeTo("state.a") + "\n")
	acknowledged := false
	for ended := 0; ended < publishers || !acknowledged; {
		switch line := c.read(); {
		case line == ok:
			acknowledged = true
		case strings.Contains(line, `"end"`):
			ended++
		default:
			got = append(got, line)
		}
	}
	return got
}

// The same where subscriptions meet publishes at their closest.
func TestLastValueMeetsAPublish(t *testing.T) {
	const subscriptions = 20_000
	r := newRegistry(lastvalue.New([]string{">"}, 1<<20), false)
	publish := func(n int) {
		b := newBurst(new(buffers))
		b.add(published("a", fmt.Sprint(n)))
		r.publish(b, new(fanOut))
	}
	publish(0)
	var enough atomic.Bool
	done := make(chan struct{})
	go func() {
		defer close(done)
		for n := 1; !enough.Load(); n++ {
			publish(n)
		}
	}()
	defer func() {
		enough.Store(true)
		<-done
	}()
	conn := pipeEnd(t)
	for range subscriptions {
		o := newOutbox(conn, 1<<30, time.Minute, new(buffers))
		r.subscribe("a", o, nil)
		r.unsubscribe("a", o)
		got, want, first := "", "", 0
		for _, b := range o.queue {
			got += string(b.data)
		}
		fmt.Sscanf(got, `{"topic":"a","data":"%d"}`, &first)
		for n := range strings.Count(got, "\n") {
			want += fmt.Sprintf(`{"topic":"a","data":"%d"}`+"\n", first+n)
		}
		if got != want || got == "" {
			t.Fatalf("got\n%swant\n%s", got, want)
		}
	}
}

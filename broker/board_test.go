package broker

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"joltui/internal/system"
)

func subscribeTo(topic string) string { return `{"op":"sub","topic":"` + topic + `"}` }

// told reads the next message, which has to be of a system topic, into v. It has no
// fields that package system does not know.
func (c *client) told(topic string, v any) {
	c.tb.Helper()
	var frame struct{ Topic, Data string }
	line := c.read()
	if err := json.Unmarshal([]byte(line), &frame); err != nil || frame.Topic != topic {
		c.tb.Fatalf("got %s, want a message of %s", line, topic)
	}
	d := json.NewDecoder(strings.NewReader(frame.Data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		c.tb.Fatalf("%v in %s", err, frame.Data)
	}
}

// Nobody publishes to system topics, and with security on only those subscribe who are
// admins or were granted the very topic.
func TestSystemTopicsAreTheBrokers(t *testing.T) {
	cfg := secure(t)
	cfg.Users = append(cfg.Users, User{Name: "watcher", PasswordHash: testHash(t, "w"), Permissions: []string{"subscribe:$SYS.broker", "publish:$SYS.x"}})
	for _, cfg := range []Config{{}, cfg} {
		synctest.Test(t, func(t *testing.T) {
			_, ln := servePipes(t, cfg)
			as := func(name, password string) *client {
				c := ln.dial(t)
				c.ask(loginLine(name, password), ok)
				c.ask(`{"op":"pub","topic":"$SYS.x","data":"1"}`,
					failed("forbidden: publish:$SYS.x: names that begin with $SYS. are the broker's own, choose another topic"))
				return c
			}
			admin := as("admin", "root")
			admin.ask(`{"op":"pub","topic":"$SYS","data":"1"}`, ok)
			admin.ask(subscribeTo("$SYS.x"), failed("unknown_topic: there is no $SYS.x, only $SYS.broker, $SYS.topics, $SYS.clients and $SYS.events"))
			for _, topic := range system.Names() {
				c := as("admin", "root")
				c.ask(subscribeTo(topic), ok)
				c.conn.Close()
				if cfg.Security {
					as("alice", "wonder:land").ask(subscribeTo(topic), failed("forbidden: subscribe:"+topic+" is not granted to alice"))
				}
			}
			watcher := as("watcher", "w")
			watcher.ask(subscribeTo(system.BrokerTopic), ok)
			watcher.told(system.BrokerTopic, new(system.Broker))
			if cfg.Security {
				watcher.ask(subscribeTo(system.ClientsTopic), failed("forbidden: subscribe:$SYS.clients is not granted to watcher"))
			}
		})
	}
}

// The state comes at once, and then once a second, with rates, until the unsub.
func TestBrokerState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, ln := servePipes(t, Config{Version: "test 1", Limits: Limits{Connections: 7}})
		time.Sleep(1500 * time.Millisecond)
		watcher, publisher := ln.dial(t), ln.dial(t)
		synctest.Wait() // both are there
		watcher.ask(subscribeTo(system.BrokerTopic), ok)
		var first, second system.Broker
		watcher.told(system.BrokerTopic, &first)
		if first.Version != "test 1" || first.UptimeS != 1.5 || first.Connections != 2 || first.MaximumConnections != 7 || first.Rates != nil {
			t.Errorf("%+v", first)
		}
		publisher.ask(subscribeTo("a"), ok)
		for range 10 {
			publisher.ask(`{"op":"pub","topic":"a","data":"1"}`, `{"topic":"a","data":"1"}`, ok)
		}
		publisher.ask(`{"op":"no"}`, failed("unknown_op: there is no op no, only sub, unsub, pub and ping, and the login"))
		watcher.told(system.BrokerTopic, &second)
		size := uint64(10 * len(`{"topic":"a","data":"1"}`+"\n"))
		want := system.Broker{Time: first.Time.Add(time.Second), Version: "test 1", UptimeS: 2.5, Connections: 2, MaximumConnections: 7,
			Topics: 1, MessagesIn: 10, MessagesOut: 10, BytesIn: size, BytesOut: size, Accepted: 2,
			Rates:           &system.Rates{MessagesIn: 10, MessagesOut: 10, BytesIn: float64(size), BytesOut: float64(size)},
			RequestsRefused: map[string]uint64{"unknown_op": 1}, LastValueLimit: 4 << 20, MemoryUsed: second.MemoryUsed, MemoryLimit: first.MemoryLimit,
			Goroutines: second.Goroutines}
		if diff := cmp.Diff(want, second); diff != "" || second.MemoryUsed == 0 || second.Goroutines == 0 {
			t.Error(diff)
		}
		watcher.ask(`{"op":"unsub","topic":"$SYS.broker"}`, ok)
		time.Sleep(3 * time.Second)
		watcher.ask(`{"op":"ping"}`, ok)
	})
}

// All topics come at once, then what changes, until all are known that there are.
func TestTopicsAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, ln := servePipes(t, Config{})
		c, watcher, late := ln.dial(t), ln.dial(t), ln.dial(t)
		for n := range rowsInPart + 1 {
			c.ask(subscribeTo(fmt.Sprintf("t%03d", n)), ok)
		}
		c.ask(`{"op":"pub","topic":"heard before","data":""}`, ok)
		watcher.ask(subscribeTo(system.TopicsTopic), ok)
		expectTopics(watcher, system.Part{Whole: true, More: true, Total: rowsInPart + 1}, rowsInPart)
		expectTopics(watcher, system.Part{Total: rowsInPart + 1}, 1)

		message := len(`{"topic":"no one","data":""}` + "\n")
		c.ask(`{"op":"pub","topic":"no one","data":""}`, ok)
		c.ask(`{"op":"pub","topic":"no one","data":""}`, ok)
		c.ask(`{"op":"unsub","topic":"t001"}`, ok)
		time.Sleep(boardEvery)
		heard := system.At(time.Now())
		state := system.Topic{Topic: "no one", Messages: 2, Bytes: 2 * uint64(message), MessageRate: 2, ByteRate: 2 * float64(message), LastHeard: heard}
		expectTold(watcher, system.Topics{Part: system.Part{Total: rowsInPart + 1}, Topics: []system.Topic{state}, Gone: []string{"t001"}})
		state.MessageRate, state.ByteRate = 0, 0
		expectTold(watcher, system.Topics{Part: system.Part{Total: rowsInPart + 1}, Topics: []system.Topic{state}})

		late.ask(subscribeTo(system.TopicsTopic), ok)
		expectTopics(late, system.Part{Whole: true, More: true, Total: rowsInPart + 1}, rowsInPart)
		expectTopics(late, system.Part{Total: rowsInPart + 1}, 1)
		time.Sleep(time.Minute) // without a change
		for _, c := range []*client{watcher, late} {
			expectTold(c, system.Topics{Part: system.Part{Total: rowsInPart}, Gone: []string{"no one"}})
		}
	})
}

func expectTopics(c *client, want system.Part, rows int) {
	c.tb.Helper()
	var got system.Topics
	c.told(system.TopicsTopic, &got)
	if got.Part != want || len(got.Topics) != rows {
		c.tb.Fatalf("%+v with %d topics, want %+v with %d", got.Part, len(got.Topics), want, rows)
	}
}

func expectTold(c *client, want system.Topics) {
	c.tb.Helper()
	var got system.Topics
	c.told(system.TopicsTopic, &got)
	if diff := cmp.Diff(want, got); diff != "" {
		c.tb.Fatal(diff)
	}
}

func TestClientsAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, ln := servePipes(t, secure(t))
		start := system.At(time.Now())
		admin, alice := ln.dial(t), ln.dial(t)
		admin.ask(loginLine("admin", "root"), ok)
		alice.ask(loginLine("alice", "wonder:land"), ok)
		alice.ask(subscribeTo("orders.eu"), ok)
		synctest.Wait()
		admin.ask(subscribeTo(system.ClientsTopic), ok)
		var got system.Clients
		admin.told(system.ClientsTopic, &got)
		got.Clients[0].Backlog = 0 // the reply to this very sub
		theirs := system.Client{ID: 2, Address: "pipe", User: "alice", Since: start, Subscriptions: 1}
		want := system.Clients{Part: system.Part{Whole: true, Total: 2}, Clients: []system.Client{
			{ID: 1, Address: "pipe", User: "admin", Since: start, Subscriptions: 1}, theirs}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
		message := `{"topic":"orders.eu","data":"1"}`
		alice.ask(`{"op":"pub","topic":"orders.eu","data":"1"}`, message, ok)
		got = system.Clients{}
		admin.told(system.ClientsTopic, &got)
		size := float64(len(message) + 1)
		theirs.Rates = system.Rates{MessagesIn: 1, MessagesOut: 1, BytesIn: size, BytesOut: size}
		if len(got.Clients) != 2 || got.Clients[1] != theirs || got.Whole {
			t.Errorf("%+v, want %+v", got, theirs)
		}
		alice.conn.Close()
		got = system.Clients{}
		if admin.told(system.ClientsTopic, &got); len(got.Gone) != 1 || got.Gone[0] != 2 || got.Total != 1 {
			t.Errorf("%+v", got)
		}
	})
}

func TestEventsAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := secure(t)
		cfg.Limits = Limits{Connections: 3, AdminConnections: 1, QueueStall: time.Second}
		cfg.lastWords = lastWords
		r, ln := servePipes(t, cfg)
		admin := ln.dial(t)
		admin.ask(loginLine("admin", "root"), ok)
		admin.ask(subscribeTo(system.EventsTopic), ok)
		expect := func(want system.Event) {
			t.Helper()
			var got system.Event
			admin.told(system.EventsTopic, &got)
			want.Time = system.At(time.Now())
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		}
		alice := ln.dial(t)
		expect(system.Event{Event: system.Connected, ID: 2, Address: "pipe"})
		alice.ask(loginLine("alice", "wrong"), failed("auth_failed: unknown user or wrong password"))
		expect(system.Event{Event: system.Logged, Level: "WARN", Message: "login failed", Attributes: map[string]string{"user": "alice", "remote": "pipe"}})
		expect(system.Event{Event: system.Refused, ID: 2, Address: "pipe", User: "alice", Reason: "auth_failed: unknown user or wrong password"})
		alice.ask(loginLine("alice", "wonder:land"), ok)
		expect(system.Event{Event: system.LoggedIn, ID: 2, Address: "pipe", User: "alice"})

		alice.ask(subscribeTo("orders.eu"), ok)
		alice.write(`{"op":"pub","topic":"orders.eu","data":"1"}` + "\n" + `{"op":"pub","topic":"orders.eu","data":"2"}` + "\n")
		expect(system.Event{Event: system.SlowConsumer, ID: 2, Address: "pipe", User: "alice", Reason: "slow_consumer: nothing was read for 1s",
			LostMessages: 3, LostBytes: len(`{"topic":"orders.eu","data":"2"}` + "\n" + ok + "\n" + ok + "\n")})
		expect(system.Event{Event: system.Logged, Level: "WARN", Message: "slow consumer disconnected", Attributes: map[string]string{
			"user": "alice", "remote": "pipe", "reason": "slow_consumer: nothing was read for 1s"}})
		time.Sleep(lastWords)
		synctest.Wait()
		for id := range uint64(3) {
			ln.dial(t)
			expect(system.Event{Event: system.Connected, ID: 3 + id, Address: "pipe"})
		}
		ln.dial(t)
		expect(system.Event{Event: system.Logged, Level: "WARN", Message: "connection refused", Attributes: map[string]string{
			"remote": "pipe", "reason": "too_many_connections: the limit of 3 connections is reached: try again later"}})
		expect(system.Event{Event: system.Refused, Address: "pipe", Reason: "too_many_connections: the limit of 3 connections is reached: try again later"})
		r.Logger().With("file", "x").Error("it went wrong", "n", 1)
		expect(system.Event{Event: system.Logged, Level: "ERROR", Message: "it went wrong", Attributes: map[string]string{"file": "x", "n": "1"}})
		if err := r.Reload(cfg); err != nil {
			t.Fatal(err)
		}
		expect(system.Event{Event: system.Reloaded})
		admin.conn.Close()
	})
}

// Events that come in crowds are counted, and do not cost who reads them the connection.
func TestEventsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{})
		c := ln.dial(t)
		c.ask(subscribeTo(system.EventsTopic), ok)
		for range mostEvents + 7 {
			r.Logger().Warn("again")
		}
		var e system.Event
		for range mostEvents {
			c.told(system.EventsTopic, &e)
		}
		if c.told(system.EventsTopic, &e); e.Event != system.Omitted || e.Count != 7 {
			t.Errorf("%+v", e)
		}
		r.Logger().Warn("in the next second")
		if c.told(system.EventsTopic, &e); e.Message != "in the next second" {
			t.Errorf("%+v", e)
		}
	})
}

// While nobody is subscribed nothing is counted and nothing runs, also after somebody was.
func TestTheBoardIsIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{})
		idle := func() bool {
			synctest.Wait()
			registry := r.engine.(*registry)
			return r.board.counter.Load() == nil && !r.board.eventful.Load() && r.board.timer == nil && registry.watch == nil
		}
		if !idle() {
			t.Error("it works before anybody is subscribed")
		}
		c := ln.dial(t)
		for _, topic := range system.Names() {
			c.write(subscribeTo(topic) + "\n")
			go func() {
				for range 2 {
					c.read()
				}
			}()
			synctest.Wait()
			if idle() {
				t.Errorf("%s: it is idle", topic)
			}
			c.write(`{"op":"unsub","topic":"` + topic + "\"}\n")
			if synctest.Wait(); topic == system.EventsTopic {
				break
			}
			c.read()
		}
		synctest.Wait()
		if !idle() {
			t.Error("it works after the last one has gone")
		}
		c.conn.Close()
		c = ln.dial(t)
		c.ask(subscribeTo(system.TopicsTopic), ok)
		c.conn.Close()
		if !idle() {
			t.Error("it works for a client that has gone")
		}
	})
}

// A log that is told of nothing below warn still tells the events.
func TestEventsAreNoMatterOfTheLogLevel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{Logger: slog.New(slog.DiscardHandler)})
		c := ln.dial(t)
		c.ask(subscribeTo(system.EventsTopic), ok)
		r.Logger().Info("not told")
		r.Logger().Warn("told")
		var e system.Event
		if c.told(system.EventsTopic, &e); e.Message != "told" {
			t.Errorf("%+v", e)
		}
	})
}

// An admin ends a connection by its id, and both the client and the log learn who did it.
// Nobody else can: not another user, and not the users of a broker without any.
func TestAdminDisconnects(t *testing.T) {
	order := func(data string) string {
		return fmt.Sprintf(`{"op":"pub","topic":"$SYS.control","data":%q}`, data)
	}
	cfg := secure(t)
	cfg.Users = append(cfg.Users, User{Name: "guard", PasswordHash: testHash(t, "g"), Permissions: []string{"publish:$SYS.control"}})
	synctest.Test(t, func(t *testing.T) {
		_, ln := servePipes(t, Config{})
		ln.dial(t).ask(order(`{"disconnect":1}`), failed("forbidden: publish:$SYS.control is for admins, and this broker has no users"))
	})
	synctest.Test(t, func(t *testing.T) {
		var log strings.Builder
		cfg.Logger = slog.New(slog.NewTextHandler(&log, nil))
		_, ln := servePipes(t, cfg)
		as := func(name, password string) *client {
			c := ln.dial(t)
			c.ask(loginLine(name, password), ok)
			synctest.Wait()
			return c
		}
		admin, alice, bob, guard := as("admin", "root"), as("alice", "wonder:land"), as("bob", "builder"), as("guard", "g")
		alice.ask(order(`{"disconnect":3}`), failed("forbidden: publish:$SYS.control is not granted to alice"))
		bob.ask(`{"op":"ping"}`, ok)
		usage := failed(`bad_request: $SYS.control takes {\"disconnect\":ID} or {\"disconnect\":ID,\"reason\":TEXT}, with an id of $SYS.clients`)
		for _, data := range []string{"", "3", "{}", `{"disconnect":"3"}`, `{"disconnect":-3}`, `{"disconnect":3,"now":true}`, `{"disconnect":3}{}`} {
			admin.ask(order(data), usage)
		}
		admin.ask(order(`{"disconnect":99}`), failed("bad_request: there is no connection 99: it may have ended"))
		bob.ask(`{"op":"ping"}`, ok)

		alice.ask(subscribeTo("orders.eu"), ok)
		admin.ask(`{"op":"pub","topic":"orders.eu","data":"1"}`, ok)
		admin.ask(order(`{"disconnect":2,"reason":"it floods"}`), ok)
		alice.expect(`{"topic":"orders.eu","data":"1"}`, failed("disconnected: by admin: it floods"))
		alice.expectEnd()
		guard.ask(order(`{"disconnect":3}`), ok)
		bob.expect(failed("disconnected: by guard"))
		bob.expectEnd()
		synctest.Wait()
		if want := `level=WARN msg="an admin has disconnected a client" by=admin id=2 remote=pipe user=alice reason="it floods"`; !strings.Contains(log.String(), want) {
			t.Errorf("the log does not say who did it:\n%s", log.String())
		}
	})
}

// How many there are is told also where nothing else has changed of those that were told of.
func TestHowManyIsToldByItself(t *testing.T) {
	for _, always := range []bool{false, true} {
		var parts []system.Part
		inParts(always, false, nil, nil, func(p system.Part, _ []system.Topic, _ []string) { parts = append(parts, p) })
		if want := map[bool]int{true: 1}[always]; len(parts) != want || always && parts[0] != (system.Part{}) {
			t.Errorf("%v: told %+v", always, parts)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, Config{})
		watcher := ln.dial(t)
		watcher.ask(subscribeTo(system.TopicsTopic), ok)
		watcher.told(system.TopicsTopic, new(system.Topics))
		r.board.mu.Lock()
		r.board.total = 7
		r.board.tellTopics(r.board.watchers[system.TopicsTopic], false, nil, nil)
		r.board.tellTopics(r.board.watchers[system.TopicsTopic], false, nil, nil)
		r.board.mu.Unlock()
		expectTold(watcher, system.Topics{Part: system.Part{Total: 7}})
		watcher.ask(`{"op":"ping"}`, ok)
	})
}

// Package clustertest runs brokers that share messages through real nodes of NATS. It is a
// module of its own, because nats-server needs a later Go than joltui.
package clustertest

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"joltui/broker"
	"joltui/broker/cluster"
	"joltui/internal/load"
)

// Clients of two gateways get what is published at either, once and in order.
func TestTwoGateways(t *testing.T) {
	cfg := cluster.Config{URL: url(nodes(t, 1))}
	l := load.Defaults()
	l.Client.Dial = turns(gateway(t, cfg), gateway(t, cfg))
	l.Publishers, l.Subscribers, l.Topics = 4, 4, 100
	l.Warmup, l.Duration, l.Count = 0, 0, 40_000
	if r := run(t, l); !r.Sound() || r.Outages > 0 {
		t.Errorf("%+v, %d outages", r.Outcomes, r.Outages)
	}
}

// A pattern at one gateway matches what is published at another, and each tells of itself:
// what is published there alone.
func TestPatternsAcrossGateways(t *testing.T) {
	cfg := cluster.Config{URL: url(nodes(t, 1))}
	a, b := serve(t, broker.Config{Engine: &cfg, Patterns: true}), serve(t, broker.Config{Engine: &cfg, Patterns: true})
	subscriber, publisher := dial(t, b), dial(t, a)
	const ok = `{"ok":true}`
	for _, topic := range []string{"orders.*", "orders.eu"} {
		if got := subscriber.ask(`{"op":"sub","topic":"` + topic + `"}`); got != ok {
			t.Fatal(got)
		}
	}
	for _, topic := range []string{"orders.eu", "other", "orders.us"} {
		if got := publisher.ask(`{"op":"pub","topic":"` + topic + `","data":"1"}`); got != ok {
			t.Fatal(got)
		}
	}
	for _, topic := range []string{"orders.eu", "orders.us"} {
		if got := subscriber.read(); got != `{"topic":"`+topic+`","data":"1"}` {
			t.Error(got)
		}
	}
	for addr, published := range map[*net.TCPAddr]int{a: 3, b: 0} {
		c := dial(t, addr)
		if got := c.ask(`{"op":"sub","topic":"$SYS.broker"}`); got != ok {
			t.Fatal(got)
		}
		if got, want := c.read(), fmt.Sprintf(`\"messages_in\":%d,`, published); !strings.Contains(got, want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// Gateways with other users say so, each of the other, until a reload.
func TestOtherUsers(t *testing.T) {
	t.Parallel() // it waits until they have said so twice
	engine := cluster.Config{URL: url(nodes(t, 1))}
	hash, err := broker.HashPassword("pass word")
	if err != nil {
		t.Fatal(err)
	}
	config := func(name string, permissions ...string) broker.Config {
		return broker.Config{Engine: &engine, Name: name, Security: true,
			Users: []broker.User{{Name: "ann", PasswordHash: hash, Permissions: permissions}}}
	}
	a, _ := start(t, config("a", "publish:x"))
	b, _ := start(t, config("b", "publish:x", "subscribe:x"))
	await := func(b *broker.Broker, others ...string) {
		t.Helper()
		for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
			e := b.Stats().Engine
			if e.Brokers == 2 && slices.Equal(e.OtherUsers, others) {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("%+v, want %q", e, others)
			}
		}
	}
	await(a, "b")
	await(b, "a")
	if err := b.Reload(config("b", "publish:x")); err != nil {
		t.Fatal(err)
	}
	await(a)
	await(b)
}

// The node that leads the stream dies under load, and comes back: nothing is lost, comes
// twice or out of order. It is a pause; where the election of a new leader takes longer
// than a publish waits, publishers lose their connections, and subscribers never.
func TestLeaderKilled(t *testing.T) {
	t.Parallel() // both wait most of the time
	all := nodes(t, 3)
	cfg := cluster.Config{URL: url(all)}
	l := load.Defaults()
	l.Client.Dial = turns(gateway(t, cfg), gateway(t, cfg))
	l.Publishers, l.Subscribers, l.Topics = 4, 4, 5
	l.Rate, l.Window, l.Warmup, l.Duration, l.Grace, l.MaxOutage = 2000, 5000, 0, 15*time.Second, 20*time.Second, time.Minute
	go func() {
		time.Sleep(2 * time.Second)
		leader := leaderOf(t, cfg.URL, all)
		leader.kill()
		time.Sleep(8 * time.Second)
		leader.start()
	}()
	r := run(t, l)
	d, o := r.Deliveries, r.Outcomes
	if d.Lost+d.Duplicates+d.Reordered > 0 || o.Acknowledged < o.Published()/2 || r.Outages > l.Publishers {
		t.Errorf("%+v, %+v, %d outages", o, d, r.Outages)
	}
}

func leaderOf(t *testing.T, url string, all []*node) *node {
	conn, err := nats.Connect(url)
	if err != nil {
		t.Error(err)
		return all[0]
	}
	defer conn.Close()
	js, _ := conn.JetStream()
	info, err := js.StreamInfo("jolt")
	if err != nil {
		t.Error(err)
		return all[0]
	}
	for _, n := range all {
		if n.name == info.Cluster.Leader {
			return n
		}
	}
	t.Errorf("no leader among the nodes: %q", info.Cluster.Leader)
	return all[0]
}

// client is a raw connection to a gateway.
type client struct {
	t *testing.T
	net.Conn
	in *bufio.Reader
}

func dial(t *testing.T, addr *net.TCPAddr) *client {
	t.Helper()
	conn, err := net.Dial("tcp", addr.String())
	if err != nil {
		t.Fatal(err)
	}
	conn.SetDeadline(time.Now().Add(30 * time.Second))
	t.Cleanup(func() { conn.Close() })
	return &client{t, conn, bufio.NewReader(conn)}
}

func (c *client) ask(request string) string {
	c.t.Helper()
	fmt.Fprintln(c, request)
	return c.read()
}

func (c *client) read() string {
	c.t.Helper()
	line, err := c.in.ReadString('\n')
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(line)
}

// The only node goes, and what it had in memory with it. Publishing is refused, or ends
// without a word; the gateway does not listen; and when the node is back subscribers are
// told that messages may be missing.
func TestOnlyNodeGone(t *testing.T) {
	all := nodes(t, 1)
	addr := gateway(t, cluster.Config{URL: url(all)})
	subscriber, publisher := dial(t, addr), dial(t, addr)
	const publish, ok = `{"op":"pub","topic":"a","data":"1"}`, `{"ok":true}`
	if got := subscriber.ask(`{"op":"sub","topic":"a"}`); got != ok {
		t.Fatal(got)
	}
	if got := publisher.ask(publish); got != ok {
		t.Fatal(got)
	}
	if got := subscriber.read(); got != `{"topic":"a","data":"1"}` {
		t.Fatal(got)
	}
	all[0].kill()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		conn, err := net.Dial("tcp", addr.String())
		if err != nil {
			break
		}
		conn.Close()
		if time.Now().After(deadline) {
			t.Fatal("it still listens")
		}
	}
	if got := publisher.ask(publish); !strings.Contains(got, `"error":"unavailable: no connection to NATS`) || !strings.Contains(got, "nothing was published") {
		t.Error(got)
	}
	all[0].start()
	if got := subscriber.read(); !strings.Contains(got, `"error":"interrupted: `) {
		t.Error(got)
	}
	if got := subscriber.read(); got != "EOF" {
		t.Error(got)
	}
	for {
		conn, err := net.Dial("tcp", addr.String())
		if err == nil {
			conn.Close()
			break
		}
	}
	if got := dial(t, addr).ask(publish); got != ok {
		t.Error(got)
	}
}

// What is wrong with the nodes is said at the start, and what to do.
func TestWrongNodes(t *testing.T) {
	plain := nodes(t, 1)
	gateway(t, cluster.Config{URL: url(plain)})
	conf := filepath.Join(t.TempDir(), "nats.conf")
	if err := os.WriteFile(conf, []byte("max_payload: 65536\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	denied := filepath.Join(t.TempDir(), "nats.conf")
	if err := os.WriteFile(denied, []byte(`authorization { users: [ {user: u, password: p, permissions: {publish: ["$JS.API.>"], subscribe: ["_INBOX.>"]}} ] }`), 0o600); err != nil {
		t.Fatal(err)
	}
	password := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(password, []byte("p"), 0o600); err != nil {
		t.Fatal(err)
	}
	small, closed := nodes(t, 1, "-c", conf), nodes(t, 1, "-c", denied)
	for want, cfg := range map[string]cluster.Config{
		"set max_payload to":                        {URL: url(small)},
		`has max_age 1m0s, and the configuration`:   {URL: url(plain), MaxAge: time.Hour},
		`set "replicas" to 1, or run a cluster`:     {URL: url(plain), Prefix: "other", Replicas: 3},
		`set "credentials", or "user"`:              {URL: url(closed)},
		"permit publishing to jolt.>, $JS.API.> an": {URL: url(closed), User: "u", PasswordFile: password},
	} {
		t.Run(want, func(t *testing.T) {
			b, err := broker.New(broker.Config{Engine: &cfg, Logger: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			ctx, cancel := context.WithTimeout(t.Context(), 25*time.Second)
			defer cancel()
			if err := b.Connect(ctx); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v, want %q", err, want)
			}
		})
	}
}

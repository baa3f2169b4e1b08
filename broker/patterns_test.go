package broker

import (
	"fmt"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"joltui/internal/pattern"
)

// Whatever patterns and topics clients subscribe to and give up, each message comes once to
// each whose subscriptions match, as a model says that looks at all of them.
func TestPatternsModel(t *testing.T) {
	names := []string{"a", "b", "a.a", "a.b", "b.a", "a.b.a", "*", ">", "a.*", "*.a", "a.>", "*.*", "a.*.a", "b.>"}
	rapid.Check(t, func(rt *rapid.T) {
		synctest.Test(t, func(t *testing.T) {
			_, ln := servePipes(t, Config{Patterns: true})
			clients := []*client{ln.dial(t), ln.dial(t), ln.dial(t)}
			has := make([]map[string]bool, len(clients))
			for i := range has {
				has[i] = make(map[string]bool)
			}
			for n := range rapid.IntRange(1, 60).Draw(rt, "steps") {
				i, name := rapid.IntRange(0, 2).Draw(rt, "client"), rapid.SampledFrom(names).Draw(rt, "name")
				switch op := rapid.IntRange(0, 3).Draw(rt, "op"); {
				case op == 0:
					clients[i].ask(subscribeTo(name), ok)
					has[i][name] = true
				case op == 1 && has[i][name]:
					clients[i].ask(`{"op":"unsub","topic":"`+name+`"}`, ok)
					delete(has[i], name)
				case pattern.Is(name):
					clients[i].ask(fmt.Sprintf(`{"op":"pub","topic":%q,"data":""}`, name), failed("bad_topic: "+name+" is a pattern: publish to a topic"))
				default:
					publisher := ln.dial(t)
					publisher.ask(fmt.Sprintf(`{"op":"pub","topic":%q,"data":"%d"}`, name, n), ok)
					publisher.conn.Close()
					for i, c := range clients {
						for subscribed := range has[i] {
							if subscribed == name || pattern.Is(subscribed) && pattern.Matches(subscribed, name) {
								c.expect(fmt.Sprintf(`{"topic":%q,"data":"%d"}`, name, n))
								break
							}
						}
					}
				}
			}
			for _, c := range clients {
				c.ask(`{"op":"ping"}`, ok) // and nothing else has come
				c.conn.Close()
			}
		})
	})
}

// Of patterns a user gets what is within one grant, and never what is the broker's own.
func TestPermissionsArePatterns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := secure(t)
		cfg.Patterns = true
		cfg.Users = append(cfg.Users, User{Name: "eve", PasswordHash: testHash(t, "e"),
			Permissions: []string{"subscribe:>", "publish:orders.*"}},
			User{Name: "sub", PasswordHash: testHash(t, "s"), Permissions: []string{"subscribe:orders.*.eu"}})
		r, ln := servePipes(t, cfg)
		eve, sub := ln.dial(t), ln.dial(t)
		eve.ask(loginLine("eve", "e"), ok)
		eve.ask(subscribeTo("a.*.b"), ok)
		eve.ask(subscribeTo("$SYS.broker"), failed("forbidden: subscribe:$SYS.broker is not granted to eve"))
		eve.ask(subscribeTo("$SYS.>"), failed("forbidden: subscribe:$SYS.> is not granted to eve"))
		eve.ask(subscribeTo("a.>.b"), failed(`bad_topic: a.>.b: \">\" stands for all further levels and has to be the last one`))
		eve.ask(`{"op":"pub","topic":"orders.eu","data":""}`, ok)
		eve.ask(`{"op":"pub","topic":"orders.eu.x","data":""}`, failed("forbidden: publish:orders.eu.x is not granted to eve"))
		sub.ask(loginLine("sub", "s"), ok)
		for name, granted := range map[string]bool{"orders.a.eu": true, "orders.*.eu": true, "orders.>": false, "orders.*.*": false, "*.a.eu": false, ">": false} {
			want := ok
			if !granted {
				want = failed("forbidden: subscribe:" + name + " is not granted to sub")
			}
			sub.ask(subscribeTo(name), want)
		}
		cfg.Users[len(cfg.Users)-1].Permissions = []string{"subscribe:orders.>"} // is more
		cfg.Users[len(cfg.Users)-2].Permissions = []string{"subscribe:*", "publish:>"}
		if err := r.Reload(cfg); err != nil {
			t.Fatal(err)
		}
		sub.ask(subscribeTo("orders.>"), ok)
		eve.expect(failed("forbidden: the permissions of eve have changed: log in again"))
		sub.conn.Close()
	})
}

// With patterns off, * and > are characters as any other, also in permissions.
func TestPatternsOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := secure(t)
		cfg.Users = append(cfg.Users, User{Name: "eve", PasswordHash: testHash(t, "e"), Permissions: []string{"subscribe:a.>", "publish:a.>", "publish:a.b"}})
		_, ln := servePipes(t, cfg)
		c := ln.dial(t)
		c.ask(loginLine("eve", "e"), ok)
		c.ask(subscribeTo("a.>"), ok)
		c.ask(subscribeTo("a.b"), failed("forbidden: subscribe:a.b is not granted to eve"))
		c.ask(`{"op":"pub","topic":"a.b","data":"1"}`, ok)
		c.ask(`{"op":"pub","topic":"a.>","data":"2"}`, `{"topic":"a.>","data":"2"}`, ok)
	})
}

// Who subscribes to a pattern gets the last value of each topic that it has not had.
func TestLastValuesOfAPattern(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, ln := servePipes(t, Config{Patterns: true, LastValue: []string{"state.*"}})
		publisher, c := ln.dial(t), ln.dial(t)
		message := func(topic string) string { return `{"topic":"` + topic + `","data":"1"}` }
		for _, topic := range []string{"state.b", "state.a", "other.a"} {
			publisher.ask(`{"op":"pub","topic":"`+topic+`","data":"1"}`, ok)
		}
		c.ask(subscribeTo("state.a"), ok, message("state.a"))
		c.ask(subscribeTo(">"), ok, message("state.b"))
		c.ask(subscribeTo("state.b"), ok)
		c.ask(subscribeTo("state.*"), ok)
		c.ask(`{"op":"ping"}`, ok)
	})
}

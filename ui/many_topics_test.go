package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"joltui/jolt"
)

// manyShops is a dashboard with 500 topics, half a second after each has had a message.
func manyShops(t *testing.T, w, h int, o Options) *screen {
	areas := []string{"inventory", "payments", "shipping", "returns"}
	for _, area := range areas {
		for _, region := range []string{"eu", "us", "latam", "apac", "africa"} {
			for node := range 25 {
				o.Topics = append(o.Topics, fmt.Sprintf("shop.%s.%s.node-%d.events", area, region, node+1))
			}
		}
	}
	s := newScreen(t, w, h, o)
	s.blind = true
	s.events(up(len(o.Topics)))
	s.events(subscribed(o.Topics...)...)
	for i, topic := range o.Topics {
		s.events(&jolt.Message{At: s.now, Topic: topic, Data: fmt.Sprintf(`{"n":%d,"status":"ok"}`, i)})
	}
	s.pass(1e9)
	s.blind = false
	s.draw()
	return s
}

func TestGoldenManyTopics(t *testing.T) {
	for name, keys := range map[string][]string{
		"all":              nil,
		"finding":          {"/", "text:pay us 12"},
		"found":            {"/", "text:us.node-1", "enter"},
		"group":            {"z", "Z", "j", "l", "j", "j"},
		"tiles of a group": {"z", "Z", "j", "l", "j", "v", "J"},
		"unsubscribing":    {"z", "Z", "j", "U"},
	} {
		for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size.w, size.h), func(t *testing.T) {
				s := manyShops(t, size.w, size.h, Options{})
				s.press(keys...)
				s.golden()
			})
		}
	}
}

// What is typed selects topics at once, the stream goes with it, and esc takes it back.
func TestFilterOfTopicsIsLive(t *testing.T) {
	s := manyShops(t, 160, 50, Options{})
	s.press("j", "/", "text:PAY us 12")
	s.contains("Topics 1 of 500 /PAY us 12/", "1 topic /PAY us 12/", "12.events")
	s.lacks("node-11")
	s.press("enter")
	s.events(
		&jolt.Message{At: s.now, Topic: "shop.payments.us.node-12.events", Data: `"new one"`},
		&jolt.Message{At: s.now, Topic: "shop.payments.us.node-13.events", Data: `"of others"`},
	)
	s.contains("new one")
	s.lacks("of others")
	s.press("esc")
	s.contains("Topics 500", "shop.inventory.africa.node-1.events ─ ")
	s.press("/", "text:zzz", "esc")
	s.contains("Topics 500")
	s.press("/", "text:us", "enter", "/", "text:x", "esc")
	s.contains("Topics 100 of 500 /us/")
	s.press("j", "j")
	s.events(subscribed("orders.eu")...)
	if s.model.subscribing.openTopic("orders.eu"); s.model.topics.Scope().Topic != "orders.eu" {
		t.Errorf("a topic that was hidden is not selected, but %+v", s.model.topics.Scope())
	}
	s.draw()
	s.lacks("/us/")
}

// From the question for topics one key leads to that for messages, with what was typed.
func TestFilterOfTopicsOrMessages(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("/", "text:failed")
	s.contains("topics / failed", "tab filter messages", "Topics 0 of 3")
	s.press("tab")
	s.contains("filter / failed", "filter /failed/", "Topics 3 ")
	s.press("enter")
	s.contains("filter /failed/")
}

// A group has a stream of its own, and the publish box has no topic then.
func TestStreamOfAGroup(t *testing.T) {
	s := manyShops(t, 160, 50, Options{})
	s.press("z", "Z", "j", "l", "j", "l", "j")
	if got := s.model.topics.Scope().Group; got != "shop.inventory.africa" {
		t.Fatalf("selected is %q", got)
	}
	s.contains("shop.inventory.africa. 25 topics ─ ")
	if got := s.model.currentTopic(); got != "" {
		t.Errorf("what is published goes to %q", got)
	}
	s.events(
		&jolt.Message{At: s.now, Topic: "shop.inventory.africa.node-3.events", Data: "of the group"},
		&jolt.Message{At: s.now, Topic: "shop.inventory.apac.node-3.events", Data: "of others"},
		&jolt.Message{At: s.now, Topic: "shop.inventory.africa.new", Data: "of a new topic"},
	)
	s.contains("node-3.events   of the group", "new             of a new topic")
	s.lacks("of others")
	s.press("tab", " ")
	s.events(&jolt.Message{At: s.now, Topic: "shop.inventory.africa.new", Data: "while paused"})
	s.contains("1 new")
	s.lacks("while paused")
	s.press(" ", "G", "tab", "tab", "g")
	s.contains("all topics shop.… ─ ")
	if s.model.feed.Gathered() != nil {
		t.Error("the messages of the group are still gathered")
	}
}

func TestFoldAllGroups(t *testing.T) {
	s := manyShops(t, 160, 50, Options{})
	s.press("z", "G", "Z")
	s.contains("⊞ shop. 500 ")
	s.lacks("node-1.")
	if got := s.model.topics.Scope().Group; got != "shop" {
		t.Errorf("what hides the topic is not selected, but %q", got)
	}
	s.press("Z")
	s.contains("⊟ shop.", "node-1.")
}

// Not all topics of a group fit side by side: a page of them is shown, and only those have a
// stream.
func TestTilesHavePages(t *testing.T) {
	s := manyShops(t, 160, 50, Options{})
	s.press("z", "Z", "j", "l", "j", "l", "j", "v") // 25 of shop.inventory.africa
	shown := func() (names []string) {
		for _, stream := range s.model.streams {
			names = append(names, stream.Topic())
		}
		return names
	}
	first := shown()
	if len(first) != 8 || len(s.model.topics.Tiled()) != 25 {
		t.Fatalf("%d of %d are shown", len(first), len(s.model.topics.Tiled()))
	}
	s.contains("side by side 1–8 of 25; J shows the next", "+17 hidden")
	seen := slices.Clone(first)
	for range 3 {
		s.press("J")
		seen = append(seen, shown()...)
	}
	if !slices.Equal(seen, s.model.topics.Tiled()) {
		t.Errorf("the pages are %q", seen)
	}
	s.contains("side by side 25–25 of 25")
	if s.press("J"); !slices.Equal(shown(), first) {
		t.Errorf("after the last comes %q", shown())
	}
	s.press("K", "enter", "j", "enter") // the second one of the group
	if got := s.model.stream().Topic(); got != s.model.topics.Selected() || s.model.page != 1 && s.model.page != 0 {
		t.Errorf("opened is %q, on page %d, of %q", got, s.model.page, s.model.topics.Selected())
	}
	s.press("tab", "V")
	if len(s.model.tiles) > 0 && s.model.focus == 0 {
		t.Error("V leaves them side by side")
	}
}

// Several topics are given up only after a question.
func TestUnsubscribeSeveralAsks(t *testing.T) {
	s := manyShops(t, 160, 50, Options{})
	s.press("z", "Z", "j", "l", "j", "U")
	s.contains("unsubscribe the 125 topics in shop.inventory.?")
	s.press("n")
	if got := s.client.asked(jolt.OpUnsubscribe); len(got) != 0 {
		t.Fatalf("no means that %d are given up", len(got))
	}
	s.press("U", "y")
	got := s.client.asked(jolt.OpUnsubscribe)
	if len(got) != 125 || !strings.HasPrefix(got[124], "shop.inventory.") {
		t.Errorf("%d are given up", len(got))
	}
	s.contains("125 topics given up; to subscribe again press s, then tab")

	one := watchOrders(t, 120, 40, Options{})
	one.press("G", "v", "U")
	wantTopics(t, one.client.asked(jolt.OpUnsubscribe), "orders.eu")
}

// 500 subscriptions are one row of the log, with their topics in its details; those that are
// refused have rows of their own.
func TestManySubscriptionsAreOneRow(t *testing.T) {
	s := newScreen(t, 120, 40, Options{})
	s.events(up(0))
	var topics []string
	for i := range 500 {
		topics = append(topics, fmt.Sprintf("t.%03d", i))
	}
	s.run(s.model.subscribing.subscribe(topics))
	for i, r := range s.client.requests {
		if i == 77 {
			s.events(reject(r, "forbidden: subscribe:t.077 is not granted to alice"))
		} else {
			s.events(ack(r, 0))
		}
	}
	s.contains("sub   500 topics  ✓ 499 ok  ✗ 1 rejected", "sub   t.077  ✗ forbidden: subscribe:t.077")
	s.press("tab", "tab", "g", "j", "enter")
	s.contains("Requests made at once", "✗ 1", "t.000, t.001")
	s.press("esc", "o")
	s.contains("what went wrong", "t.077  ✗ forbidden")
	s.lacks("500 topics  ✓")
}

// The row of an alert leads to its message, and to its watch.
func TestAnAlertLeadsToItsMessage(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("W", "a", "text:.amount in orders.eu", "enter", "t", "text:> 900", "enter", "esc")
	s.events(&jolt.Message{At: s.now, Topic: "orders.eu", Data: `{"id":9999,"amount":901}`})
	s.press("tab", "tab", "G")
	s.contains("▲ alert .amount in orders.eu > 900: 901")
	s.press("enter")
	s.contains("Alert", `{"id":9999,"amount":901}`, "enter the message")
	s.press("enter")
	s.contains("orders.eu", `"id": 9999`)
	s.press("esc", "W")
	s.contains("Watched fields", "▸")
}

// A threshold that cannot be met is said to be one while it is typed, and when it is set.
func TestAThresholdThatCannotBeMet(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("W", "a", "text:.status in orders.eu", "enter", "t", "text:> 100")
	s.contains(`no value was a number so far, the last one is "paid"`)
	s.press("enter", "esc")
	s.logSays(`alert set: > 100; but no value was a number so far`)
}

// Where there are profiles, a connection that fails says which keys lead on.
func TestAFailedConnectionLeadsOn(t *testing.T) {
	s := newScreen(t, 120, 40, Options{Profiles: someProfiles(), Profile: "prod", Retry: true})
	s.events(reject(jolt.Request{Op: jolt.OpAuth, User: "alice"}, "auth_failed: no"))
	s.events(&jolt.StateChange{At: s.now, State: jolt.Closed, Addr: address, Cause: &jolt.RejectedError{Op: jolt.OpAuth, Text: "auth_failed: no"}})
	s.contains("press C for another profile", "try again       press R", "other profile   press C")
	s.press("tab", "tab", "G", "enter")
	s.contains("what now", "R connect anew", "C profiles")
	s.press("C")
	s.contains("Profiles")
	s.press("esc", "R")
	if !s.quit || !s.model.Retry() {
		t.Error("R does not connect anew")
	}
}

// What comes by a pattern is shown under it, and is not called unsubscribed.
func TestTopicsOfAPattern(t *testing.T) {
	s := newScreen(t, 120, 40, Options{Topics: []string{"orders.*", "chat.room"}})
	s.events(up(2))
	s.events(subscribed("orders.*", "chat.room")...)
	s.events(
		&jolt.Message{At: s.now, Topic: "orders.eu", Data: "from Europe"},
		&jolt.Message{At: s.now, Topic: "orders.us", Data: "from America"},
		&jolt.Message{At: s.now, Topic: "chat.room", Data: "hello"},
	)
	s.pass(1e9)
	s.contains("● orders.*", "◎ orders.eu", "◎ orders.us")
	s.press("j", "j")
	s.contains("orders.* 2 topics ─ ", "orders.eu  from Europe", "orders.us  from America")
	s.lacks("hello")
	s.press("j", "u")
	s.contains("orders.eu comes by orders.*: unsubscribe that")
	if got := s.client.asked(jolt.OpUnsubscribe); len(got) > 0 {
		t.Errorf("asked to unsubscribe %v", got)
	}
	s.pass(sayTime)
	s.press("f")
	s.contains("by orders", "2 topics")
	s.press("f", "s", "text:shop.>")
	s.contains("shop.> is a pattern here: all topics that match")
}

// Where nothing is known of patterns, one is told what it is that one subscribes to, and tab
// takes the topics that one meant.
func TestAPatternIsANameAtFirst(t *testing.T) {
	s := newScreen(t, 160, 40, Options{})
	s.events(up(0))
	for _, topic := range []string{"orders.eu", "orders.us", "chat.room"} {
		s.events(&jolt.Message{At: s.now, Topic: topic, Data: "x"})
	}
	s.press("s", "text:orders/#")
	s.contains("exact names only: orders/# is a name, unless the broker has patterns on; tab takes 2 topics that match")
	s.press("tab", "enter")
	wantTopics(t, s.client.asked(jolt.OpSubscribe), "orders.eu", "orders.us")
}

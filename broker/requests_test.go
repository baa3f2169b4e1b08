package broker

import (
	"bytes"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryOperationGetsItsReply(t *testing.T) {
	r := startBroker(t, Config{})
	c := r.dial(t)
	c.ask(`{"op":"ping"}`, ok)
	c.ask(`{"op":"auth","user":"any","pass":"thing"}`, ok)
	c.ask(`{"op":"sub","topic":"a"}`, ok)
	c.ask(`{"op":"pub","topic":"a","data":"1"}`, `{"topic":"a","data":"1"}`, ok)
	c.ask(`{"op":"unsub","topic":"a"}`, ok)
	c.ask(`{"op":"pub","topic":"a","data":"2"}`, ok)
	c.ask(`{"op":"ping"}`, ok)
}

func TestRefusals(t *testing.T) {
	long := strings.Repeat("x", 257)
	tests := []struct{ name, request, want string }{
		{"empty topic sub", `{"op":"sub","topic":""}`, "bad_topic: the topic is empty"},
		{"empty topic unsub", `{"op":"unsub","topic":""}`, "bad_topic: the topic is empty"},
		{"empty topic pub", `{"op":"pub","topic":"","data":"x"}`, "bad_topic: the topic is empty"},
		{"long topic", `{"op":"sub","topic":"` + long + `"}`, "too_large: the topic has 257 bytes, the limit is 256"},
		{"unsub without sub", `{"op":"unsub","topic":"a"}`, "unknown_topic: not subscribed to a"},
		{"unknown op", `{"op":"list"}`, `unknown_op: there is no op list, only sub, unsub, pub and ping, and the login`},
		{"subscribe", `{"op":"subscribe","topic":"a"}`, `unknown_op: there is no op subscribe: send \"sub\" in its place`},
		{"unsubscribe", `{"op":"unsubscribe","topic":"a"}`, `unknown_op: there is no op unsubscribe: send \"unsub\" in its place`},
		{"publish", `{"op":"publish","topic":"a","data":"b"}`, `unknown_op: there is no op publish: send \"pub\" in its place`},
		{"login", `{"op":"login"}`, `unknown_op: there is no op login: send \"auth\" in its place`},
		{"cmd", `{"cmd":"subscribe","topic":"a"}`, `bad_request: a request needs \"op\" in place of \"cmd\", which clients before 2.3.1 send: update the client`},
		{"command", `{"command": "ping"}`, `bad_request: a request needs \"op\" in place of \"command\", which clients before 2.3.1 send: update the client`},
		{"upper case op", `{"op":"PING"}`, `unknown_op: there is no op PING: send \"ping\" in its place`},
		{"not JSON", `hello`, "bad_request: not a JSON object"},
		{"a list", `["ping"]`, "bad_request: not a JSON object"},
		{"no op", `{"topic":"a"}`, `bad_request: a request needs \"op\"`},
		{"no topic", `{"op":"sub"}`, `bad_request: sub needs \"topic\"`},
		{"no data", `{"op":"pub","topic":"a"}`, `bad_request: pub needs \"data\"`},
		{"data is no string", `{"op":"pub","topic":"a","data":1}`, `bad_request: \"data\" of pub must be a string: other JSON has to be the text of one`},
		{"upper case key", `{"op":"sub","Topic":"a"}`, `bad_request: sub needs \"topic\"`},
		{"duplicate key", `{"op":"ping","op":"ping"}`, `bad_request: duplicate key \"op\"`},
		{"two objects", `{"op":"ping"}{"op":"ping"}`, "bad_request: byte 13: text after the object"},
		{"invalid UTF-8", "{\"op\":\"sub\",\"topic\":\"\xff\"}", "bad_request: byte 21: invalid UTF-8"},
		{"NUL", "{\"op\":\"sub\",\"topic\":\"\x00\"}", "bad_request: byte 21: control character 0x00 in a string"},
	}
	r := startBroker(t, Config{})
	c := r.dial(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c.tb = t
			// The stream stays in step: the ping gets its own reply.
			c.ask(test.request, failed(test.want))
			c.ask(`{"op":"ping"}`, ok)
		})
	}
}

// Clients tell by "auth" in a text that they have to log in: no text about anything else
// has it, not even where the client's own words do.
func TestOnlyLoginsAreCalledSo(t *testing.T) {
	r := startBroker(t, secure(t))
	stranger, bob := r.dial(t), r.dial(t)
	bob.ask(loginLine("bob", "builder"), ok)
	for _, test := range []struct{ request, want string }{
		{`{"op":"pub","topic":"auth.events","data":"x"}`, "forbidden: publish:… is not granted to bob"},
		{`{"op":"sub","topic":"AUTHORS"}`, "forbidden: subscribe:… is not granted to bob"},
		{`{"op":"unsub","topic":"auth"}`, "unknown_topic: not subscribed to …"},
		{`{"op":"author"}`, "unknown_op: there is no op …, only sub, unsub, pub and ping, and the login"},
		{`{"op":"ping","auth":1,"auth":2}`, "bad_request: duplicate key …"},
		{`{"op":"no"}`, "unknown_op: there is no op no, only sub, unsub, pub and ping, and the login"},
	} {
		bob.ask(test.request, failed(test.want))
		if strings.Contains(strings.ToLower(test.want), "auth") {
			t.Errorf("%q is about no login", test.want)
		}
	}
	stranger.write(`{"op":"ping","x":"` + strings.Repeat("x", 5000) + "\"}\n")
	if got := stranger.read(); strings.Contains(got, "auth") {
		t.Error(got)
	}
	for request, want := range map[string]string{ // which are about one
		`{"op":"ping"}`:            "auth_required: auth has to come before ping",
		`{"op":"auth","user":"u"}`: `bad_request: auth needs \"pass\"`,
	} {
		r.dial(t).ask(request, failed(want))
	}
}

// Requests that are refused are counted by code, and logged at debug.
func TestRefusedRequestsAreCounted(t *testing.T) {
	var log bytes.Buffer
	cfg := secure(t)
	cfg.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	r := startBroker(t, cfg)
	c := r.dial(t)
	c.ask(`{"op":"ping"}`, failed("auth_required: auth has to come before ping"))
	c.ask(loginLine("bob", "wrong"), failed("auth_failed: unknown user or wrong password"))
	c.ask(loginLine("bob", "builder"), ok)
	for range 2 {
		c.ask(`{"op":"pub","topic":"x","data":"p4yload"}`, failed("forbidden: publish:x is not granted to bob"))
	}
	c.write(`{"op":"ping","x":"` + strings.Repeat("x", 2<<20))
	c.expect(failed("too_large: a line has more than 1048576 bytes"))
	r.await(t, "the client to go", func(s Stats) bool { return s.Connections == 0 })
	got := r.Stats().Refused
	maps.DeleteFunc(got, func(_ string, n uint64) bool { return n == 0 })
	want := map[string]uint64{"auth_required": 1, "auth_failed": 1, "forbidden": 2, "too_large": 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if err := r.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-r.served
	for text, n := range map[string]int{`msg="request refused"`: 5, `user=bob reason="forbidden: publish:x is not granted to bob"`: 2, "p4yload": 0} {
		if got := strings.Count(log.String(), text); got != n {
			t.Errorf("%s is %d times in the log, want %d:\n%s", text, got, n, &log)
		}
	}
}

// A line that two readers could understand in two ways is refused as a whole.
func TestStrictKeys(t *testing.T) {
	tests := []struct{ request, want string }{
		{`{"op":"pub","topic":"a","topic":"b","data":"x"}`, `duplicate key \"topic\"`},
		{`{"op":"pub","topic":"a","t\u006fpic":"b","data":"x"}`, `duplicate key \"topic\"`},
		{`{"op":"pub","topic":"a","data":"x","data":"y"}`, `duplicate key \"data\"`},
		{`{"op":"pub","topic":"a","data":"x","op":"ping"}`, `duplicate key \"op\"`},
		{`{"op":"pub","topic":"a","data":"x","z":1,"z":1}`, `duplicate key \"z\"`},
		{`{"op":"pub","topic":"a","data":"x","":1,"":1}`, `duplicate key \"\"`},
		{`{"op":"pub","1":0,"2":0,"3":0,"4":0,"5":0,"6":0,"7":0,"topic":"a","data":"x","7":0}`, `duplicate key \"7\"`},
		{`{"op":"auth","user":"u","pass":"p","user":"v"}`, `duplicate key \"user\"`},
		{`{"op":"sub","topic":"c","topic":"c"}`, `duplicate key \"topic\"`},
		{`{"OP":"ping"}`, `a request needs \"op\"`},
		{`{"Op":"pub","topic":"a","data":"x"}`, `a request needs \"op\"`},
		{`{"op":"pub","TOPIC":"a","data":"x"}`, `pub needs \"topic\"`},
		{`{"op":"pub","topic":"a","Data":"x"}`, `pub needs \"data\"`},
		{`{"op":"auth","User":"u","pass":"p"}`, `auth needs \"user\"`},
		{`{"op":"unsub","topic":null}`, `\"topic\" of unsub must be a string`},
	}
	r := startBroker(t, Config{})
	c, subscriber := r.dial(t), r.dial(t)
	subscriber.ask(`{"op":"sub","topic":"a"}`, ok)
	subscriber.ask(`{"op":"sub","topic":"b"}`, ok)
	for _, test := range tests {
		c.ask(test.request, failed("bad_request: "+test.want))
	}
	// Keys in another case are further keys, which every frame may have.
	c.ask(`{"op":"sub","Topic":"a","topic":"c","TOPIC":"b","x":{"y":1,"y":2}}`, ok)
	subscriber.ask(`{"op":"ping"}`, ok) // nothing was published
	if got := r.Stats(); got.Topics != 3 || got.MessagesIn != 0 {
		t.Errorf("%+v, want the topics a, b and c, and no message", got)
	}
}

// What a client makes the broker send back is bounded.
func TestRefusalDoesNotEchoAtLength(t *testing.T) {
	r := startBroker(t, Config{})
	c := r.dial(t)
	c.write(`{"op":"` + strings.Repeat("ä", 100_000) + `"}` + "\n")
	got := c.read()
	if len(got) > 500 || !strings.HasPrefix(got, `{"ok":false,"error":"unknown_op: `) || !strings.Contains(got, "…") {
		t.Errorf("got %d bytes: %.100s", len(got), got)
	}
}

func TestMessagesReachSubscribersOnly(t *testing.T) {
	r := startBroker(t, Config{})
	publisher, subscriber, other := r.dial(t), r.dial(t), r.dial(t)
	subscriber.ask(`{"op":"sub","topic":"a"}`, ok)
	other.ask(`{"op":"sub","topic":"b"}`, ok)

	publisher.ask(`{"op":"pub","topic":"a","data":"héllo \"x\"\n"}`, ok)
	publisher.ask(`{"op":"pub","topic":"A","data":"another topic"}`, ok)
	publisher.ask(`{"op":"pub","topic":"b","data":""}`, ok)
	publisher.ask(`{"op":"ping"}`, ok) // nothing came to the publisher in between

	subscriber.expect(`{"topic":"a","data":"héllo \"x\"\n"}`)
	subscriber.ask(`{"op":"ping"}`, ok)
	other.expect(`{"topic":"b","data":""}`)
	other.ask(`{"op":"ping"}`, ok)
}

func TestSecondSubDeliversOnce(t *testing.T) {
	r := startBroker(t, Config{})
	c := r.dial(t)
	c.ask(`{"op":"sub","topic":"a"}`, ok)
	c.ask(`{"op":"sub","topic":"a"}`, ok)
	c.ask(`{"op":"pub","topic":"a","data":"x"}`, `{"topic":"a","data":"x"}`, ok)
	c.ask(`{"op":"unsub","topic":"a"}`, ok)
	c.ask(`{"op":"pub","topic":"a","data":"y"}`, ok)
	c.ask(`{"op":"ping"}`, ok)
}

// Within one read, a subscription counts for exactly what comes after it.
func TestOrderWithinOneWrite(t *testing.T) {
	r := startBroker(t, Config{})
	c := r.dial(t)
	c.write(strings.Join([]string{
		`{"op":"pub","topic":"a","data":"before"}`,
		`{"op":"sub","topic":"a"}`,
		`{"op":"pub","topic":"a","data":"1"}`,
		`{"op":"pub","topic":"b","data":"nobody"}`,
		`{"op":"pub","topic":"a","data":"2"}`,
		`{"op":"unsub","topic":"a"}`,
		`{"op":"pub","topic":"a","data":"after"}`,
		`{"op":"nonsense"}`,
		`{"op":"ping"}`,
	}, "\n") + "\n")
	var replies, messages []string
	for range 11 {
		if line := c.read(); strings.HasPrefix(line, `{"topic"`) {
			messages = append(messages, line)
		} else {
			replies = append(replies, line)
		}
	}
	wantMessages := []string{`{"topic":"a","data":"1"}`, `{"topic":"a","data":"2"}`}
	if fmt.Sprint(messages) != fmt.Sprint(wantMessages) {
		t.Errorf("messages %v, want %v", messages, wantMessages)
	}
	for i, reply := range replies {
		if (reply == ok) == (i == 7) {
			t.Errorf("reply %d is %s", i, reply)
		}
	}
}

func TestTopicVanishesWithItsSubscribers(t *testing.T) {
	oneGateway(t, "topics of its own")
	r := startBroker(t, Config{})
	a, b := r.dial(t), r.dial(t)
	a.ask(`{"op":"sub","topic":"shared"}`, ok)
	b.ask(`{"op":"sub","topic":"shared"}`, ok)
	b.ask(`{"op":"sub","topic":"own"}`, ok)
	if got := r.Stats(); got.Topics != 2 || got.Connections != 2 {
		t.Errorf("%+v, want 2 topics and 2 connections", got)
	}
	b.conn.Close()
	r.await(t, "a connection to go", func(s Stats) bool { return s.Connections == 1 })
	if got := r.Stats().Topics; got != 1 {
		t.Errorf("%d topics after a subscriber left, want 1", got)
	}
	a.ask(`{"op":"unsub","topic":"shared"}`, ok)
	if got := r.Stats().Topics; got != 0 {
		t.Errorf("%d topics after the last unsub, want 0", got)
	}
	a.ask(`{"op":"pub","topic":"shared","data":"x"}`, ok)
	if got := r.Stats(); got.MessagesIn != 1 || got.MessagesOut != 0 {
		t.Errorf("%+v, want 1 message in and 0 out", got)
	}
}

func TestTopicLimit(t *testing.T) {
	r := startBroker(t, Config{Limits: Limits{TopicBytes: 6}})
	c := r.dial(t)
	c.ask(`{"op":"sub","topic":"12345"}`, ok)
	c.ask(`{"op":"sub","topic":"ééé"}`, ok)
	c.ask(`{"op":"sub","topic":"1234567"}`, failed("too_large: the topic has 7 bytes, the limit is 6"))
	c.ask(`{"op":"pub","topic":"1234567","data":""}`, failed("too_large: the topic has 7 bytes, the limit is 6"))
}

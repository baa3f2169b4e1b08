package broker

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"joltui/broker/internal/roll"
	"joltui/broker/internal/stream"
	"joltui/internal/system"
)

// tell has another broker tell of itself.
func (e fedEngine) tell(c roll.Card) {
	e.Receive([]stream.Message{{Topic: cardTopic, Frame: c.Line()}}, false)
}

// What brokers tell one another is for no client. A broker whose users differ is warned of,
// once, and named in $SYS.broker until it has the same.
func TestOtherBrokers(t *testing.T) {
	withFedEngine(t, Limits{}, func(t *testing.T, b *Broker, e fedEngine, dial func() *client) {
		c, events := dial(), dial()
		c.ask(subscribeTo(">"), ok)
		c.ask(subscribeTo(cardTopic), failed("unknown_topic: there is no $SYS.gateway, only $SYS.broker, $SYS.topics, $SYS.clients and $SYS.events"))
		events.ask(subscribeTo(system.EventsTopic), ok)
		other := roll.Card{Run: "other", Name: "eu-2", Rights: "of others"}
		for range 3 {
			e.tell(other)
		}
		var warned system.Event
		if events.told(system.EventsTopic, &warned); warned.Event != system.Logged || warned.Attributes["broker"] != "eu-2" ||
			!strings.Contains(warned.Message, "other users or permissions") {
			t.Errorf("%+v", warned)
		}
		c.ask(subscribeTo(system.BrokerTopic), ok)
		shared := func(want system.Shared) {
			t.Helper()
			var told system.Broker
			c.told(system.BrokerTopic, &told)
			if diff := cmp.Diff(&want, told.Shared); diff != "" {
				t.Error(diff)
			}
		}
		shared(system.Shared{Brokers: 2, OtherUsers: []string{"eu-2"}})
		other.Rights = b.rights()
		e.tell(other)
		shared(system.Shared{Brokers: 2})
		for range 25 { // what was told until it was taken for gone
			c.told(system.BrokerTopic, new(system.Broker))
		}
		shared(system.Shared{Brokers: 1})
		events.ask(`{"op":"ping"}`, ok) // no further warning
	})
}

// awayEngine is one that cannot store anything.
type awayEngine struct{ fedEngine }

func (awayEngine) ready() error { return errors.New("no connection to NATS: refused") }

// Why nothing can be published is in the words of the engine.
func TestWhyNothingCanBePublished(t *testing.T) {
	for want, e := range map[string]engine{"": fedEngine{}, "no connection to NATS: refused": awayEngine{}} {
		if got := whyUnready(e); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Rights are the same in whatever order users and permissions are listed, and others with
// each thing that somebody may or may not do.
func TestRights(t *testing.T) {
	ann, bob := user(t, "ann", "a", "publish:a", "subscribe:b"), user(t, "bob", "b", "admin")
	rights := func(cfg Config) string {
		t.Helper()
		cfg.Security = len(cfg.Users) > 0
		b, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		return b.rights()
	}
	ours := rights(Config{Users: []User{ann, bob}})
	swapped := ann
	swapped.Permissions = []string{"subscribe:b", "publish:a", "publish:a"}
	if got := rights(Config{Users: []User{bob, swapped}}); got != ours {
		t.Errorf("%s, want %s", got, ours)
	}
	less, renamed, repassed := ann, ann, ann
	less.Permissions, renamed.Name, repassed.PasswordHash = ann.Permissions[:1], "anne", bob.PasswordHash
	known := []string{ours}
	for _, cfg := range []Config{
		{}, {Patterns: true}, {Users: []User{ann}}, {Users: []User{ann, bob}, Patterns: true},
		{Users: []User{less, bob}}, {Users: []User{renamed, bob}}, {Users: []User{repassed, bob}},
	} {
		got := rights(cfg)
		if slices.Contains(known, got) {
			t.Errorf("%s, the same as of another: %+v", got, cfg)
		}
		known = append(known, got)
	}
}

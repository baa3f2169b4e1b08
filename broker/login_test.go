package broker

import (
	"fmt"
	"slices"
	"testing"
)

// What one connection may do is what its last login may, whoever it was before.
func TestPermissionsAfterEveryLogin(t *testing.T) {
	r := startBroker(t, secure(t))
	publisher := r.dial(t)
	publisher.ask(loginLine("admin", "root"), ok)
	c := r.dial(t)
	users := []string{"admin", "alice", "bob", "nobody"}
	for _, before := range users {
		for _, user := range users {
			logIn(c, before)
			expectPermissions(c, publisher, before)
			logIn(c, user)
			expectPermissions(c, publisher, user)
		}
	}
}

func logIn(c *client, user string) {
	g, _ := granted(user)
	c.ask(loginLine(user, g.password), ok)
}

// expectPermissions asks for every operation on every topic. It leaves c
// subscribed to what user may subscribe to.
func expectPermissions(c, publisher *client, user string) {
	c.tb.Helper()
	g, _ := granted(user)
	for _, topic := range []string{"news", "orders.eu", "a:b", "a", "orders", "News", "admin"} {
		c.ask(`{"op":"ping"}`, ok)
		may := g.admin || slices.Contains(g.subscribe, topic)
		want := failed(fmt.Sprintf("forbidden: subscribe:%s is not granted to %s", topic, user))
		message := fmt.Sprintf(`{"topic":%q,"data":"x"}`, topic)
		if may {
			want = ok
		}
		c.ask(`{"op":"sub","topic":"`+topic+`"}`, want)
		publisher.ask(`{"op":"pub","topic":"`+topic+`","data":"x"}`, ok)
		if may {
			c.expect(message)
			c.ask(`{"op":"unsub","topic":"`+topic+`"}`, ok)
		}
		c.ask(`{"op":"unsub","topic":"`+topic+`"}`, failed("unknown_topic: not subscribed to "+topic))

		want = failed(fmt.Sprintf("forbidden: publish:%s is not granted to %s", topic, user))
		if g.admin || slices.Contains(g.publish, topic) {
			want = ok
		}
		c.ask(`{"op":"pub","topic":"`+topic+`","data":"y"}`, want)
		if may {
			c.ask(`{"op":"sub","topic":"`+topic+`"}`, ok) // the next login may have to end it
		}
	}
}

package broker

import (
	"testing"

	"joltui/jolt"
)

func TestPermit(t *testing.T) {
	r := startBroker(t, Config{Permit: func(user string, op jolt.Op, topic string) bool {
		return user == "" && (op == jolt.OpPublish || topic == "open")
	}})
	c := r.dial(t)
	c.ask(`{"op":"sub","topic":"open"}`, `{"ok":true}`)
	c.ask(`{"op":"sub","topic":"shut"}`, failed("forbidden: subscribe:shut is not granted to anonymous clients"))
	c.ask(`{"op":"pub","topic":"shut","data":"x"}`, `{"ok":true}`)
}

// Permit stands in place of what was granted, also to an admin.
func TestPermitWithSecurity(t *testing.T) {
	cfg := secure(t)
	cfg.Permit = func(user string, op jolt.Op, topic string) bool { return user == topic }
	r := startBroker(t, cfg)
	c := r.dial(t)
	c.ask(loginLine("admin", "root"), `{"ok":true}`)
	c.ask(`{"op":"pub","topic":"admin","data":"x"}`, `{"ok":true}`)
	c.ask(`{"op":"pub","topic":"alice","data":"x"}`, failed("forbidden: publish:alice is not granted to admin"))
}

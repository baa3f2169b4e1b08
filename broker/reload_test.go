package broker

import (
	"errors"
	"testing"
)

func user(t *testing.T, name, password string, permissions ...string) User {
	t.Helper()
	return User{Name: name, PasswordHash: testHash(t, password), Permissions: permissions}
}

func TestReload(t *testing.T) {
	withoutEngine(t, "a configuration names it, too")
	ann, bob := user(t, "ann", "a", "publish:news"), user(t, "bob", "b", "subscribe:news", "subscribe:orders")
	cat, dan := user(t, "cat", "c", "admin"), user(t, "dan", "d", "publish:news")
	r := startBroker(t, Config{Security: true, Users: []User{ann, bob, cat, dan}})
	clients := make(map[string]*client)
	for name, password := range map[string]string{"ann": "a", "bob": "b", "cat": "c", "dan": "d"} {
		clients[name] = r.dial(t)
		clients[name].ask(loginLine(name, password), ok)
	}
	stranger := r.dial(t) // has not logged in yet
	clients["bob"].ask(`{"op":"sub","topic":"news"}`, ok)

	ann.Permissions = []string{"publish:news", "publish:orders"} // may do more
	bob.Permissions = []string{"subscribe:orders"}               // may do less
	eve := user(t, "eve", "e", "admin")                          // is new
	dan = user(t, "dan", "other", "publish:news")                // has another password; and cat is gone
	if err := r.Reload(Config{Security: true, Users: []User{ann, bob, dan, eve}}); err != nil {
		t.Fatal(err)
	}
	clients["ann"].ask(`{"op":"pub","topic":"orders","data":"x"}`, ok)
	for name, reason := range map[string]string{
		"bob": "the permissions of bob have changed: log in again",
		"cat": "cat is no user of this broker any more",
		"dan": "the password of dan has changed: log in again",
	} {
		clients[name].expect(failed("forbidden: " + reason))
		clients[name].expectEnd()
	}
	stranger.ask(loginLine("cat", "c"), failed("auth_failed: unknown user or wrong password"))
	stranger.ask(loginLine("eve", "e"), ok)
	again := r.dial(t)
	again.ask(loginLine("bob", "b"), ok)
	again.ask(`{"op":"sub","topic":"news"}`, failed("forbidden: subscribe:news is not granted to bob"))
}

func TestReloadRefused(t *testing.T) {
	withoutEngine(t, "a configuration names it, too")
	ann := user(t, "ann", "a", "admin")
	r := startBroker(t, Config{Security: true, Users: []User{ann}})
	c := r.dial(t)
	c.ask(loginLine("ann", "a"), ok)
	for _, cfg := range []Config{
		{}, {Security: true}, {Security: true, Users: []User{ann, ann}}, {Security: true, Users: []User{{Name: "x"}}},
	} {
		if err := r.Reload(cfg); !errors.Is(err, ErrBadConfig) {
			t.Errorf("%+v: %v", cfg, err)
		}
	}
	c.ask(`{"op":"ping"}`, ok)
	if err := startBroker(t, Config{}).Reload(Config{}); err != nil {
		t.Errorf("without security: %v", err)
	}
}

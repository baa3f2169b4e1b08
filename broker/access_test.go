package broker

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"joltui/broker/internal/login"
	"joltui/jolt"
)

// testHash hashes with a single iteration: what is verified is the count in
// the hash, and tests are to be fast.
func testHash(tb testing.TB, password string) string {
	tb.Helper()
	hash, err := login.HashPassword(password, 1)
	if err != nil {
		tb.Fatal(err)
	}
	return hash
}

func secure(tb testing.TB) Config {
	return Config{Security: true, Users: []User{
		{Name: "admin", PasswordHash: testHash(tb, "root"), Permissions: []string{"admin"}},
		{Name: "alice", PasswordHash: testHash(tb, "wonder:land"), Permissions: []string{
			"publish:orders.eu", "subscribe:orders.eu", "publish:a:b", "subscribe:news"}},
		{Name: "bob", PasswordHash: testHash(tb, "builder"), Permissions: []string{"subscribe:news"}},
		{Name: "nobody", PasswordHash: testHash(tb, "nothing")},
	}}
}

func loginLine(name, password string) string {
	return fmt.Sprintf(`{"op":"auth","user":%q,"pass":%q}`, name, password)
}

func TestPermissions(t *testing.T) {
	passwords := map[string]string{"admin": "root", "alice": "wonder:land", "bob": "builder", "nobody": "nothing"}
	tests := []struct {
		user, topic        string
		publish, subscribe bool
	}{
		{"admin", "orders.eu", true, true},
		{"admin", "anything", true, true},
		{"alice", "orders.eu", true, true},
		{"alice", "a:b", true, false},
		{"alice", "a", false, false},
		{"alice", "news", false, true},
		{"alice", "orders", false, false},
		{"alice", "orders.eu.x", false, false},
		{"alice", "Orders.eu", false, false},
		{"alice", "admin", false, false},
		{"bob", "orders.eu", false, false},
		{"bob", "news", false, true},
		{"nobody", "news", false, false},
	}
	r := startBroker(t, secure(t))
	for _, test := range tests {
		t.Run(test.user+"/"+test.topic, func(t *testing.T) {
			c := r.dial(t)
			c.ask(loginLine(test.user, passwords[test.user]), ok)
			c.ask(`{"op":"ping"}`, ok)
			for verb, request := range map[string]string{
				"publish":   `{"op":"pub","topic":"` + test.topic + `","data":""}`,
				"subscribe": `{"op":"sub","topic":"` + test.topic + `"}`,
			} {
				want := ok
				if verb == "publish" && !test.publish || verb == "subscribe" && !test.subscribe {
					want = failed(fmt.Sprintf("forbidden: %s:%s is not granted to %s", verb, test.topic, test.user))
				}
				c.write(request + "\n")
				got := c.read()
				if strings.HasPrefix(got, `{"topic"`) { // its own message, if subscribed already
					got = c.read()
				}
				if got != want {
					t.Errorf("%s: got %s, want %s", verb, got, want)
				}
			}
			conn := c.conn
			conn.Close()
		})
	}
}

func TestAuthComesFirst(t *testing.T) {
	r := startBroker(t, secure(t))
	c := r.dial(t)
	for op, request := range map[string]string{
		"ping":  `{"op":"ping"}`,
		"sub":   `{"op":"sub","topic":"news"}`,
		"unsub": `{"op":"unsub","topic":"news"}`,
		"pub":   `{"op":"pub","topic":"news","data":"x"}`,
	} {
		c.ask(request, failed("auth_required: auth has to come before "+op))
	}
	c.ask(`{"op":"auth","user":"alice"}`, failed(`bad_request: auth needs \"pass\"`))
	const wrong = "auth_failed: unknown user or wrong password"
	for _, bad := range []string{loginLine("alice", "wonder"), loginLine("alice", ""),
		loginLine("Alice", "wonder:land"), loginLine("mallory", "wonder:land"), loginLine("", "")} {
		r.dial(t).ask(bad, failed(wrong))
	}
	c.ask(loginLine("alice", "wonder"), failed(wrong))
	c.ask(`{"op":"ping"}`, failed("auth_required: auth has to come before ping"))
	c.ask(loginLine("alice", "wonder:land"), ok)
	c.ask(`{"op":"ping"}`, ok)
}

func TestAuthAgain(t *testing.T) {
	r := startBroker(t, secure(t))
	c, admin := r.dial(t), r.dial(t)
	admin.ask(loginLine("admin", "root"), ok)
	c.ask(loginLine("alice", "wonder:land"), ok)
	c.ask(`{"op":"sub","topic":"orders.eu"}`, ok)
	c.ask(`{"op":"sub","topic":"news"}`, ok)

	// A failure changes nothing.
	c.ask(loginLine("bob", "wrong"), failed("auth_failed: unknown user or wrong password"))
	admin.ask(`{"op":"pub","topic":"orders.eu","data":"1"}`, ok)
	c.expect(`{"topic":"orders.eu","data":"1"}`)

	// bob may keep news, and nothing else.
	c.ask(loginLine("bob", "builder"), ok)
	admin.ask(`{"op":"pub","topic":"orders.eu","data":"2"}`, ok)
	admin.ask(`{"op":"pub","topic":"news","data":"3"}`, ok)
	c.expect(`{"topic":"news","data":"3"}`)
	c.ask(`{"op":"unsub","topic":"orders.eu"}`, failed("unknown_topic: not subscribed to orders.eu"))
	c.ask(`{"op":"pub","topic":"orders.eu","data":""}`, failed("forbidden: publish:orders.eu is not granted to bob"))
}

func TestLineLimitBeforeAuth(t *testing.T) {
	r := startBroker(t, secure(t))
	pad := func(request string, length int) string {
		return request[:len(request)-1] + `,"pad":"` + strings.Repeat("x", length-len(request)-len(`,"pad":""`)) + `"}`
	}
	auth := loginLine("admin", "root")
	for _, length := range []int{4095, 4096} {
		c := r.dial(t)
		c.ask(pad(auth, length), ok)
		c.ask(pad(`{"op":"ping"}`, 100_000), ok)
	}
	for _, length := range []int{4097, 10_000} {
		c := r.dial(t)
		c.ask(pad(auth, length), failed("too_large: a line has more than 4096 bytes, the limit before a login"))
		c.expectEnd()
	}
}

func TestAuthTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, ln := servePipes(t, secure(t))
		silent, late, busy := ln.dial(t), ln.dial(t), ln.dial(t)
		start := time.Now()
		time.Sleep(4 * time.Second)
		busy.ask(loginLine("bob", "wrong"), failed("auth_failed: unknown user or wrong password"))
		late.ask(loginLine("bob", "builder"), ok)

		silent.expect(failed("auth_required: no auth within 5s"))
		silent.expectEnd()
		if got := time.Since(start); got != 5*time.Second {
			t.Errorf("a silent connection was closed after %v, want 5s", got)
		}
		busy.expect(failed("auth_required: no auth within 5s"))
		if got := time.Since(start); got != 9*time.Second {
			t.Errorf("closed %v after connecting, want 5s after the failed login", got)
		}
		time.Sleep(time.Hour)
		late.ask(`{"op":"ping"}`, ok)
	})
}

// A login that waits for its turn does not hold up a shutdown.
func TestShutdownDuringLogin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := secure(t)
		cfg.Users[0].PasswordHash = login.NewHash(1 << 30).String() // of no password; takes minutes
		if _, err := New(cfg); err == nil {
			t.Fatal("more iterations than a configuration may have")
		}
		cfg.Users[0].PasswordHash = login.NewHash(100_000_000).String()
		r, ln := servePipes(t, cfg)
		c := ln.dial(t)
		c.write(loginLine("admin", "root") + "\n")
		r.cancel()
		c.expect(failed("shutting_down: the broker is shutting down"), failed("shutting_down: the broker is shutting down"))
		c.expectEnd()
		if err := <-r.served; err != nil {
			t.Error(err)
		}
	})
}

// An unknown name is verified against a hash as costly as the costliest, and so is
// a wrong password.
func TestStrangersCostTheSame(t *testing.T) {
	users := secure(t).Users
	users[1].PasswordHash = login.NewHash(7).String()
	a, reason := newAccess(users, false)
	if reason != "" {
		t.Fatal(reason)
	}
	for _, name := range []string{"mallory", "", "alice", "bob"} {
		if got := a.credential(name).Cost(); got != 7 {
			t.Errorf("a wrong password of %q costs %d iterations, want 7", name, got)
		}
	}
	if a.credential("mallory") != a.stranger {
		t.Error("an unknown user is not verified")
	}
}

// Three logins that failed end a connection, whatever else was sent with them.
func TestFailedLoginsEndAConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, secure(t))
		c := ln.dial(t)
		wrong := loginLine("bob", "wrong") + "\n"
		c.ask(loginLine("bob", "builder"), ok)
		c.ask(loginLine("bob", "wrong"), failed("auth_failed: unknown user or wrong password"))
		c.ask(loginLine("bob", "builder"), ok) // which starts the count again
		go io.WriteString(c.conn, strings.Repeat(wrong, 113))
		for range mostFailedLogins {
			c.expect(failed("auth_failed: unknown user or wrong password"))
		}
		c.expect(failed("auth_failed: 3 logins on this connection have failed"))
		c.expectEnd()
		if got := r.Stats().LoginFailures; got != mostFailedLogins+1 {
			t.Errorf("%d logins failed, want %d", got, mostFailedLogins+1)
		}
	})
}

// Where too many logins of a user have failed, not even the right password is looked
// at, and the client is told that it is no fault of the password.
func TestTooManyFailedLogins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, ln := servePipes(t, secure(t))
		tries := 0
		for ; r.Stats().LoginsRefused == 0 && tries < 100; tries++ {
			c := ln.dial(t)
			c.write(loginLine("bob", "wrong") + "\n")
			c.read()
			c.conn.Close()
		}
		c := ln.dial(t)
		c.ask(loginLine("bob", "builder"), failed("busy: too many logins of bob from  have failed: try again in 6s"))
		time.Sleep(6 * time.Second)
		c = ln.dial(t)
		c.ask(loginLine("bob", "builder"), ok)
		if got := r.Stats(); tries > 20 || got.LoginFailures != uint64(tries-1) {
			t.Errorf("%d tries, %+v", tries, got)
		}
	})
}

func TestForbiddenIsBounded(t *testing.T) {
	long := strings.Repeat("x", 1000)
	no := new(Broker).mayPublish(&account{name: "alice"}, long)
	if no == nil || no.code != jolt.CodeForbidden || len(no.explanation) > maxExplanation {
		t.Errorf("got %+v", no)
	}
}

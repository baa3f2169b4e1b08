package broker

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// What one connection may do is what its last login may, whoever it was before.
func TestPermissionsAfterEveryLogin(t *testing.T) {
	r := startBroker(t, secure(t))
	publisher := r.dial(t)
	publisher.ask(login("admin", "root"), ok)
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
	c.ask(login(user, g.password), ok)
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

// costlyLogins is a broker at which each login takes long enough to be seen in
// a stack trace.
func costlyLogins(t *testing.T) *running {
	t.Helper()
	const sample, wanted = 2000, 30 * time.Millisecond
	begin := time.Now()
	if _, err := newHash(sample).derive("x"); err != nil {
		t.Fatal(err)
	}
	hash := newHash(sample * int(1+wanted/time.Since(begin))) // of no password at all
	cfg := secure(t)
	cfg.Users[1].PasswordHash = hash.String()
	return startBroker(t, cfg)
}

// watchLogins sends logins at once, each on a connection of its own, expects
// all to fail in the same words, and returns the largest number of passwords
// that were seen being hashed at a time.
func watchLogins(t *testing.T, r *running, users ...string) int {
	t.Helper()
	answered := make(chan string, len(users))
	for _, user := range users {
		c := r.dial(t)
		c.write(login(user, "x") + "\n")
		go func() {
			line, err := c.in.ReadString('\n')
			answered <- fmt.Sprint(line, err)
			c.conn.Close()
		}()
	}
	most := 0
	buf := make([]byte, 1<<20)
	tick := time.NewTicker(time.Millisecond) // each look stops everything, the hashing too
	defer tick.Stop()
	for left := len(users); left > 0; {
		select {
		case <-tick.C:
			stacks := string(buf[:runtime.Stack(buf, true)])
			most = max(most, strings.Count(stacks, "broker.passwordHash.derive("))
		case got := <-answered:
			left--
			if want := failed("auth_failed: unknown user or wrong password") + "\n<nil>"; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		}
	}
	return most
}

// looks is how often to look for what each look should see, because a loaded
// machine may look away.
const looks = 20

// A storm of logins is answered two at a time.
func TestTwoHashesAtOnce(t *testing.T) {
	r := costlyLogins(t)
	storm := slices.Repeat([]string{"alice", "mallory"}, 4)
	most := 0
	for range looks {
		most = max(most, watchLogins(t, r, storm...))
		if most >= 2 {
			break
		}
	}
	if most != 2 {
		t.Errorf("saw %d hashes at once, want 2", most)
	}
}

// An unknown user costs a hash, and gets the error of a wrong password.
func TestUnknownUserIsHashed(t *testing.T) {
	r := costlyLogins(t)
	for _, user := range []string{"alice", "mallory", ""} {
		seen := 0
		for n := 0; n < looks && seen == 0; n++ {
			seen = watchLogins(t, r, user)
		}
		if seen != 1 {
			t.Errorf("user %q: saw %d hashes, want 1", user, seen)
		}
	}
}

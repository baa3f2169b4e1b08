package login

import (
	"context"
	"crypto/pbkdf2"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// slow is how many iterations make a verification look up once.
const slow = slice + 1

// held is a gate whose verifications wait, and tell that they have begun.
type held struct {
	*Gate
	begun   int
	release chan struct{}
}

func newHeld(t *testing.T) *held {
	h := &held{release: make(chan struct{})}
	h.Gate = NewGate(context.Background(), func() bool {
		h.mu.Lock()
		h.begun++
		h.mu.Unlock()
		select {
		case <-h.release:
		case <-h.ctx.Done():
		}
		return false
	})
	t.Cleanup(h.Close)
	return h
}

func (h *held) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.begun
}

func credential(t *testing.T, password string, iterations int) *Credential {
	t.Helper()
	text, err := HashPassword(password, iterations)
	if err != nil {
		t.Fatal(err)
	}
	hash, err := ParseHash(text)
	if err != nil {
		t.Fatal(err)
	}
	return NewCredential(hash, iterations)
}

// outcome is what became of a try.
type outcome struct {
	verified bool
	err      error
}

func (h *held) try(ctx context.Context, c *Credential, a Attempt) <-chan outcome {
	done := make(chan outcome, 1)
	go func() {
		verified, err := h.Check(ctx, c, a)
		done <- outcome{verified, err}
	}()
	return done
}

func isBusy(err error) bool {
	var busy *BusyError
	return errors.As(err, &busy)
}

// crypto/pbkdf2 says what a hash has to be.
func TestHashAgreesWithTheStandardLibrary(t *testing.T) {
	for _, iterations := range []int{1, 2, slice, slow, 5000} {
		h := NewHash(iterations)
		want, err := pbkdf2.Key(sha256.New, "pässword", h.salt, iterations, keyBytes)
		if err != nil {
			t.Fatal(err)
		}
		got, err := h.derive("pässword", func() error { return nil })
		if err != nil || string(got) != string(want) {
			t.Errorf("%d iterations: %x, %v, want %x", iterations, got, err, want)
		}
	}
}

// A crowd that comes back at once costs one verification for each user, and later
// ones none.
func TestCrowdCostsOneVerificationForEachUser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const users, each = 50, 100
		h := newHeld(t)
		credentials := make([]*Credential, users)
		var all []<-chan outcome
		attempt := func(user int) Attempt {
			return Attempt{fmt.Sprint("user", user), fmt.Sprint("secret", user), "10.0.0.7"}
		}
		for user := range users {
			credentials[user] = credential(t, attempt(user).Password, slow)
		}
		for i := range users * each {
			user := i % users
			all = append(all, h.try(t.Context(), credentials[user], attempt(user)))
		}
		synctest.Wait()
		if got := h.count(); got != slots {
			t.Fatalf("%d verifications at once, want %d", got, slots)
		}
		close(h.release)
		for _, done := range all {
			if got := <-done; !got.verified || got.err != nil {
				t.Fatalf("%+v", got)
			}
		}
		if got := h.count(); got != users {
			t.Errorf("%d verifications for %d users", got, users)
		}
		for user := range users {
			if ok, err := h.Check(t.Context(), credentials[user], attempt(user)); !ok || err != nil {
				t.Errorf("once more: %v, %v", ok, err)
			}
		}
		if got := h.count(); got != users {
			t.Errorf("%d verifications after all were known", got)
		}
	})
}

// What was verified is remembered for that user, hash and password only, and a
// wrong password is verified each time.
func TestWhatIsRemembered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHeld(t)
		close(h.release)
		c := credential(t, "right", slow)
		right := Attempt{"alice", "right", "10.0.0.7"}
		for range 2 {
			if ok, err := h.Check(t.Context(), c, right); !ok || err != nil {
				t.Fatal(ok, err)
			}
		}
		before := h.count()
		for n := range 3 {
			if ok, err := h.Check(t.Context(), c, Attempt{"alice", "wrong", "10.0.0.7"}); ok || err != nil {
				t.Fatal(ok, err)
			}
			if got := h.count(); got != before+n+1 {
				t.Errorf("%d verifications of %d wrong passwords", got-before, n+1)
			}
		}
		before = h.count()
		again := NewCredential(c.hash, slow) // as after a reload
		if ok, err := h.Check(t.Context(), again, right); !ok || err != nil || h.count() != before+1 {
			t.Errorf("after a reload: %v, %v, %d verifications", ok, err, h.count()-before)
		}
	})
}

// Tries are limited for a user at an address and for an address, come back with
// time, and cost others nothing.
func TestTriesAreLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHeld(t)
		close(h.release)
		c := credential(t, "right", 1)
		right := Attempt{"alice", "right", "10.0.0.7"}
		guess := func(n int, name, at string) error {
			ok, err := h.Check(t.Context(), c, Attempt{name, fmt.Sprint("wrong", n), at})
			if ok {
				t.Fatal("a wrong password was let in")
			}
			return err
		}
		for n := range userTries {
			if err := guess(n, "alice", "10.0.0.7"); err != nil {
				t.Fatal(n, err)
			}
		}
		err := guess(0, "alice", "10.0.0.7")
		if want := "too many logins of alice from 10.0.0.7 have failed: try again in 6s"; !isBusy(err) || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
		if _, err := h.Check(t.Context(), c, right); !isBusy(err) {
			t.Errorf("the right password was tried: %v: so a wrong one can be told from it", err)
		}
		elsewhere := Attempt{"alice", "right", "10.0.0.8"}
		for range 2 * addressTries { // those that are right cost nothing
			if ok, err := h.Check(t.Context(), c, elsewhere); !ok || err != nil {
				t.Fatalf("from another address: %v, %v", ok, err)
			}
		}
		time.Sleep(userEvery)
		if ok, err := h.Check(t.Context(), c, right); !ok || err != nil {
			t.Errorf("%v later: %v, %v", userEvery, ok, err)
		}
		for n := range addressTries {
			if err = guess(n, fmt.Sprint("mallory", n), "10.0.0.9"); err != nil {
				t.Fatal(n, err)
			}
		}
		if err = guess(0, "eve", "10.0.0.9"); !isBusy(err) {
			t.Errorf("%v after %d failures at an address", err, addressTries)
		}
		if ok, err := h.Check(t.Context(), c, Attempt{"alice", "right", "10.0.0.9"}); !ok || err != nil {
			t.Errorf("a login that is known, at that address: %v, %v", ok, err)
		}
		for n := range userTries { // none of which is verified
			if err = guess(n, "alice", "10.0.0.9"); !isBusy(err) {
				t.Fatal(n, err)
			}
		}
		if _, err := h.Check(t.Context(), c, Attempt{"alice", "right", "10.0.0.9"}); !isBusy(err) {
			t.Errorf("%v: what is remembered can be guessed at without end", err)
		}
	})
}

// A flood of one address neither fills the queue for another nor goes first.
func TestAddressesTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHeld(t)
		c := credential(t, "right", slow)
		var flood []<-chan outcome
		for n := range slots + mostWaiting + 10 {
			flood = append(flood, h.try(t.Context(), c, Attempt{fmt.Sprint("user", n), "x", "10.6.6.6"}))
			synctest.Wait()
		}
		for n, done := range flood[slots+mostWaiting:] {
			if got := <-done; !isBusy(got.err) {
				t.Errorf("try %d beyond the limit: %+v", n, got)
			}
		}
		right := h.try(t.Context(), c, Attempt{"alice", "right", "10.0.0.7"})
		synctest.Wait()
		if got := <-flood[slots+mostWaiting-1]; !isBusy(got.err) {
			t.Errorf("the newest of the flood made no room: %+v", got)
		}
		for range slots + 2 { // those under way, one of the flood, and then it is her turn
			h.release <- struct{}{}
			synctest.Wait()
		}
		select {
		case got := <-right:
			if !got.verified || got.err != nil {
				t.Errorf("%+v", got)
			}
		default:
			t.Error("the other address still waits")
		}
		close(h.release)
	})
}

// Who leaves is not verified any more, and that was a try.
func TestThoseWhoLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHeld(t)
		c := credential(t, "right", slow)
		ctx, leave := context.WithCancel(t.Context())
		for n := range slots + userTries {
			name := "alice"
			if n < slots {
				name = fmt.Sprint("first", n)
			}
			h.try(ctx, c, Attempt{name, fmt.Sprint("guess", n), "10.0.0.7"})
			synctest.Wait()
		}
		leave()
		synctest.Wait()
		close(h.release)
		synctest.Wait()
		if got := h.count(); got != slots {
			t.Errorf("%d verifications, want the %d that had begun", got, slots)
		}
		if _, err := h.Check(t.Context(), c, Attempt{"alice", "right", "10.0.0.7"}); !isBusy(err) {
			t.Errorf("%v: a guess whose answer was not waited for cost nothing", err)
		}
	})
}

// A context that has ended wins over a slot that is free.
func TestEndedContext(t *testing.T) {
	h := NewGate(context.Background(), nil)
	defer h.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 100 {
		if _, err := h.Check(ctx, credential(t, "x", 1), Attempt{"alice", "x", ""}); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	if len(h.flights) != 0 {
		t.Errorf("%d verifications", len(h.flights))
	}
}

// Close ends a verification that is under way.
func TestCloseEndsTheWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHeld(t)
		done := h.try(t.Context(), NewCredential(NewHash(1_000_000), 0), Attempt{"alice", "y", ""})
		synctest.Wait()
		h.Close()
		if got := <-done; !errors.Is(got.err, context.Canceled) || h.count() != 1 {
			t.Errorf("%+v after %d looks", got, h.count())
		}
	})
}

// A wrong password takes as many iterations whatever the strength of the hash.
func TestWrongPasswordsCostTheSame(t *testing.T) {
	looks := func(iterations int, password string) int {
		c, n := credential(t, "right", iterations), 0
		c.cost = 10 * slice
		ok, err := c.hash.matches(password, c.cost, func() error { n++; return nil })
		if ok != (password == "right") || err != nil {
			t.Fatal(ok, err)
		}
		return n
	}
	if strong, weak := looks(10*slice, "wrong"), looks(slice, "wrong"); strong != 9 || weak != 8 {
		// The weak one has two parts, whose ends are no looks.
		t.Errorf("%d and %d slices", strong, weak)
	}
	if got := looks(slice, "right"); got != 0 {
		t.Errorf("%d slices for a password that is right", got)
	}
}

// Those who fail are remembered within a bound.
func TestFailuresAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		th := newThrottle()
		for n := range mostBuckets + 1000 {
			th.take(Attempt{Name: strings.Repeat("x", 4000), Address: fmt.Sprint(n)})
		}
		if got := len(th.users.all); got != mostBuckets {
			t.Errorf("%d users are remembered, want %d", got, mostBuckets)
		}
		a := Attempt{Name: "alice", Address: "10.0.0.7"}
		th.take(a)
		th.giveBack(a)
		if _, ok := th.users.all[a]; ok {
			t.Error("one who never failed is remembered")
		}
	})
}

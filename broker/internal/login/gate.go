package login

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// slots is how many passwords are verified at a time.
	slots = 2
	// mostWaiting is how many wait for that at most: 5 s, at 150 ms for each, which
	// is less than clients wait for a reply.
	mostWaiting = 64
	// firstGuess is how long a verification is thought to take before there was one.
	firstGuess = 150 * time.Millisecond
)

// digest stands for a user, a stored hash and a password, of which it tells nothing.
type digest [sha256.Size]byte

// Credential is a stored password that remembers when it was verified. Forget it,
// and make another one, when the configuration is read again.
type Credential struct {
	hash     Hash
	cost     int
	verified atomic.Pointer[digest]
}

// NewCredential makes a credential. A wrong password takes cost iterations, if
// those are more than the hash's own: users whose hashes have different strengths
// would else be told from unknown ones by the time that takes.
func NewCredential(h Hash, cost int) *Credential { return &Credential{hash: h, cost: cost} }

// Cost returns how many iterations a wrong password takes.
func (c *Credential) Cost() int { return max(c.cost, c.hash.iterations) }

// Attempt is a try to log in.
type Attempt struct {
	Name, Password string
	// Address is where it comes from, as far as those who come from there are one:
	// an IPv4 address, or the network of an IPv6 address.
	Address string
}

// BusyError says that a password was not looked at.
type BusyError struct {
	Reason  string
	RetryIn time.Duration // when it may be worth to try again; whole seconds
}

// Error returns the reason and when to try again.
func (e *BusyError) Error() string { return fmt.Sprintf("%s: try again in %v", e.Reason, e.RetryIn) }

// Gate checks passwords. Its methods are safe for concurrent use.
type Gate struct {
	secret []byte
	busy   func() bool // whether there is other work to give way to
	ctx    context.Context
	cancel context.CancelFunc
	checks sync.WaitGroup

	mu       sync.Mutex
	flights  map[digest]*flight
	queue    queue
	running  int
	throttle throttle
	took     time.Duration // a verification, lately
}

// flight is the verification of one password, for all who try it meanwhile.
type flight struct {
	id       digest
	attempt  Attempt
	with     *Credential
	waiters  int
	done     chan struct{} // closed when all below is known
	verified bool
	err      error
}

// NewGate returns a gate, which verifies nothing any more when ctx has ended. busy
// reports whether since its last call there was other work for the processor, to which
// verifying gives way; nil means never. Whoever gets a gate has to close it.
func NewGate(ctx context.Context, busy func() bool) *Gate {
	if busy == nil {
		busy = func() bool { return false }
	}
	g := &Gate{secret: make([]byte, sha256.Size), busy: busy, flights: make(map[digest]*flight),
		queue: newQueue(mostWaiting), throttle: newThrottle(), took: firstGuess}
	rand.Read(g.secret)
	g.ctx, g.cancel = context.WithCancel(ctx)
	return g
}

// Close ends what is being verified, and returns when nothing is any more. Those
// who wait are not told: their contexts have to end.
func (g *Gate) Close() {
	g.cancel()
	g.checks.Wait()
}

// Check reports whether the password of a is that of c. It waits for its turn, or
// returns a [*BusyError] at once. Any other error is that of ctx: it has ended.
func (g *Gate) Check(ctx context.Context, c *Credential, a Attempt) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	f, known, err := g.join(c, a)
	if known || err != nil {
		return known, err
	}
	select {
	case <-f.done:
		return f.verified, f.err
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	f.waiters--
	return false, ctx.Err()
}

// Pending returns how many passwords are being verified, or wait for that.
func (g *Gate) Pending() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.running + g.queue.size
}

// join returns the verification to wait for, unless the password is known to be
// right, or nobody may try it now.
func (g *Gate) join(c *Credential, a Attempt) (f *flight, known bool, err error) {
	id := g.digest(c, a)
	g.mu.Lock()
	defer g.mu.Unlock()
	if wait := g.throttle.user(a); wait > 0 {
		return nil, false, &BusyError{fmt.Sprintf("too many logins of %.100s from %s have failed", a.Name, a.Address), wait}
	}
	if v := c.verified.Load(); v != nil && hmac.Equal(v[:], id[:]) {
		return nil, true, nil
	}
	if f = g.flights[id]; f != nil {
		f.waiters++
		return f, false, nil
	}
	if wait := g.throttle.address(a); wait > 0 {
		g.throttle.takeUser(a) // it has learnt that this is not what is remembered
		return nil, false, &BusyError{"too many logins from " + a.Address + " have failed", wait}
	}
	g.throttle.take(a)
	f = &flight{id: id, attempt: a, with: c, waiters: 1, done: make(chan struct{})}
	if !g.admit(f) {
		return nil, false, g.full()
	}
	g.flights[id] = f
	g.start()
	return f, false, nil
}

// admit queues f, in place of another one if need be.
func (g *Gate) admit(f *flight) bool {
	dropped, ok := g.queue.push(f)
	if dropped != nil {
		delete(g.flights, dropped.id)
		dropped.end(false, g.full())
	}
	return ok
}

func (g *Gate) full() *BusyError {
	wait := g.took * time.Duration(g.queue.size+slots) / slots
	return &BusyError{fmt.Sprintf("%d logins wait", g.queue.size), wholeSeconds(wait)}
}

// start verifies what waits, as far as there are slots. The mutex is held.
func (g *Gate) start() {
	for g.running < slots && g.ctx.Err() == nil {
		f := g.queue.pop()
		if f == nil {
			return
		}
		if f.waiters == 0 { // all have gone, and there is nothing to tell
			delete(g.flights, f.id)
			continue
		}
		g.running++
		g.checks.Go(func() { g.verify(f) })
	}
}

func (g *Gate) verify(f *flight) {
	begun := time.Now()
	verified, err := f.with.hash.matches(f.attempt.Password, f.with.cost, g.pause)
	g.mu.Lock()
	defer g.mu.Unlock()
	if verified {
		f.with.verified.Store(&f.id)
		g.throttle.giveBack(f.attempt)
	}
	g.took = (3*g.took + time.Since(begun)) / 4
	g.running--
	delete(g.flights, f.id)
	f.end(verified, err)
	g.start()
}

func (f *flight) end(verified bool, err error) {
	f.verified, f.err = verified, err
	close(f.done)
}

// pause lets other work go first. Two verifications beside 5,000 publishes a second
// had them wait for 20 ms and more, because the scheduler looks at the network only
// when a processor has nothing else to do.
func (g *Gate) pause() error {
	if g.busy() {
		time.Sleep(time.Millisecond)
	}
	return g.ctx.Err()
}

// digest is the same for the same user, stored hash and password only.
func (g *Gate) digest(c *Credential, a Attempt) (d digest) {
	mac := hmac.New(sha256.New, g.secret)
	for _, part := range []string{a.Name, c.hash.String(), a.Password} {
		var size [8]byte
		binary.LittleEndian.PutUint64(size[:], uint64(len(part)))
		mac.Write(size[:])
		mac.Write([]byte(part))
	}
	mac.Sum(d[:0])
	return d
}

package broker

import (
	"errors"
	"fmt"
	"time"
)

// Errors of [Broker.Ready].
var (
	// ErrNotServing: the broker has not begun to serve, or ends.
	ErrNotServing = errors.New("broker: not serving")
	// ErrNoRoom: connections are refused, because a limit or the memory is exhausted.
	ErrNoRoom = errors.New("broker: no room for another connection")
	// ErrCannotAccept: the system gives it no connections; the log says why.
	ErrCannotAccept = errors.New("broker: connections cannot be accepted")
)

// Ready returns nil while the broker lets clients in, or why it does not. It never
// waits for long.
func (b *Broker) Ready() error {
	b.mu.Lock()
	serving := b.listener != nil && b.logins.Err() == nil
	room := len(b.sessions.All) < b.cfg.Limits.Connections && !b.memory.full.Load()
	b.mu.Unlock()
	switch {
	case !serving:
		return ErrNotServing
	case b.engine.ready() != nil:
		return fmt.Errorf("%w: %w", ErrUnavailable, b.engine.ready())
	case b.acceptFails.Load():
		return ErrCannotAccept
	case !room:
		return ErrNoRoom
	}
	return nil
}

// Limits returns those that are in force, the defaults filled in.
func (b *Broker) Limits() Limits { return b.cfg.Limits }

// Stats are counts of a broker at one moment.
type Stats struct {
	Connections int // open now
	Topics      int // with at least one subscriber now
	// MessagesIn were accepted from publishers since the broker was made.
	MessagesIn uint64
	// MessagesOut were queued for subscribers: one for each who gets it.
	MessagesOut uint64
	// BytesIn and BytesOut are the sizes of those messages, as subscribers are sent them.
	BytesIn, BytesOut uint64
	// SlowConsumers were disconnected because they did not read.
	SlowConsumers uint64
	// Accepted are the connections let in since the broker was made, and
	// TurnedAway those refused because there were too many.
	Accepted, TurnedAway uint64
	// LoginFailures had an unknown user or a wrong password.
	LoginFailures uint64
	// LoginsRefused are those whose password was not looked at, because too many
	// waited or had failed.
	LoginsRefused uint64
	// RequestsLimited were refused because their user makes more than
	// Limits.UserRequests.
	RequestsLimited uint64
	// LastValues are kept now for Config.LastValue, and take so many bytes. Those forgotten
	// had no room any more.
	LastValues, LastValueBytes int
	LastValuesForgotten        uint64
	// LoginsPending are the passwords that are being verified now, or wait for that.
	LoginsPending int
	// HandshakeFailures are connections that did not get as far as TLS.
	HandshakeFailures uint64
	// Foreign are connections that began with something else than a JSON object,
	// such as HTTP.
	Foreign uint64
	// Refused are the requests that were refused, by the code of the reply. One that was
	// never refused for is there with 0.
	Refused map[string]uint64
	// Delays is how long publishers were held up, all together, by the user of the
	// subscriber that they waited for; the name is empty without a login.
	Delays map[string]time.Duration
	// Memory is what the process uses of Limits.MemoryBytes.
	Memory uint64
	// OpenToAll says that everybody may do everything, and ClearPasswords that
	// passwords are not encrypted, at an address that other machines can reach.
	OpenToAll, ClearPasswords bool
	// Engine is about the engine; nil without one.
	Engine *EngineStats
	// CertificateEnds is when the broker's certificate does; zero without TLS.
	CertificateEnds time.Time
}

// Stats returns the counts of now. They are exact, but not all of the same
// instant.
func (b *Broker) Stats() Stats {
	topics, delivered, bytesOut := b.engine.stats()
	lastValues, lastValueBytes := b.engine.lastValues()
	b.mu.Lock()
	connections := len(b.sessions.All)
	b.mu.Unlock()
	return Stats{
		Connections:   connections,
		Topics:        topics,
		MessagesIn:    b.received.Load(),
		MessagesOut:   delivered,
		BytesIn:       b.receivedBytes.Load(),
		BytesOut:      bytesOut,
		SlowConsumers: b.slowConsumers.Load(),
		Accepted:      b.accepted.Load(),
		TurnedAway:    b.turnedAway.Load(),
		LoginFailures: b.loginFailures.Load(),
		LoginsRefused: b.loginsRefused.Load(),
		LoginsPending: b.gate.Pending(),

		LastValues: lastValues, LastValueBytes: lastValueBytes, LastValuesForgotten: b.lastValuesForgotten.Load(),
		RequestsLimited: b.requestsLimited.Load(),
		Refused:         b.refusals.all(),
		Delays:          b.delays.all(),
		Memory:          b.memory.used(),
		Foreign:         b.foreign.Load(),

		Engine:            b.engine.engineStats(),
		HandshakeFailures: b.handshakeFailures.Load(),
		OpenToAll:         b.openToAll.Load(),
		ClearPasswords:    b.clearPasswords.Load(),
		CertificateEnds:   b.certificates.expires(),
	}
}

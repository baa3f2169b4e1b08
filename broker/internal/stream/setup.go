package stream

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
)

const (
	// startTime is how long it is waited at the start for a cluster that comes up.
	startTime = 30 * time.Second
	// attemptStart is how long one try may take: without a leader nobody answers.
	attemptStart = 5 * time.Second
	// startRetry is how often it is looked whether it has.
	startRetry = 250 * time.Millisecond
)

// Open connects, makes the stream or checks that it is as it has to be, tries that
// something can be published and read, and hands what is published from then on to the
// receiver. It waits a while for nodes that are not up yet. An error says what to do.
func Open(ctx context.Context, cfg Config, log *slog.Logger, to Receiver) (*Engine, error) {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	for {
		attempt, cancel := context.WithTimeout(ctx, attemptStart)
		e, err := open(attempt, cfg, log, to)
		cancel()
		if err == nil {
			return e, nil
		}
		select {
		case <-time.After(startRetry):
			if final := (*setupError)(nil); !errors.As(err, &final) {
				continue
			}
		case <-ctx.Done():
		}
		return nil, fmt.Errorf("engine: %w", err)
	}
}

// setupError is one that does not pass by itself.
type setupError struct{ reason string }

func (e *setupError) Error() string { return e.reason }

func wrong(format string, args ...any) error {
	return &setupError{fmt.Sprintf(format, args...)}
}

func open(ctx context.Context, cfg Config, log *slog.Logger, to Receiver) (*Engine, error) {
	l, err := cfg.dial(ctx)
	if err != nil {
		return nil, cfg.unreached(err)
	}
	e := engine(rand.Text(), cfg.MaxAge, log, func(ctx context.Context) (conn, error) { return cfg.dialAgain(ctx) })
	e.lag.most = cfg.MaxBytes
	if err = cfg.check(ctx, l); err == nil {
		err = tryOut(ctx, l, cfg)
	}
	if err == nil {
		err = e.begin(ctx, l, to)
	}
	if err != nil {
		l.close()
		return nil, err
	}
	log.Info("connected to NATS", "node", l.ConnectedUrlRedacted(), "stream", cfg.stream(), "replicas", cfg.Replicas)
	return e, nil
}

// dialAgain connects. The stream is made again if it has gone, as one in memory does with
// its node.
func (c Config) dialAgain(ctx context.Context) (conn, error) {
	l, err := c.dial(ctx)
	if err != nil {
		return nil, err
	}
	l.wanted = c.wanted()
	return l, nil
}

func (c Config) unreached(err error) error {
	at := strings.Join(c.Servers, ", ")
	switch {
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthExpired), errors.Is(err, nats.ErrAuthRevoked):
		return wrong(`NATS at %s refuses the login: %v: set "credentials", or "user" and "password_file", in the configuration's "engine"`, at, err)
	case errors.Is(err, nats.ErrSecureConnRequired), errors.Is(err, nats.ErrSecureConnWanted):
		return wrong(`NATS at %s: %v: begin the URL with tls:// where the nodes have TLS, and with nats:// where not`, at, err)
	}
	return fmt.Errorf("NATS does not answer at %s: %w: start it, or change the engine's URL", at, err)
}

// check looks whether the nodes take messages as large as they have to be, and whether
// the stream is as it is wanted. It makes one where there is none.
func (c Config) check(ctx context.Context, l *link) error {
	if got := l.MaxPayload(); got < c.Payload {
		return wrong(`messages of NATS may have %d bytes, and %d are needed: set max_payload to that in the nodes' configuration, or lower "line_bytes" to %d`,
			got, c.Payload, got-payloadOverhead)
	}
	info, err := l.js.StreamInfo(l.stream, nats.Context(ctx))
	if errors.Is(err, nats.ErrStreamNotFound) {
		if info, err = l.js.AddStream(c.wanted(), nats.Context(ctx)); err != nil {
			return c.unmade(l, err)
		}
	}
	if err != nil {
		return c.unanswered(l, err)
	}
	return c.compare(info.Config)
}

func (c Config) unanswered(l *link, err error) error {
	err = l.explain(err)
	switch {
	case errors.Is(err, nats.ErrPermissionViolation):
		return wrong("NATS does not permit what the engine needs: %v: permit publishing to %s.>, $JS.API.> and $JS.FC.>, and subscribing to _INBOX.>", err, c.Prefix)
	case errors.Is(err, nats.ErrJetStreamNotEnabledForAccount):
		return wrong("JetStream is off for the account: %v: switch it on for it in the nodes' configuration", err)
	case errors.Is(err, nats.ErrJetStreamNotEnabled), errors.Is(err, nats.ErrNoResponders):
		return fmt.Errorf("JetStream does not answer: %w: start nats-server with -js, or jetstream {} in its configuration", err)
	}
	return fmt.Errorf("the stream %s: %w", l.stream, err)
}

func (c Config) unmade(l *link, err error) error {
	api := (*nats.APIError)(nil)
	if !errors.As(err, &api) {
		return c.unanswered(l, err)
	}
	const needsCluster, subjectsOverlap, noSpace = 10074, 10065, 10023
	switch api.ErrorCode {
	case needsCluster:
		return wrong(`the stream %s cannot be made: %v: set "replicas" to 1, or run a cluster of nodes`, l.stream, err)
	case subjectsOverlap:
		return wrong(`the stream %s cannot be made: %v: give the engine another "prefix"`, l.stream, err)
	case noSpace:
		return fmt.Errorf(`the stream %s of %d bytes cannot be made: %w: lower "max_bytes", raise the nodes' limits, or start more nodes`, l.stream, c.MaxBytes, err)
	}
	return fmt.Errorf("the stream %s cannot be made: %w", l.stream, err)
}

// compare refuses a stream that promises something else than is configured.
func (c Config) compare(is nats.StreamConfig) error {
	wanted := c.wanted()
	for _, part := range []struct {
		key       string
		got, want any
	}{
		{"replicas", is.Replicas, wanted.Replicas},
		{"storage", is.Storage, wanted.Storage},
		{"max_age", is.MaxAge, wanted.MaxAge},
		{"max_bytes", is.MaxBytes, wanted.MaxBytes},
		{"subjects", strings.Join(is.Subjects, " "), strings.Join(wanted.Subjects, " ")},
		{"retention", is.Retention, wanted.Retention},
	} {
		if part.got != part.want {
			return wrong(`the stream %s has %s %v, and the configuration says %v: change "engine", or end the brokers and run nats stream rm %s`,
				is.Name, part.key, part.got, part.want, is.Name)
		}
	}
	if is.Duplicates < 2*patience {
		return wrong(`the stream %s knows a block again for %v, and %v are needed: end the brokers and run nats stream rm %s`, is.Name, is.Duplicates, 2*patience, is.Name)
	}
	return nil
}

// tryOut publishes a block without messages and reads it.
func tryOut(ctx context.Context, l *link, c Config) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	seq, err := l.publish(ctx, "try."+rand.Text(), []byte{version})
	if err != nil {
		return c.unanswered(l, err)
	}
	seen := seen{seq: seq, end: cancel}
	if err := l.follow(ctx, seq, &seen); !seen.came {
		return c.unanswered(l, err)
	}
	return nil
}

// seen waits for one block.
type seen struct {
	seq  uint64
	came bool
	end  func()
}

func (s *seen) block(b stored) error {
	if b.seq >= s.seq {
		s.came = true
		s.end()
	}
	return nil
}

func (s *seen) beat(uint64) error { return nil }

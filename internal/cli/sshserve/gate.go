package sshserve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"joltui/internal/episodes"
	"joltui/internal/printable"
	"joltui/internal/sshd"
	"joltui/internal/sshd/keys"
	"joltui/internal/system"
	"joltui/jolt"
	"joltui/ui"
)

const (
	// MsgPublished: a viewer published; AttrSession, AttrName, AttrTopic, AttrBytes, AttrOutcome, AttrTook.
	msgPublished = "published"

	attrTopic   = "topic"
	attrBytes   = "bytes" // of the payload, which is never logged
	attrOutcome = "outcome"
	attrTook    = "ms"
)

var (
	errMayNotPublish = errors.New("your key may not publish")
	errOfTheBroker   = errors.New("topics of the broker itself are not published to from here")
	errNotAllowed    = errors.New("this is not done from here")
)

// gate is a client as far as the grant of a viewer goes. What the dashboard offers is one
// thing, what can be done at the broker another: this is the only way there.
type gate struct {
	client ui.Client
	grant  keys.Grant
	told   func(*jolt.Reply) // the outcome of what was refused
	log    *slog.Logger      // knows the viewer
	crowds *episodes.Log     // for what comes in crowds
}

// allowed says why a request is refused, or nil.
func allowed(g keys.Grant, r jolt.Request) error {
	ours := g.Topics == nil || slices.Contains(g.Topics, r.Topic)
	switch {
	case r.Op == jolt.OpPublish && !g.Publish:
		return errMayNotPublish
	case r.Op == jolt.OpPublish && system.Owned(r.Topic):
		return errOfTheBroker
	case (r.Op == jolt.OpPublish || r.Op == jolt.OpSubscribe) && !ours:
		return fmt.Errorf("your key is not for the topic %s", printable.Name(r.Topic, 64))
	case r.Op == jolt.OpPublish, r.Op == jolt.OpSubscribe, r.Op == jolt.OpUnsubscribe, r.Op == jolt.OpPing:
		return nil
	default:
		return errNotAllowed
	}
}

// Do sends a request, if it is allowed, and returns when it has its outcome.
func (g *gate) Do(ctx context.Context, r jolt.Request) (*jolt.Reply, error) {
	if err := allowed(g.grant, r); err != nil {
		return g.refuse(r, err), err
	}
	reply, err := g.client.Do(ctx, r)
	if r.Op == jolt.OpPublish && reply != nil {
		g.log.Info(msgPublished, published(reply)...)
	}
	return reply, err
}

// Start sends a request, if it is allowed. Such requests come in crowds, and are logged as one.
func (g *gate) Start(ctx context.Context, r jolt.Request, done func(*jolt.Reply)) error {
	if err := allowed(g.grant, r); err != nil {
		g.refuse(r, err)
		return err
	}
	return g.client.Start(ctx, r, func(reply *jolt.Reply) {
		if r.Op == jolt.OpPublish {
			g.crowds.Info(r.Topic+" "+reply.Outcome.String(), msgPublished, published(reply)...)
		}
		if done != nil {
			done(reply)
		}
	})
}

// Forget ends to ask for a topic.
func (g *gate) Forget(topic string) { g.client.Forget(topic) }

// refuse tells the dashboard, and the log, that a request was not sent.
func (g *gate) refuse(r jolt.Request, why error) *jolt.Reply {
	r.Pass = ""
	reply := &jolt.Reply{At: time.Now(), Request: r, Outcome: jolt.NotSent, Err: why}
	g.crowds.Warn("refused "+r.Op.String(), sshd.MsgRefused, sshd.AttrWhat, printable.Prefix(r.String(), 80), sshd.AttrWhy, why.Error())
	g.told(reply)
	return reply
}

// published describes a publish for the log.
func published(r *jolt.Reply) []any {
	return []any{attrTopic, printable.Prefix(r.Request.Topic, 80), attrBytes, len(r.Request.Data), attrOutcome, r.Outcome.String(),
		attrTook, float64(r.Latency().Microseconds()) / 1000}
}

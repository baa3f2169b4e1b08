package sshserve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"joltui/internal/cli/exit"
	"joltui/internal/dashboard"
	"joltui/internal/episodes"
	"joltui/internal/printable"
	"joltui/internal/sshd"
	"joltui/internal/sshd/keys"
	"joltui/jolt"
	"joltui/ui"
	"joltui/ui/loop"
)

// viewer is a session and as whom it is at the broker.
type viewer struct {
	*sshd.Session
	login login
	log   *slog.Logger // knows the viewer
}

// serve serves a session, and tells its viewer why it was not served or had to end.
func (s *server) serve(session *sshd.Session) {
	who := session.Viewer()
	v := &viewer{Session: session, log: s.log.With(sshd.AttrSession, session.ID(), sshd.AttrName, who.Name)}
	var err error
	if v.login, err = s.logins.of(who.Grant.Profile); err != nil {
		v.log.Error("a viewer could not be served", sshd.AttrError, err)
		err = errors.New("the profile of your key cannot be used: the log of the server says why")
	} else if _, terminal := session.Terminal(); terminal {
		err = s.show(v)
	} else {
		err = v.command(session.Command())
	}
	var crash *loop.PanicError
	if errors.As(err, &crash) {
		v.log.Error("where the fault was", sshd.AttrStack, crash.Stack)
		panic(crash) // which the session's guard counts, logs, and tells the viewer
	}
	switch why := session.Why(); {
	case why != nil:
		say(session, "this session has ended: "+why.Error())
	case err != nil:
		say(session, exit.Words(err))
	}
	session.Exit(exit.Code(err))
}

// show shows the dashboard.
func (s *server) show(v *viewer) error {
	topics, filter, err := wishes(v.Command())
	if err != nil {
		return err
	}
	if len(topics) == 0 {
		topics = s.topicsFor(v)
	}
	grant, o := s.granted(v.Viewer().Grant, v.login), s.options
	cfg := v.login.config
	cfg.Topics, o.Notes = admitted(grant, topics)
	o.Filter, o.ReadOnly = filter, !grant.Publish
	o.Profile, o.ProfileColour, o.TLS, o.NotVerified = v.login.profile.Name, "", v.login.tls, v.login.unchecked
	crowds := episodes.New(v.log)
	defer crowds.End()
	return dashboard.Show(v.Context(), dashboard.Remote{
		In: v, Out: v, Pace: v, Environ: v.environ(), Asks: grant.Topics == nil,
		Sizes: v.sizes, Warnings: v.warnings,
		Limit: func(client ui.Client, told func(*jolt.Reply)) ui.Client {
			return &gate{client: client, grant: grant, told: told, log: v.log, crowds: crowds}
		},
	}, dashboard.Session{Config: cfg, Options: o})
}

// granted is what a key allows as far as the server and the login do.
func (s *server) granted(g keys.Grant, as login) keys.Grant {
	g.Publish = g.Publish && !s.readOnly && !as.readOnly
	return g
}

// topicsFor are the topics that a viewer begins with who has named none: those of the server
// that the key is for, else all that the key is for.
func (s *server) topicsFor(v *viewer) []string {
	topics := s.topics
	if len(topics) == 0 {
		topics = v.login.profile.Topics
	}
	granted := v.Viewer().Grant.Topics
	if granted == nil {
		return topics
	}
	topics = slices.DeleteFunc(slices.Clone(topics), func(topic string) bool { return !slices.Contains(granted, topic) })
	if len(topics) == 0 {
		return granted
	}
	return topics
}

// admitted returns those of the topics that a grant allows, and what to tell of the others.
func admitted(g keys.Grant, topics []string) (all, notes []string) {
	var refused []string
	for _, topic := range topics {
		if allowed(g, jolt.Request{Op: jolt.OpSubscribe, Topic: topic}) != nil {
			refused = append(refused, printable.Name(topic, 40))
			continue
		}
		all = append(all, topic)
	}
	if len(refused) > 0 {
		notes = []string{"your key is not for " + strings.Join(refused, ", ")}
	}
	return all, notes
}

// environ are the variables of the viewer's terminal.
func (v *viewer) environ() []string {
	term, _ := v.Terminal()
	return append(v.Env(), "TERM="+term)
}

// sizes tells the size of the terminal, and each change of it.
func (v *viewer) sizes(ctx context.Context, told func(width, height int)) {
	size := v.Size()
	for {
		told(size.Width, size.Height)
		select {
		case size = <-v.Resized():
		case <-ctx.Done():
			return
		}
	}
}

// warnings tells that the session is about to end because nothing is typed.
func (v *viewer) warnings(told func(text string)) {
	v.OnIdle(func(ends time.Time) {
		if ends.IsZero() {
			told("the session goes on")
			return
		}
		told(fmt.Sprintf("nothing was typed for long: this session ends in %s, any key keeps it", time.Until(ends).Round(time.Second)))
	})
}

package sshserve

import (
	"context"
	"fmt"
	"strings"
	"time"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/sub"
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/sshd"
	"joltui/internal/sshd/keys"
	"joltui/jolt"
)

// pingTimeout bounds a ping: connecting, the login and the ping itself.
const pingTimeout = 10 * time.Second

// errCommand is for all that is not served without a terminal.
var errCommand = exit.Usagef(`served here: "sub --json TOPIC…" and "ping"; for the dashboard ssh has to have a terminal: ssh -t`)

// command serves a command without a terminal.
func (v *viewer) command(words []string) error {
	switch {
	case len(words) == 1 && words[0] == "ping":
		return v.ping()
	case len(words) > 0 && words[0] == "sub":
		topics, err := subTopics(words[1:])
		if err == nil {
			err = mayHear(v.Viewer().Grant, topics)
		}
		if err != nil {
			return err
		}
		return sub.Stream(v.Context(), v.login.config, topics, v, v.Stderr())
	default:
		return errCommand
	}
}

// subTopics returns the topics of sub --json TOPIC….
func subTopics(words []string) (topics []string, err error) {
	json, names := false, false
	for _, w := range words {
		switch {
		case names || !strings.HasPrefix(w, "-"):
			topics = append(topics, w)
		case w == "--":
			names = true
		case w == "--json":
			json = true
		default:
			return nil, errCommand
		}
	}
	for _, topic := range topics {
		if topic == "" || arg.InvalidAt(topic) >= 0 {
			return nil, arg.ErrNoTopic
		}
	}
	if !json || len(topics) == 0 {
		return nil, errCommand
	}
	return topics, nil
}

// mayHear says which of the topics a grant does not allow.
func mayHear(g keys.Grant, topics []string) error {
	for _, topic := range topics {
		if err := allowed(g, jolt.Request{Op: jolt.OpSubscribe, Topic: topic}); err != nil {
			return &exit.Error{Code: exit.Rejected, Err: err}
		}
	}
	return nil
}

// ping tells how long the broker takes to answer.
func (v *viewer) ping() error {
	ctx, cancel := context.WithTimeout(v.Context(), pingTimeout)
	defer cancel()
	rtt, err := connect.Ping(ctx, v.login.config)
	if err != nil {
		return connect.Failure(v.login.config.Addr, err)
	}
	_, err = fmt.Fprintf(v, "%s: %s\n", v.login.config.Addr, human.Duration(rtt))
	return err
}

// wishes is what the words of a command with a terminal ask for: topics, and behind a / a filter.
func wishes(words []string) (topics []string, filter string, err error) {
	for i, w := range words {
		if text, ok := strings.CutPrefix(w, "/"); ok {
			filter = strings.Join(append([]string{text}, words[i+1:]...), " ")
			break
		}
		if w == "" || strings.HasPrefix(w, "-") || arg.InvalidAt(w) >= 0 {
			return nil, "", exit.Usagef("%q: with a terminal come topics, and then /filter", printable.Prefix(w, 40))
		}
		topics = append(topics, w)
	}
	if _, err := feed.ParseFilter(filter); err != nil {
		return nil, "", exit.Usagef("/%s: %w", printable.Prefix(filter, 40), err)
	}
	return topics, filter, nil
}

// say writes a line beside the output: a session with a terminal has nothing else.
func say(s *sshd.Session, line string) {
	line = "joltui: " + printable.Line(line)
	if _, terminal := s.Terminal(); terminal {
		fmt.Fprintf(s, "\r\n%s\r\n", line)
		return
	}
	fmt.Fprintln(s.Stderr(), line)
}

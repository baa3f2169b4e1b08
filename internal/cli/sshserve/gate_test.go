package sshserve

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"joltui/internal/cli/clitest"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/episodes"
	"joltui/internal/sshd/keys"
	"joltui/internal/system"
	"joltui/jolt"
)

// client is one that acknowledges what it is asked for.
type client struct{ asked []jolt.Request }

func (c *client) reply(r jolt.Request) *jolt.Reply {
	c.asked = append(c.asked, r)
	now := time.Now()
	return &jolt.Reply{At: now, Sent: now.Add(-2 * time.Millisecond), Request: r, Outcome: jolt.Acknowledged}
}

func (c *client) Do(_ context.Context, r jolt.Request) (*jolt.Reply, error) { return c.reply(r), nil }
func (c *client) Forget(string)                                             {}
func (c *client) Start(_ context.Context, r jolt.Request, done func(*jolt.Reply)) error {
	done(c.reply(r))
	return nil
}

func TestGate(t *testing.T) {
	look, publish := keys.Grant{}, keys.Grant{Publish: true}
	some, none := keys.Grant{Publish: true, Topics: []string{"a", "b"}}, keys.Grant{Publish: true, Topics: []string{}}
	for _, tt := range []struct {
		grant keys.Grant
		op    jolt.Op
		topic string
		why   string // empty: it is sent
	}{
		{look, jolt.OpSubscribe, "a", ""},
		{look, jolt.OpUnsubscribe, "a", ""},
		{look, jolt.OpPing, "", ""},
		{look, jolt.OpPublish, "a", "may not publish"},
		{look, jolt.OpAuth, "", "not done from here"},
		{look, 0, "a", "not done from here"},
		{look, jolt.OpPing + 1, "a", "not done from here"},
		{publish, jolt.OpPublish, "a", ""},
		{publish, jolt.OpPublish, system.ControlTopic, "of the broker itself"},
		{publish, jolt.OpAuth, "", "not done from here"},
		{some, jolt.OpPublish, "b", ""},
		{some, jolt.OpPublish, "c", "not for the topic c"},
		{some, jolt.OpSubscribe, "b", ""},
		{some, jolt.OpSubscribe, "*", "not for the topic *"},
		{some, jolt.OpSubscribe, "a.b", "not for the topic a.b"},
		{some, jolt.OpUnsubscribe, "c", ""},
		{none, jolt.OpSubscribe, "a", "not for the topic a"},
		{none, jolt.OpPublish, "a", "not for the topic a"},
	} {
		for _, way := range []string{"do", "start"} {
			var log bytes.Buffer
			var told []*jolt.Reply
			under := &client{}
			logger := slog.New(slog.NewTextHandler(&log, nil))
			g := &gate{client: under, grant: tt.grant, told: func(r *jolt.Reply) { told = append(told, r) }, log: logger, crowds: episodes.New(logger)}
			r := jolt.Request{Op: tt.op, Topic: tt.topic, Data: "sesame", Pass: "hunter2", Ref: 7}
			var err error
			done := 0
			if way == "do" {
				_, err = g.Do(t.Context(), r)
			} else {
				err = g.Start(t.Context(), r, func(*jolt.Reply) { done++ })
			}
			g.crowds.End()
			if strings.Contains(log.String(), "sesame") || strings.Contains(log.String(), "hunter2") {
				t.Errorf("%s: the log has a payload or a password: %s", way, &log)
			}
			if tt.why == "" {
				if err != nil || len(under.asked) != 1 || len(told) != 0 || way == "start" && done != 1 {
					t.Errorf("%s %s %q: %v, asked %v, told %v, done %d", way, tt.op, tt.topic, err, under.asked, told, done)
				}
				if published := strings.Contains(log.String(), "msg=published topic="+tt.topic+" bytes=6 outcome=acknowledged ms=2"); published != (tt.op == jolt.OpPublish) {
					t.Errorf("%s %s %q: the log has %s", way, tt.op, tt.topic, &log)
				}
				continue
			}
			if err == nil || !strings.Contains(err.Error(), tt.why) || len(under.asked) != 0 || done != 0 {
				t.Errorf("%s %s %q: %v, asked %v", way, tt.op, tt.topic, err, under.asked)
			}
			if len(told) != 1 || told[0].Outcome != jolt.NotSent || told[0].Request.Ref != 7 || !errors.Is(told[0].Err, err) || told[0].Request.Pass != "" {
				t.Errorf("%s %s %q: told %+v", way, tt.op, tt.topic, told)
			}
			if !strings.Contains(log.String(), "msg=refused") {
				t.Errorf("%s %s %q: the log has %s", way, tt.op, tt.topic, &log)
			}
		}
	}
}

// A thousand messages of a repetition are no thousand records.
func TestRepetitionsAreLoggedOnce(t *testing.T) {
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	g := &gate{client: &client{}, grant: keys.Grant{Publish: true}, log: logger, crowds: episodes.New(logger)}
	for range 1000 {
		if err := g.Start(t.Context(), jolt.Request{Op: jolt.OpPublish, Topic: "a", Data: "x"}, nil); err != nil {
			t.Fatal(err)
		}
	}
	g.crowds.End()
	if n := strings.Count(log.String(), "\n"); n != 2 || !strings.Contains(log.String(), "more=999") || strings.Contains(log.String(), "WARN") {
		t.Errorf("%d records: %s", n, &log)
	}
}

func TestWishes(t *testing.T) {
	for words, want := range map[string]string{
		"":                       "",
		"a b":                    "a b /",
		"a /failed":              "a /failed",
		"a /.n > 3":              "a /.n > 3",
		"/late":                  "/late",
		"-v a":                   "!",
		"a --config=/etc/passwd": "!",
		"a /(":                   "!",
		"a\xff":                  "!",
		"sub":                    "sub /",
		"a /x -y":                "a /x -y",
	} {
		topics, filter, err := wishes(strings.Fields(words))
		got := strings.TrimSpace(strings.Join(topics, " ") + " /" + filter)
		switch {
		case want == "!" && (err == nil || exit.Code(err) != exit.Usage):
			t.Errorf("%q: %v, %v", words, got, err)
		case want != "!" && want != "" && (err != nil || got != want):
			t.Errorf("%q: %q, %v, want %q", words, got, err, want)
		}
	}
}

func TestSubTopics(t *testing.T) {
	for words, want := range map[string][]string{
		"--json a b": {"a", "b"}, "a --json": {"a"}, "--json -- -a": {"-a"},
		"a": nil, "--json": nil, "--json --exec=id a": nil, "--json -o x a": nil, "--json a\xff": nil,
	} {
		got, err := subTopics(strings.Fields(words))
		if !slices.Equal(got, want) || (err == nil) != (want != nil) || err != nil && exit.Code(err) != exit.Usage {
			t.Errorf("%q: %q, %v, want %q", words, got, err, want)
		}
	}
}

func TestTopicsToBeginWith(t *testing.T) {
	all, notes := admitted(keys.Grant{Topics: []string{"a"}}, []string{"a", "b", "c\x1b"})
	if !slices.Equal(all, []string{"a"}) || len(notes) != 1 || notes[0] != `your key is not for b, c\x1b` {
		t.Errorf("%q, %q", all, notes)
	}
	if all, notes := admitted(keys.Grant{}, []string{"a", "b"}); len(all) != 2 || notes != nil {
		t.Errorf("%q, %q", all, notes)
	}
}

// A profile of a key says where and as whom its viewers are, and flags and variables of the
// server say nothing of it.
func TestLogins(t *testing.T) {
	file := clitest.WriteFile(t, "config.toml", `[profiles.ro]
host = "10.0.0.2"
user = "looker"
password_file = "secret"
topics = ["a"]
[profiles.careful]
read_only = true
[profiles.asked]
user = "bob"
[profiles.variable]
user = "bob"
password_from = "env"
`, 0o600)
	clitest.WriteFile(t, "secret", "x", 0o600)
	environ := map[string]string{"JOLT_HOST": "elsewhere", "JOLT_PASSWORD": "of the server"}
	l := &logins{env: process.Env{Getenv: func(name string) string { return environ[name] }}, path: file, own: login{config: jolt.Config{Addr: "own:1"}}}
	if own, err := l.of(""); err != nil || own.config.Addr != "own:1" {
		t.Errorf("%v, %v", own, err)
	}
	if v, err := l.of("variable"); err != nil || v.config.Addr != "127.0.0.1:8080" || v.config.Pass != "of the server" {
		t.Errorf("%s, %v", v.config.Addr, err)
	}
	if careful, err := l.of("careful"); err != nil || new(server).granted(keys.Grant{Publish: true}, careful).Publish {
		t.Errorf("a profile that is read-only publishes: %v", err)
	}
	if own, _ := l.of(""); (&server{readOnly: true}).granted(keys.Grant{Publish: true}, own).Publish || !new(server).granted(keys.Grant{Publish: true}, own).Publish {
		t.Error("--read-only means something else")
	}
	for name, want := range map[string]string{"asked": "nobody can be asked", "nope": "nope", "ro": "secret"} {
		if err := l.check(name); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "of the server") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

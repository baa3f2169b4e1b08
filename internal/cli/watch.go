package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/config"
	"joltui/internal/dashboard"
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
)

// watchFlags is what a dashboard is told.
type watchFlags struct {
	conn connection
	look look
	bell bool
	// colour is that of the profile's name; empty for none.
	colour string
	pub    publishing
	top    bool              // begin with the page of the broker
	said   map[string]string // what the flags were given, by their names
}

func (w *watchFlags) flags(fs *pflag.FlagSet) {
	w.conn.flags(fs)
	w.conn.publishFlags(fs)
	w.look.flags(fs)
	fs.StringVar(&w.colour, "colour", "", "of the profile's name in the header: "+strings.Join(config.Colours(), ", "))
	bellFlag(fs, &w.bell)
	w.pub.flags(fs)
}

// noteSaid keeps what the user has given the flags, before others do.
func (w *watchFlags) noteSaid(fs *pflag.FlagSet) {
	w.said = make(map[string]string)
	fs.Visit(func(f *pflag.Flag) { w.said[f.Name] = f.Value.String() })
}

func newWatch(env Env, use string) *cobra.Command {
	var w watchFlags
	cmd := &cobra.Command{
		Use:   use,
		Short: "Open the dashboard (the default command)",
		Args:  cobra.ArbitraryArgs,

		ValidArgsFunction: completeTopics(-1),
		RunE:              func(cmd *cobra.Command, topics []string) error { return w.open(cmd, env, topics) },
	}
	w.flags(cmd.Flags())
	return cmd
}

// open shows the dashboard until the user leaves it.
func (w *watchFlags) open(cmd *cobra.Command, env Env, topics []string) error {
	w.noteSaid(cmd.Flags())
	if err := w.conn.settle(cmd, env); err != nil {
		return printed(err)
	}
	return w.run(cmd.Context(), env, topics)
}

// session is a dashboard to be shown, and the profiles that it can go on with.
type session struct {
	dashboard.Session
	profiles *profilesFile
	switched bool // to its profile, from within the dashboard
}

// session makes one of settled flags. The password comes from passwords, or it is
// asked for.
func (w *watchFlags) session(env, passwords Env, topics []string) (session, error) {
	c := &w.conn
	s := session{Session: dashboard.Session{Bell: w.bell, History: w.pub.history()}}
	if err := c.check(); err != nil {
		return s, err
	}
	var err error
	if s.Options, err = w.look.options(w.pub.options(env), c.profile, c.file); err != nil {
		return s, err
	}
	if err := needTerminal(env); err != nil {
		return s, err
	}
	if s.Config, err = c.config(passwords); err != nil {
		return s, err
	}
	if s.Config.Topics = topics; len(topics) == 0 {
		s.Config.Topics = c.profile.Topics
	}
	o := &s.Options
	o.Limits = limits(c.profile.Limits)
	o.ReadOnly = c.readOnly
	o.BrokerFirst = w.top
	o.NotVerified = c.tls.insecure
	o.Retry, o.Replay = true, w.replay
	o.TLS = c.tls.enabled()
	if o.ProfileColour = w.colour; w.colour != "" && !slices.Contains(config.Colours(), w.colour) {
		return s, usageError("--colour %s: there are %s", printable.Line(w.colour), human.List(config.Colours()))
	}
	s.profiles = &profilesFile{env: env, flags: w, path: c.file, inUse: s.Config}
	if o.ProfilesFile, o.Profile = c.file, c.profile.Name; c.file != "" {
		o.Profiles = s.profiles
	}
	return s, nil
}

// replay is the command that plays a recording as this dashboard looks.
func (w *watchFlags) replay(path string) *exec.Cmd {
	args := []string{"replay", "--config", w.conn.file}
	if w.conn.path == "" { // the usual file need not be there
		args = args[:1]
	}
	if name := w.conn.profile.Name; name != "" {
		args = append(args, "--profile", name)
	}
	for _, flag := range []string{"theme", "utc", "tz"} {
		if value, said := w.said[flag]; said {
			args = append(args, "--"+flag+"="+value)
		}
	}
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	return exec.Command(self, append(args, "--", path)...)
}

// limits are those of a profile; what it does not say has its default.
func limits(of map[string]int) feed.Limits {
	return feed.Limits{
		TopicMessages: of["topic_messages"],
		AllMessages:   of["all_messages"],
		TopicBytes:    of["topic_bytes"],
		AllBytes:      of["all_bytes"],
		Body:          of["body"],
		LogRows:       of["log_rows"],
		Topics:        of["topics"],
	}
}

// needTerminal refuses to draw where nobody can see it or press a key.
func needTerminal(env Env) error {
	out, ok := fileOf(env.Stdout)
	if !ok || !term.IsTerminal(out.Fd()) || !term.IsTerminal(env.Stdin.Fd()) {
		return usageError("the dashboard needs a terminal: stdin and stdout must be one")
	}
	return nil
}

// terminal is what a dashboard is shown on; needTerminal has seen that it is one.
func (e Env) terminal() dashboard.Terminal {
	out, _ := fileOf(e.Stdout)
	return dashboard.Terminal{In: e.Stdin, Out: out, Err: e.Stderr, Getenv: e.Getenv, Hooks: e.Hooks}
}

// runDashboard shows a dashboard until the user leaves it.
func runDashboard(ctx context.Context, env Env, s session) (dashboard.End, error) {
	end, err := dashboard.Run(ctx, env.terminal(), s.Session)
	var impossible *dashboard.ConfigError
	switch {
	case errors.As(err, &impossible):
		return end, &exitError{exitUsage, impossible.Unwrap()}
	case err != nil || end.SwitchTo != "" || end.Again:
		return end, err
	default:
		return end, farewell(end.Cause)
	}
}

// farewell turns the cause for which the client gave up into an error that is
// still there when the screen is gone.
func farewell(cause error) error {
	var rejected *jolt.RejectedError
	switch {
	case errors.Is(cause, jolt.ErrUnsafeAuth):
		return &exitError{exitUsage, fmt.Errorf("%w: use a TLS proxy, or allow it with --insecure-plaintext-auth", cause)}
	case errors.As(cause, &rejected) && rejected.Code() == jolt.CodeBusy:
		return &exitError{exitNoConnection, fmt.Errorf("the broker has no time now for %s: %s", rejected.Op, rejected.Text)}
	case errors.As(cause, &rejected) && rejected.Op == jolt.OpAuth && human.Remedy(rejected) != "":
		return &exitError{exitRejected, refusal(rejected)}
	case errors.As(cause, &rejected) && rejected.Op == jolt.OpAuth:
		return &exitError{exitRejected, fmt.Errorf("the broker refused the login (%s): check --user and the password", rejected.Text)}
	}
	return nil
}

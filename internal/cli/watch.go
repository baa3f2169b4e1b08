package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/term"
	"github.com/muesli/termenv"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/background"
	"joltui/internal/clipboard"
	"joltui/internal/feed"
	"joltui/internal/history"
	"joltui/internal/human"
	"joltui/jolt"
	"joltui/ui"
	"joltui/ui/loop"
)

// watchFlags is what a dashboard is told.
type watchFlags struct {
	conn connection
	look look
	bell bool
	pub  publishing
	said map[string]string // what the flags were given, by their names
}

func (w *watchFlags) flags(fs *pflag.FlagSet) {
	w.conn.flags(fs)
	w.conn.publishFlags(fs)
	w.look.flags(fs)
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
		RunE: func(cmd *cobra.Command, topics []string) error {
			w.noteSaid(cmd.Flags())
			if err := w.conn.settle(cmd, env); err != nil {
				return printed(err)
			}
			return w.run(cmd.Context(), env, topics)
		},
	}
	w.flags(cmd.Flags())
	return cmd
}

// session is a dashboard to be shown: of which client, and how.
type session struct {
	cfg      jolt.Config
	options  ui.Options
	bell     bool
	profiles *profilesFile
	history  *history.File // nil: what is published is not kept
}

// session makes one of settled flags. The password comes from passwords, or it is
// asked for.
func (w *watchFlags) session(env, passwords Env, topics []string) (session, error) {
	c := &w.conn
	s := session{bell: w.bell, history: w.pub.history()}
	if err := c.check(); err != nil {
		return s, err
	}
	var err error
	if s.options, err = w.look.options(w.pub.options(env), c.profile, c.file); err != nil {
		return s, err
	}
	if err := needTerminal(env); err != nil {
		return s, err
	}
	if s.cfg, err = c.config(passwords); err != nil {
		return s, err
	}
	if s.cfg.Topics = topics; len(topics) == 0 {
		s.cfg.Topics = c.profile.Topics
	}
	o := &s.options
	o.Limits = limits(c.profile.Limits)
	o.ReadOnly = c.readOnly
	o.NotVerified = c.tls.insecure
	s.profiles = &profilesFile{env: env, flags: w, path: c.file, inUse: s.cfg}
	if o.ProfilesFile, o.Profile = c.file, c.profile.Name; c.file != "" {
		o.Profiles = s.profiles
	}
	return s, nil
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

// ending is how a dashboard was left.
type ending struct {
	switchTo string   // the profile to go on with; empty for none
	topics   []string // that were subscribed
}

// runDashboard shows a dashboard until the user leaves it.
func runDashboard(ctx context.Context, env Env, s session) (ending, error) {
	keepHeapSmall(env)
	cfg, o := s.cfg, s.options
	ctx, signals, cancel := catchSignals(ctx)
	defer cancel()
	guard := loop.NewGuard(ctx)
	pump := loop.NewPump(loop.PumpLimits{})
	recorder := new(recorder)
	defer recorder.finish(env)
	cfg.Handler = env.Hooks.handler(func(batch []jolt.Event) {
		recorder.Handle(batch) // before the pump can drop anything
		pump.Handle(batch)
	})
	cfg.Go = guard.Go
	cfg.PingInterval = 5 * time.Second // for the round trip in the header
	o.Wire = feed.NewWire()
	cfg.Trace = o.Wire.Trace
	o.PasswordInClear = watchClear(&cfg)
	client, err := jolt.New(cfg)
	if err != nil {
		return ending{}, &exitError{exitUsage, err}
	}
	defer client.Close()

	o.Recorder, o.RecordIn = recorder, recordFolders()
	around := surround(env, guard, signals, cancel, s, &o)
	defer around.leave(env)
	o.Client, o.Addr, o.User, o.Topics = client, client.Addr(), cfg.User, cfg.Topics
	if groups := newGroupsFile(); groups.path != "" {
		o.Groups = groups
	}
	model := ui.New(o)
	program := newProgram(env, guard, model, around.shown, cancel)
	watchJobs(ctx, guard.Go, around.shown.Released, program.Send)
	pumped := make(chan struct{})
	guard.Go(func() {
		defer close(pumped)
		pump.Run(ctx, env.Hooks.send(program.Send))
	})
	guard.Go(func() { watchStops(ctx, time.Now, program.Send) })
	_, err = guard.Run(program)
	cancel()
	<-pumped
	if err != nil {
		return ending{}, fmt.Errorf("the dashboard ended: %w", err)
	}
	end := ending{model.SwitchTo(), model.Topics()}
	if end.switchTo != "" {
		return end, nil
	}
	return end, farewell(model.Connection().Cause)
}

func systemClipboard(env Env, terminal io.Writer) *clipboard.Clipboard {
	return clipboard.New(clipboard.Options{Getenv: env.Getenv, Local: clipboard.System(), Terminal: terminal})
}

// renderer has the terminal's colours. It asks the terminal nothing: the dashboard
// does, when it knows that it has to.
func renderer(env Env) *lipgloss.Renderer {
	if env.Getenv("TERM") != "dumb" {
		r := lipgloss.NewRenderer(env.Stdout)
		r.SetHasDarkBackground(background.Guess(env.Getenv))
		return r
	}
	// COLORTERM may be left from a better terminal, and would be believed.
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.Ascii)
	return r
}

// newProgram shows a model on the terminal; gone is called when there is none any
// more.
func newProgram(env Env, guard *loop.Guard, model tea.Model, terminal io.Writer, gone func()) *tea.Program {
	in := &input{File: env.Stdin, gone: gone}
	program := guard.Program(env.Hooks.model(model), tea.WithAltScreen(), tea.WithoutSignalHandler(),
		tea.WithInput(in), tea.WithOutput(terminal))
	in.keys = background.Keys{From: env.Stdin, Answer: func(dark bool) { program.Send(ui.Background{Dark: dark}) }}
	return program
}

// input is the terminal as Bubble Tea reads it, which takes no notice (v1.3.10)
// when there is nothing left to read: the terminal is gone, and no signal says
// so when it is not the one that controls the process. What the terminal answers
// is no key.
type input struct {
	*os.File
	keys background.Keys
	gone func()
}

func (in *input) Read(p []byte) (int, error) {
	n, err := in.keys.Read(p)
	if err != nil {
		in.gone()
	}
	return n, err
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

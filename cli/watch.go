package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/term"
	"github.com/muesli/termenv"
	"github.com/spf13/cobra"

	"joltui/clip"
	"joltui/feed"
	"joltui/jolt"
	"joltui/ui"
)

func newWatch(env Env, use string) *cobra.Command {
	var conn connection
	var look look
	var bell bool
	var pub publishing
	cmd := &cobra.Command{
		Use:   use,
		Short: "Open the dashboard (the default command)",
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, topics []string) error {
			if err := conn.settle(cmd, env); err != nil {
				return printed(err)
			}
			if err := conn.check(); err != nil {
				return err
			}
			o, err := look.options(pub.options(env), conn.profile, conn.file)
			if err != nil {
				return err
			}
			if err := needTerminal(env); err != nil {
				return err
			}
			cfg, err := conn.config(env)
			if err != nil {
				return err
			}
			if cfg.Topics = topics; len(topics) == 0 {
				cfg.Topics = conn.profile.Topics
			}
			o.Limits = limits(conn.profile.Limits)
			o.ReadOnly = conn.readOnly
			return runDashboard(cmd.Context(), env, cfg, o, bell)
		},
	}
	conn.flags(cmd.Flags())
	conn.publishFlags(cmd.Flags())
	look.flags(cmd.Flags())
	bellFlag(cmd.Flags(), &bell)
	pub.flags(cmd.Flags())
	return cmd
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
	out, ok := env.Stdout.(*os.File)
	if !ok || !term.IsTerminal(out.Fd()) || !term.IsTerminal(env.Stdin.Fd()) {
		return usageError("the dashboard needs a terminal: stdin and stdout must be one")
	}
	return nil
}

// runDashboard shows the dashboard of a client with this configuration until
// the user leaves it.
func runDashboard(ctx context.Context, env Env, cfg jolt.Config, o ui.Options, bell bool) error {
	// Bubble Tea's own handler can wait for ever for a program that has just
	// ended (v1.3.10: an unconditional send), so it is left out.
	ctx, cancel := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer cancel()
	guard := ui.NewGuard()
	pump := ui.NewPump(ui.PumpLimits{})
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
	client, err := jolt.New(cfg)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	defer client.Close()

	o.Recorder, o.RecordIn = recorder, recordFolders()
	shown := newDisplay(env.Stdout.(*os.File)) // needTerminal has seen to that
	defer shown.Close()
	guard.Go(shown.run)
	o.Terminal, o.Bell = shown, ringer(shown, bell)
	o.Clipboard = clipboard(env, shown)
	o.Client, o.Addr, o.User, o.Topics = client, client.Addr(), cfg.User, cfg.Topics
	o.Groups = newGroupsFile()
	o.Renderer = renderer(env)
	model := ui.New(o)
	program := newProgram(env, guard, model, shown, cancel)
	defer context.AfterFunc(ctx, program.Quit)()
	pumped := make(chan struct{})
	guard.Go(func() {
		defer close(pumped)
		pump.Run(ctx, env.Hooks.send(program.Send))
	})
	_, err = guard.Run(program)
	cancel()
	<-pumped
	if err != nil {
		return fmt.Errorf("the dashboard ended: %w", err)
	}
	return farewell(model.Connection().Cause)
}

func clipboard(env Env, terminal io.Writer) *clip.Clipboard {
	return clip.New(clip.Options{Getenv: env.Getenv, Local: clip.System(), Terminal: terminal})
}

// renderer returns nil where the terminal's own colours will do.
func renderer(env Env) *lipgloss.Renderer {
	if env.Getenv("TERM") != "dumb" {
		return nil
	}
	// COLORTERM may be left from a better terminal, and would be believed.
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.Ascii)
	return r
}

// newProgram shows a model on the terminal; gone is called when there is none any
// more.
func newProgram(env Env, guard *ui.Guard, model tea.Model, terminal io.Writer, gone func()) *tea.Program {
	return guard.Program(env.Hooks.model(model), tea.WithAltScreen(), tea.WithoutSignalHandler(),
		tea.WithInput(input{env.Stdin, gone}), tea.WithOutput(terminal))
}

// input is the terminal as Bubble Tea reads it, which takes no notice (v1.3.10)
// when there is nothing left to read: the terminal is gone, and no signal says
// so when it is not the one that controls the process.
type input struct {
	*os.File
	gone func()
}

// Terminal is for a program that takes the terminal over for a while.
func (in input) Terminal() *os.File { return in.File }

func (in input) Read(p []byte) (int, error) {
	n, err := in.File.Read(p)
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
	case errors.As(cause, &rejected) && rejected.Op == jolt.OpAuth:
		return &exitError{exitRejected, fmt.Errorf("the broker refused the login (%s): check --user and the password", rejected.Text)}
	}
	return nil
}

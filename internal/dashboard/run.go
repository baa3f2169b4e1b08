package dashboard

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"joltui/internal/background"
	"joltui/internal/clipboard"
	"joltui/internal/history"
	"joltui/internal/trace"
	"joltui/jolt"
	"joltui/ui"
	"joltui/ui/loop"
)

// Session is a dashboard to be shown: of which client, and how.
type Session struct {
	Config  jolt.Config
	Options ui.Options
	Bell    bool
	History *history.File // nil: what is published is not kept
}

// ConfigError says that there can be no client with a configuration.
type ConfigError struct{ error }

// Unwrap returns what the client says.
func (e *ConfigError) Unwrap() error { return e.error }

// End is how a dashboard was left.
type End struct {
	SwitchTo string   // the profile to go on with; empty for none
	Again    bool     // go on with a new connection, made in the same way
	Topics   []string // that were subscribed
	Cause    error    // why there was no connection at the end
}

// Run shows a dashboard until the user leaves it.
func Run(ctx context.Context, t Terminal, s Session) (End, error) {
	keepHeapSmall(t)
	o := s.Options
	ctx, signals, cancel := catchSignals(ctx)
	defer cancel()
	guard := loop.NewGuard(ctx)
	pump := loop.NewPump(loop.PumpLimits{})
	recorder := new(recorder)
	defer recorder.finish(t)
	client, err := connect(s.Config, &o, guard, t.Hooks.handler(func(batch []jolt.Event) {
		recorder.Handle(batch) // before the pump can drop anything
		pump.Handle(batch)
	}))
	if err != nil {
		return End{}, err
	}
	defer client.Close()

	o.Recorder, o.RecordIn = recorder, recordFolders()
	around := surround(t, guard, signals, cancel, s, &o)
	defer around.leave(t)
	if groups := NewGroupsFile(); groups.path != "" {
		o.Groups = groups
	}
	asker := newAsker(s.Config)
	o.Monitor = asker
	model := ui.New(o)
	program := newProgram(t, guard, model, around.shown, cancel)
	watchJobs(ctx, guard.Go, around.shown.Released, program.Send)
	pumped := make(chan struct{})
	guard.Go(func() {
		defer close(pumped)
		pump.Run(ctx, t.Hooks.send(program.Send))
	})
	guard.Go(func() { asker.run(ctx, program.Send) })
	guard.Go(func() { watchStops(ctx, time.Now, program.Send) })
	_, err = guard.Run(program)
	cancel()
	<-pumped
	if err != nil {
		return End{}, fmt.Errorf("the dashboard ended: %w", err)
	}
	return End{model.SwitchTo(), model.Retry(), model.Topics(), model.Connection().Cause}, nil
}

// connect makes the client of a dashboard, and tells o of it. handle gets what it brings.
func connect(cfg jolt.Config, o *ui.Options, guard *loop.Guard, handle func([]jolt.Event)) (*jolt.Client, error) {
	cfg.Handler, cfg.Go = handle, guard.Go
	cfg.PingInterval = 5 * time.Second // for the round trip in the header
	o.Wire = trace.New()
	cfg.Trace = o.Wire.Add
	o.PasswordInClear = WatchClear(&cfg)
	client, err := jolt.New(cfg)
	if err != nil {
		return nil, &ConfigError{err}
	}
	o.Client, o.Addr, o.User, o.Topics = client, client.Addr(), cfg.User, cfg.Topics
	return client, nil
}

// systemClipboard is the clipboard of the terminal, and of this machine where the user has
// that one.
func systemClipboard(t Terminal, terminal io.Writer, local bool) *clipboard.Clipboard {
	o := clipboard.Options{Getenv: t.Getenv, Terminal: terminal}
	if local {
		o.Local = clipboard.System()
	}
	return clipboard.New(o)
}

// renderer has the terminal's colours. It asks the terminal nothing: the dashboard
// does, when it knows that it has to.
func renderer(t Terminal) *lipgloss.Renderer {
	if t.Getenv("TERM") != "dumb" {
		r := lipgloss.NewRenderer(t.Out)
		r.SetHasDarkBackground(background.Guess(t.Getenv))
		return r
	}
	// COLORTERM may be left from a better terminal, and would be believed.
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.Ascii)
	return r
}

// newProgram shows a model on the terminal; gone is called when there is none any
// more.
func newProgram(t Terminal, guard *loop.Guard, model tea.Model, terminal io.Writer, gone func()) *tea.Program {
	in := &input{File: t.In, gone: gone}
	program := guard.Program(t.Hooks.model(model), tea.WithAltScreen(), tea.WithoutSignalHandler(),
		tea.WithInput(in), tea.WithOutput(terminal))
	in.keys = background.Keys{From: t.In, Answer: func(dark bool) { program.Send(ui.Background{Dark: dark}) }}
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

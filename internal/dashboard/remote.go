package dashboard

import (
	"context"
	"fmt"
	"io"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"joltui/internal/background"
	"joltui/internal/clipboard"
	"joltui/jolt"
	"joltui/ui"
	"joltui/ui/loop"
)

// Remote is a terminal at another machine, and what is known of it.
type Remote struct {
	// In is what is typed there. When it ends, so does the dashboard.
	In io.Reader
	// Out is the terminal; it may be written to by several goroutines at once.
	Out io.Writer
	// Pace tells when Out has room for another drawing.
	Pace loop.Terminal
	// Environ are variables of the terminal, as NAME=value, TERM among them.
	Environ []string
	// Sizes calls told with the size of the window, at the start and as it changes, until ctx
	// ends.
	Sizes func(ctx context.Context, told func(width, height int))
	// Warnings calls told with what the viewer has to know at once; nil has none.
	Warnings func(told func(text string))
	// Limit returns the client as far as the viewer may use it. What it refuses it reports
	// through told, as the outcome of the request.
	Limit func(client ui.Client, told func(*jolt.Reply)) ui.Client
	// Asks means that the viewer may ask the broker about itself.
	Asks bool
}

// Show shows a dashboard at another machine until its viewer leaves it, or ctx ends. It is away
// from this machine, whatever the session says. A panic is a [*loop.PanicError].
func Show(ctx context.Context, t Remote, s Session) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	guard := loop.NewGuard(ctx)
	pump := loop.NewPump(loop.PumpLimits{})
	o := s.Options
	client, err := connect(s.Config, &o, guard, pump.Handle)
	if err != nil {
		return err
	}
	defer client.Close()
	env := environment(t.Environ)
	o.Away, o.Context, o.Retry = true, guard.Context(), false
	o.Renderer, o.Terminal = t.renderer(env), t.Pace
	if background.Asks(env.Getenv) {
		o.AskBackground = func() { io.WriteString(t.Out, background.Question) }
	}
	o.Clipboard, o.Bell = clipboard.New(clipboard.Options{Getenv: env.Getenv, Terminal: t.Out}), ringer(t.Out, s.Bell)
	asker := newAsker(s.Config)
	if t.Asks {
		o.Monitor = asker
	}
	var send func(tea.Msg) // set before anything calls the client
	o.Client = t.Limit(client, func(r *jolt.Reply) { send(loop.Batch{Events: []jolt.Event{r}}) })
	in := &input{gone: cancel}
	program := guard.Program(ui.New(o), tea.WithAltScreen(), tea.WithoutSignalHandler(), tea.WithInput(remoteInput{in}), tea.WithOutput(t.Out))
	send = program.Send
	in.keys = background.Keys{From: t.In, Answer: func(dark bool) { send(ui.Background{Dark: dark}) }}
	if t.Warnings != nil {
		t.Warnings(func(text string) { send(ui.Told{Text: text}) })
	}
	pumped := make(chan struct{})
	guard.Go(func() {
		defer close(pumped)
		pump.Run(ctx, send)
	})
	guard.Go(func() { asker.run(ctx, send) })
	guard.Go(func() { t.Sizes(ctx, func(w, h int) { send(tea.WindowSizeMsg{Width: w, Height: h}) }) })
	_, err = guard.Run(program)
	cancel()
	<-pumped
	if err != nil {
		return fmt.Errorf("the dashboard ended: %w", err)
	}
	return nil
}

// remoteInput hides that input may be a file.
type remoteInput struct{ in *input }

func (r remoteInput) Read(p []byte) (int, error) { return r.in.Read(p) }

// environment is variables as NAME=value.
type environment []string

// Environ returns them all.
func (e environment) Environ() []string { return e }

// Getenv returns the value of one of them, or "".
func (e environment) Getenv(name string) string {
	for _, one := range e {
		if len(one) > len(name) && one[:len(name)] == name && one[len(name)] == '=' {
			return one[len(name)+1:]
		}
	}
	return ""
}

// renderer has the colours that the variables of the terminal tell of. It asks it nothing.
func (t Remote) renderer(env environment) *lipgloss.Renderer {
	out := termenv.NewOutput(io.Discard, termenv.WithEnvironment(env), termenv.WithTTY(true))
	profile := out.EnvColorProfile()
	if env.Getenv("TERM") == "dumb" {
		profile = termenv.Ascii
	}
	r := lipgloss.NewRenderer(io.Discard, termenv.WithEnvironment(env), termenv.WithProfile(profile))
	r.SetColorProfile(profile)
	r.SetHasDarkBackground(background.Guess(env.Getenv))
	return r
}

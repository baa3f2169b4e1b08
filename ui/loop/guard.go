package loop

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/printable"
)

// Guard restores the terminal even after a panic: in a program's model, in one of its
// commands, or in a goroutine that defers [Guard.Recover]. Bubble Tea on its own prints
// the value of a panic raw, escape sequences and all, and does not see panics in
// goroutines that it did not start.
//
// A Guard is for one program. All methods are safe for concurrent use.
type Guard struct {
	ctx    context.Context // ends when the program has to
	cancel context.CancelFunc

	mu    sync.Mutex
	crash *PanicError // the first one
}

// NewGuard returns a guard for a program that [Guard.Program] makes later, so that
// goroutines that start before it can be guarded as well. The program ends when ctx does.
func NewGuard(ctx context.Context) *Guard {
	g := new(Guard)
	g.ctx, g.cancel = context.WithCancel(ctx)
	return g
}

// Context returns a context that ends when the program has to: when that of [NewGuard]
// does, or after a panic.
func (g *Guard) Context() context.Context { return g.ctx }

// Program returns the program to hand to Run. A filter among its options would take
// the place of the one that keeps an idle program idle.
func (g *Guard) Program(m tea.Model, opts ...tea.ProgramOption) *tea.Program {
	s := &still{model: guarded{m, g}}
	return tea.NewProgram(s, append([]tea.ProgramOption{tea.WithFilter(s.filter)}, opts...)...)
}

// Run runs a program that [Guard.Program] made, and returns its model once the terminal is
// restored. After a panic the error is a [*PanicError], and the model is nil.
func (g *Guard) Run(p *tea.Program) (tea.Model, error) {
	defer g.cancel()
	// Not Kill: it does not wait for the goroutine that reads keys (v1.3.10).
	defer context.AfterFunc(g.ctx, p.Quit)()
	m, err := p.Run()
	if crash := g.crashed(); crash != nil {
		return nil, crash
	}
	if s, ok := m.(*still); ok {
		m = s.model.(guarded).model
	}
	return m, err
}

// Go runs f, which works for the program, on a goroutine of its own.
func (g *Guard) Go(f func()) {
	go func() {
		defer g.Recover()
		f()
	}()
}

// Recover is for other goroutines that work for the program: they defer it. When one of
// them panics, the program ends, and Run returns the panic as its error.
func (g *Guard) Recover() {
	v := recover()
	if v == nil {
		return
	}
	crash := &PanicError{Value: fmt.Sprint(v), Stack: string(debug.Stack())}
	g.mu.Lock()
	if g.crash == nil { // others follow from the first
		g.crash = crash
	}
	g.mu.Unlock()
	g.cancel()
}

// crashed returns the first panic, or nil.
func (g *Guard) crashed() *PanicError {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.crash
}

// PanicError is the panic that ended a program.
type PanicError struct {
	Value string // as given to panic; untrusted, it may hold escape sequences
	Stack string
}

// maxPanic bounds how much of a panic's value an error has, in cells.
const maxPanic = 1000

// Error returns the value of the panic, printable and on one line.
func (e *PanicError) Error() string { return "panic: " + printable.Prefix(e.Value, maxPanic) }

// guarded is a model whose panics end the program. After the first panic, wherever it was,
// no method of the model is called.
type guarded struct {
	model tea.Model
	guard *Guard
}

// Init implements [tea.Model].
func (m guarded) Init() tea.Cmd {
	defer m.guard.Recover()
	return m.guard.command(m.model.Init())
}

// Update implements [tea.Model].
func (m guarded) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	defer m.guard.Recover()
	next = m // stands after a panic
	if m.guard.crashed() != nil {
		return next, nil
	}
	updated, cmd := m.model.Update(msg)
	return guarded{updated, m.guard}, m.guard.command(cmd)
}

// View implements [tea.Model].
func (m guarded) View() string {
	defer m.guard.Recover()
	if m.guard.crashed() != nil {
		return ""
	}
	return m.model.View()
}

// command guards a command, and those that it returns in a batch.
func (g *Guard) command(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		defer g.Recover()
		msg := cmd()
		batch, ok := msg.(tea.BatchMsg)
		if !ok {
			return msg
		}
		safe := make(tea.BatchMsg, len(batch))
		for i, c := range batch {
			safe[i] = g.command(c)
		}
		return safe
	}
}

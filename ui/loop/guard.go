package loop

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/printable"
)

// Guard gives the terminal back as it was even after a panic: in a program's
// model, in one of its commands, or in a goroutine that defers
// [Guard.Recover]. Bubble Tea on its own prints what was thrown raw, and knows
// nothing of goroutines that it did not start.
//
// A Guard is for one program. All methods are safe for concurrent use.
type Guard struct {
	ctx    context.Context // ends when the program has to
	cancel context.CancelFunc

	mu    sync.Mutex
	crash *PanicError // the first one
}

// NewGuard returns a guard for a program that is made later, so that what the
// program needs can be guarded as well. The program ends when ctx does.
func NewGuard(ctx context.Context) *Guard {
	g := new(Guard)
	g.ctx, g.cancel = context.WithCancel(ctx)
	return g
}

// Context ends when the program has to: with that of [NewGuard], or after a panic.
func (g *Guard) Context() context.Context { return g.ctx }

// Program returns the program to hand to Run. A filter among its options would take
// the place of the one that keeps an idle program idle.
func (g *Guard) Program(m tea.Model, opts ...tea.ProgramOption) *tea.Program {
	s := &still{model: guarded{m, g}}
	return tea.NewProgram(s, append([]tea.ProgramOption{tea.WithFilter(s.filter)}, opts...)...)
}

// Run runs a program that [Guard.Program] made, and returns its model when the
// terminal is as it was. After a panic the error is a [*PanicError], and there
// is no model.
func (g *Guard) Run(p *tea.Program) (tea.Model, error) {
	defer g.cancel()
	// Not Kill, which does not wait for the goroutine that reads keys (v1.3.10).
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

// Recover is to be deferred by what works for the program on other goroutines.
// When that panics, the program ends, and Run says why.
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
	Value string // what was thrown; it may be anything, and is not printable
	Stack string
}

// maxPanic is how much of a panic's value is told, in terminal cells.
const maxPanic = 1000

// Error is printable and one line.
func (e *PanicError) Error() string { return "panic: " + printable.Prefix(e.Value, maxPanic) }

// guarded is a model whose panics end the program. After the first, wherever
// it was, the model is left alone.
type guarded struct {
	model tea.Model
	guard *Guard
}

func (m guarded) Init() tea.Cmd {
	defer m.guard.Recover()
	return m.guard.command(m.model.Init())
}

func (m guarded) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	defer m.guard.Recover()
	next = m // stands after a panic
	if m.guard.crashed() != nil {
		return next, nil
	}
	updated, cmd := m.model.Update(msg)
	return guarded{updated, m.guard}, m.guard.command(cmd)
}

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

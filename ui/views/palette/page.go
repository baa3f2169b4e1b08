package palette

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Command is something that the palette can run.
type Command struct {
	Name    string // as it is typed: one word
	Aliases []string
	Does    string
	Key     string // the key that does the same, as the help writes it
	Where   string // where that key works
	Usage   string // the arguments, in brackets if they are optional; "" if there are none
	Why     string // why it can do nothing from here, or now; "" where it can
	Here    bool   // it belongs to the place that the user is in
	Loses   bool   // it ends or loses something: it runs only where its name is typed in full
}

// Arguments completes and checks the arguments of commands.
type Arguments interface {
	// Asks reports whether a command has a question of its own for its arguments, in place
	// of the palette.
	Asks(name string) bool
	// Suggest returns the completions of args, best first.
	Suggest(name, args string) []string
	// Check returns what is wrong with args, in one line, or nil.
	Check(name, args string) error
}

// RunCommand asks to close the palette and run a command.
type RunCommand struct {
	Name, Args string
	Ask        bool // by the question of the command, which begins with Args
}

// Intent implements [kit.Intent].
func (RunCommand) Intent() {}

// Page finds commands by what is typed, and runs them, with arguments where they take some.
type Page struct {
	styles     *kit.Styles
	actions    keys.Set[*Page]
	w, h       int
	input      kit.Editor
	commands   []Command
	arguments  Arguments
	rows       []paletteRow
	cursor     kit.List
	moved      bool // the user has moved the cursor
	completion kit.Completion
	err        error
}

// New returns a palette without commands.
func New(s *kit.Styles, a keys.Set[*Page]) *Page { return &Page{styles: s, actions: a} }

// Open shows the palette with nothing typed: it lists all commands, in their order.
func (p *Page) Open(commands []Command, a Arguments) {
	p.commands, p.arguments = commands, a
	p.input.Set("")
	p.typed()
}

// Typing returns true: characters are text here, and no keys of actions.
func (p *Page) Typing() bool { return true }

// SetSize sets the outer size in cells.
func (p *Page) SetSize(w, h int) { p.w, p.h = w, h }

// ShortHelp lists the keys that matter most here.
func (p *Page) ShortHelp() []key.Binding {
	return p.actions.Keys("palette.run", "palette.complete", "palette.leave")
}

// Update edits what is typed, chooses a command, or runs it.
func (p *Page) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	if in, done := p.actions.Press(p, msg, f); done {
		return in
	}
	switch {
	case p.input.Edit(msg):
		p.typed()
	case kit.IsText(msg):
		p.input.Insert(kit.InOneLine(msg.Runes))
		p.typed()
		return p.ask()
	}
	return nil
}

// ask leaves the arguments of a command to its own question, once its name is typed in full
// and a blank after it.
func (p *Page) ask() kit.Intent {
	name, args, hasArgs := p.split()
	if c, err := p.resolve(name); hasArgs && err == nil && c.isCalled(name) && p.arguments.Asks(c.Name) {
		return RunCommand{Name: c.Name, Args: args, Ask: true}
	}
	return nil
}

// Move moves the cursor by one row. The palette has keys of its own for that; this is for
// the wheel of the mouse.
func (p *Page) Move(by kit.Move, _ *feed.Feed) kit.Intent {
	switch by {
	case kit.Up:
		p.up()
	case kit.Down:
		p.down()
	}
	return nil
}

// Entries returns the actions of the page.
func (p *Page) Entries() keys.Table { return p.actions.Entries(func() *Page { return p }) }

// Place returns where the keys of the page work.
func (p *Page) Place() keys.Place { return Place() }

func (p *Page) up()   { p.choose(-1) }
func (p *Page) down() { p.choose(+1) }

// typed lists the rows anew after the text has changed.
func (p *Page) typed() {
	p.completion, p.cursor, p.moved = kit.Completion{}, kit.List{}, false
	p.find()
	p.cursor.SetRows(0, uint64(len(p.rows)))
}

// choose moves the cursor; after the last row comes the first.
func (p *Page) choose(by int) {
	p.cursor.Turn(by)
	p.moved = len(p.rows) > 0
}

// split splits the text into a name and arguments. It ignores a colon in front, which users
// of other programs type out of habit.
func (p *Page) split() (name, args string, hasArgs bool) {
	text := strings.TrimLeft(p.input.String(), " :")
	name, args, hasArgs = strings.Cut(text, " ")
	return name, args, hasArgs
}

// complete replaces the name by that of the command under the cursor, or the arguments by
// the next suggestion.
func (p *Page) complete() {
	if len(p.rows) == 0 {
		return
	}
	name, _, hasArgs := p.split()
	if !hasArgs {
		c := p.rows[p.cursor.At()].command
		p.input.Set(c.Name + blankIf(c.Usage != ""))
		if c.Usage != "" {
			p.typed()
		}
		return
	}
	args, _ := p.completion.Next("", func(string) []string { return p.choices() })
	p.cursor.GoTo(uint64(max(p.completion.At, 0)))
	p.input.Set(name + " " + args)
	p.err = p.check(name, args)
}

func blankIf(on bool) string {
	if on {
		return " "
	}
	return ""
}

func (p *Page) choices() []string {
	var all []string
	for _, r := range p.rows {
		all = append(all, r.args)
	}
	return all
}

// run runs the command under the cursor or, if it needs arguments, begins typing them. If
// arguments are typed, it runs the command with them, or with the suggestion under the
// cursor if the user has moved there or those typed are not valid.
func (p *Page) run() kit.Intent {
	name, args, hasArgs := p.split()
	if !hasArgs {
		if len(p.rows) == 0 {
			return nil
		}
		return p.runNamed(p.rows[p.cursor.At()].command, name)
	}
	c, err := p.resolve(name)
	if err != nil {
		p.err = err
		return nil
	}
	if len(p.rows) > 0 && (p.moved || p.check(c.Name, args) != nil) {
		args = p.rows[p.cursor.At()].args
	}
	if p.err = p.check(c.Name, args); p.err != nil || !p.meant(c, name, " "+args) {
		return nil
	}
	return RunCommand{Name: c.Name, Args: strings.TrimSpace(args)}
}

// runNamed runs a command without arguments, or begins typing them.
func (p *Page) runNamed(c *Command, typed string) kit.Intent {
	switch {
	case needsArgs(c):
		p.input.Set(c.Name + " ")
		p.typed()
		return p.ask()
	case c.Why != "":
		p.err = errors.New(c.Name + ": " + c.Why)
		return nil
	case !p.meant(c, typed, ""):
		return nil
	default:
		return RunCommand{Name: c.Name}
	}
}

// meant reports whether the user may well mean a command: one that ends or loses something
// only where its name is typed in full. Else it is put there, and the same key runs it.
func (p *Page) meant(c *Command, typed, args string) bool {
	if !c.Loses || c.isCalled(typed) {
		return true
	}
	p.input.Set(c.Name + args)
	p.typed()
	return false
}

// needsArgs reports whether c cannot be run without arguments: optional ones are in
// brackets.
func needsArgs(c *Command) bool { return c.Usage != "" && c.Usage[0] != '[' }

// check returns what is wrong with the arguments of a command, or nil.
func (p *Page) check(name, args string) error {
	c, err := p.resolve(name)
	args = strings.TrimSpace(args)
	switch {
	case err != nil:
		return err
	case args != "":
		return p.arguments.Check(c.Name, args)
	case needsArgs(c):
		return fmt.Errorf("%s needs something after it: %s", c.Name, c.Usage)
	default:
		return nil
	}
}

// View draws the text, a note on it, and the rows that match.
func (p *Page) View(*feed.Feed, time.Time) []string {
	const above = 2 // the text, and what is wrong with it
	inner := kit.Rect{W: p.w, H: p.h}.Inner()
	rows := []string{p.inputRow(inner.W), p.noteRow(inner.W)}
	columns := p.columns(inner.W)
	rows = append(rows, p.cursor.Draw(max(inner.H-above, 0), func(at uint64, selected bool) string {
		return p.draw(&p.rows[at], inner.W, columns, selected)
	})...)
	panel := kit.Panel{Title: []kit.Span{p.styles.Strong.Span("Commands")}, Focused: true}
	panel.Note = []kit.Span{p.styles.Dim.Span(human.Count(uint64(len(p.rows))) + " of " + human.Count(uint64(len(p.commands))))}
	if _, _, hasArgs := p.split(); hasArgs {
		panel.Note = nil
	}
	return panel.View(*p.styles, p.w, p.h, rows)
}

func (p *Page) inputRow(w int) string {
	l := kit.NewLine(w, kit.Paint{}).Space(1).Put(p.styles.Accent, ": ")
	kit.PutSpans(l, p.input.Spans(p.styles, 0, len(p.input.Text), l.Rest()-1, true))
	return l.String()
}

// noteRow says what is wrong with the text, or what may be typed.
func (p *Page) noteRow(w int) string {
	l := kit.NewLine(w, kit.Paint{}).Space(3)
	name, _, hasArgs := p.split()
	switch {
	case p.err != nil:
		l.Put(p.styles.Error, "✗ "+printable.Line(p.err.Error()))
	case !hasArgs && p.losing(name):
		l.Put(p.styles.Warn, p.actions.Key("palette.run").Help().Key+" runs it: "+p.rows[0].command.Does)
	case hasArgs:
		if c, err := p.resolve(name); err == nil {
			l.Put(p.styles.Dim, c.Name+" "+c.Usage+" ─ "+c.Does)
		}
	case name == "":
		l.Put(p.styles.Dim, "a part of a name, or a command with arguments as in subscribe orders.eu")
	case len(p.rows) == 0:
		l.Put(p.styles.Warn, "nothing fits")
	}
	return l.String()
}

// losing reports whether the command of a name ends or loses something.
func (p *Page) losing(name string) bool {
	return len(p.rows) > 0 && p.rows[0].command.Loses && p.rows[0].command.isCalled(name)
}

package palette

import (
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
	Key     string // that does the same, as the help writes it
	Where   string // that key works
	Usage   string // of what may follow the name; empty is nothing
	Away    bool   // it cannot be run now
}

// Arguments know what may follow the name of a command.
type Arguments interface {
	// Suggest returns what args could become, best first.
	Suggest(name, args string) []string
	// Check says what is wrong with args.
	Check(name, args string) error
}

// RunCommand asks for a command of the palette, and is its end.
type RunCommand struct{ Name, Args string }

func (RunCommand) Intent() {}

// Palette finds commands by what is typed, and runs them, with arguments where
// they take some. It is a page.
type Page struct {
	styles     *kit.Styles
	actions    keys.Set[*Page]
	w, h       int
	input      kit.Editor
	commands   []Command
	arguments  Arguments
	rows       []paletteRow
	cursor     kit.List
	moved      bool // the user has chosen a row
	completion kit.Completion
	err        error
}

// NewPalette returns a palette without commands.
func New(s *kit.Styles, a keys.Set[*Page]) *Page { return &Page{styles: s, actions: a} }

// Open begins with nothing typed. The commands are in the order in which they are
// listed then.
func (p *Page) Open(commands []Command, a Arguments) {
	p.commands, p.arguments = commands, a
	p.input.Set("")
	p.typed()
}

// Typing reports that characters are text here.
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
	}
	return nil
}

// Move chooses another command: the palette has keys of its own for that, but the
// wheel of a mouse moves here, too.
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

// typed lists what fits the text.
func (p *Page) typed() {
	p.completion, p.cursor, p.moved = kit.Completion{}, kit.List{}, false
	p.find()
	p.cursor.SetRows(0, uint64(len(p.rows)))
}

// choose moves the cursor, around at the ends.
func (p *Page) choose(by int) {
	p.cursor.Turn(by)
	p.moved = len(p.rows) > 0
}

// split takes the text apart into a name and arguments. A colon in front is what
// fingers type that have learnt it elsewhere.
func (p *Page) split() (name, args string, hasArgs bool) {
	text := strings.TrimLeft(p.input.String(), " :")
	name, args, hasArgs = strings.Cut(text, " ")
	return name, args, hasArgs
}

// complete makes the text what the cursor is on, or the next choice.
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

// run asks for the command under the cursor; with arguments, for that with what
// was typed, unless only a suggestion makes sense. A command that needs
// arguments gets the room for them first.
func (p *Page) run() kit.Intent {
	name, args, hasArgs := p.split()
	if !hasArgs {
		if len(p.rows) == 0 {
			return nil
		}
		c := p.rows[p.cursor.At()].command
		if needsArgs(c) {
			p.input.Set(c.Name + " ")
			p.typed()
			return nil
		}
		return RunCommand{Name: c.Name}
	}
	c, err := p.resolve(name)
	if err != nil {
		p.err = err
		return nil
	}
	if len(p.rows) > 0 && (p.moved || p.check(c.Name, args) != nil) {
		args = p.rows[p.cursor.At()].args
	}
	if p.err = p.check(c.Name, args); p.err != nil {
		return nil
	}
	return RunCommand{Name: c.Name, Args: strings.TrimSpace(args)}
}

// needsArgs reports whether c makes no sense without arguments: those of others
// are in brackets.
func needsArgs(c *Command) bool { return c.Usage != "" && c.Usage[0] != '[' }

// check says what is wrong with arguments.
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

// View draws what is typed and what fits it.
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

// noteRow says what is wrong, or what may be typed.
func (p *Page) noteRow(w int) string {
	l := kit.NewLine(w, kit.Paint{}).Space(3)
	name, _, hasArgs := p.split()
	switch {
	case p.err != nil:
		l.Put(p.styles.Error, "✗ "+printable.Line(p.err.Error()))
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

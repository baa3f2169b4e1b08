package kit

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/printable"
)

// PromptKeys are the keys of the prompt.
type PromptKeys struct{ Accept, Cancel, Complete *key.Binding }

// Question is what a prompt asks. Each function may be nil.
type Question struct {
	Label string // in front of the text, as "filter / "
	// LabelFor returns the label where it depends on the text.
	LabelFor func(text string) string
	Hint     string // shown while there is no text
	Text     string // to begin with
	// Check returns what is wrong with a text, in one line. The error is shown while the
	// text is typed; such a text is neither accepted nor passed to Live.
	Check func(text string) error
	// Advise returns what the user should know about a valid text, in one line, or "". It is
	// untrusted, and shown in place of the keys.
	Advise func(text string) string
	// Live is called with each text as it is typed, to try it out, and with Text when the
	// prompt is cancelled.
	Live func(text string) Intent
	// Accept takes the answer.
	Accept func(text string) Intent
	// Suggest returns the completions of a text, best first.
	Suggest func(text string) []string
	// Toggle turns a text into one of another kind, as a regular expression into jq. The
	// key that completes then toggles instead. ToggleHelp is its name in the footer for a
	// text; meant is set where the text looks as if it were one of the other kind.
	Toggle     func(text string) string
	ToggleHelp func(text string) (help string, meant bool)
	// Keep returns the beginning of a text that says of which kind it is: it stays when all
	// that is typed is deleted at once.
	Keep func(text string) string
	// Other asks another question with the text. The key that completes then leads there, and
	// OtherHelp is its name in the footer.
	Other     func(text string) Intent
	OtherHelp string
}

// Prompt is a line of input in place of the footer. It is closed until Ask opens
// it, and closes itself.
type Prompt struct {
	styles     *Styles
	keys       PromptKeys
	input      Editor
	open       bool
	question   Question
	err        error
	completion Completion
}

// NewPrompt returns a closed prompt.
func NewPrompt(s *Styles, k PromptKeys) *Prompt { return &Prompt{styles: s, keys: k} }

// Ask opens the prompt.
func (p *Prompt) Ask(q Question) {
	p.question, p.open, p.err = q, true, nil
	p.completion = Completion{}
	p.input.Set(q.Text)
	if q.Text != "" {
		p.valid(q.Text) // what is wrong with it shows at once
	}
}

// Type puts a text in place of what is typed, and tries it as if it were typed.
func (p *Prompt) Type(text string) Intent {
	return p.change(func() {
		p.completion = Completion{}
		p.input.Set(text)
	})
}

// Active reports whether the prompt is open. While it is, it gets all keys.
func (p *Prompt) Active() bool { return p.open }

// ShortHelp lists the keys that matter most here.
func (p *Prompt) ShortHelp() []key.Binding {
	keys := []key.Binding{*p.keys.Accept, *p.keys.Cancel}
	switch tab := *p.keys.Complete; {
	case p.question.Toggle != nil:
		help, _ := p.question.ToggleHelp(p.input.String())
		tab.SetHelp(tab.Help().Key, help)
		keys = append([]key.Binding{tab}, keys...)
	case p.question.Other != nil:
		tab.SetHelp(tab.Help().Key, p.question.OtherHelp)
		keys = append([]key.Binding{tab}, keys...)
	case p.question.Suggest != nil:
		keys = append([]key.Binding{tab}, keys...)
	}
	return keys
}

// Update edits the text, completes it, or closes the prompt.
func (p *Prompt) Update(msg tea.KeyMsg) Intent {
	switch {
	case key.Matches(msg, *p.keys.Accept):
		return p.Accept()
	case key.Matches(msg, *p.keys.Cancel):
		return p.Cancel()
	case key.Matches(msg, *p.keys.Complete):
		return p.Complete()
	}
	return p.change(func() {
		p.completion = Completion{}
		before := p.input.String()
		if !p.input.Edit(msg) && IsText(msg) {
			p.input.Insert(InOneLine(msg.Runes))
		}
		p.keep(before)
	})
}

// keep puts back the beginning that says of which kind the text is, if it was deleted along
// with something else.
func (p *Prompt) keep(before string) {
	after := p.input.String()
	if p.question.Keep == nil || len(before)-len(after) < 2 {
		return
	}
	if kind := p.question.Keep(before); kind != "" && before != kind && !strings.HasPrefix(after, kind) {
		p.input.Set(kind + after)
		p.input.at = len([]rune(kind))
	}
}

// change edits the text, and tries it if it is another valid one.
func (p *Prompt) change(edit func()) Intent {
	before := p.input.String()
	edit()
	text := p.input.String()
	if text == before || !p.valid(text) {
		return nil
	}
	return p.try(text)
}

// Cancel closes the prompt without an answer, and undoes what was tried.
func (p *Prompt) Cancel() Intent {
	p.open = false
	return p.try(p.question.Text)
}

// Complete puts the next completion in place of the text, toggles it, or asks another question.
// Where nothing completes it, the text is tried again: that may ask anew for what does.
func (p *Prompt) Complete() Intent {
	if p.question.Other != nil {
		p.try(p.question.Text)
		p.open = false
		return p.question.Other(p.input.String())
	}
	found := true
	in := p.change(func() {
		if p.question.Toggle != nil {
			p.input.Set(p.question.Toggle(p.input.String()))
			return
		}
		if p.question.Suggest == nil {
			return
		}
		var text string
		if text, found = p.completion.Next(p.input.String(), p.question.Suggest); found {
			p.input.Set(text)
		}
	})
	if !found && p.err == nil {
		return p.try(p.input.String())
	}
	return in
}

// valid checks a text, and remembers what is wrong with it.
func (p *Prompt) valid(text string) bool {
	p.err = nil
	if p.question.Check != nil {
		p.err = p.question.Check(text)
	}
	return p.err == nil
}

func (p *Prompt) try(text string) Intent {
	if p.question.Live == nil {
		return nil
	}
	return p.question.Live(text)
}

// Accept closes the prompt with its answer, unless Check refuses it.
func (p *Prompt) Accept() Intent {
	text := p.input.String()
	if !p.valid(text) {
		return nil
	}
	p.open = false
	if p.question.Accept == nil {
		return nil
	}
	return p.question.Accept(text)
}

// View draws the prompt, w cells wide.
func (p *Prompt) View(w int) string {
	l := NewLine(w, Paint{}).Space(1).Put(p.styles.Accent, p.label())
	if len(p.input.Text) == 0 {
		PutSpans(l, p.input.Spans(p.styles, 0, 0, l.Rest(), true))
		l.Space(1).Put(p.styles.Dim, p.question.Hint)
		return p.tail(l)
	}
	room := l.Rest()
	if p.err != nil {
		// The text keeps half of the row however long the error is.
		room -= min(Width(p.errorText())+2, room/2)
	} else if p.question.Advise != nil {
		room -= min(Width(printable.Line(p.question.Advise(p.input.String())))+3, room/2)
	}
	PutSpans(l, p.input.Spans(p.styles, 0, len(p.input.Text), room, true))
	return p.tail(l)
}

func (p *Prompt) label() string {
	if p.question.LabelFor != nil {
		return p.question.LabelFor(p.input.String())
	}
	return p.question.Label
}

// tail ends the row with what is wrong with the text, or else with the keys.
func (p *Prompt) tail(l *Line) string {
	if p.err != nil {
		l.Space(2).Put(p.styles.Error, p.errorText())
		return l.String()
	}
	if p.question.Advise != nil {
		if advice := p.question.Advise(p.input.String()); advice != "" {
			l.Space(2)
			l.Put(p.styles.Warn, Middle(printable.Line(advice), max(l.Rest()-1, 0)))
			return l.String()
		}
	}
	var spans []Span
	if note := p.completion.note(); note != "" {
		spans = append(spans, Span{p.styles.Dim, "  " + note})
	}
	for i, k := range p.ShortHelp() {
		paint := p.styles.Dim
		if i == 0 && p.meansOther() {
			paint = p.styles.Warn
		}
		spans = append(spans, Span{p.styles.Key, "  " + k.Help().Key}, Span{paint, " " + k.Help().Desc})
	}
	if need := SpansWidth(spans) + 1; l.Rest() > need {
		l.Space(l.Rest() - need)
		PutSpans(l, spans)
	}
	return l.String()
}

// meansOther reports whether the text looks as if it were one of the other kind.
func (p *Prompt) meansOther() bool {
	if p.question.ToggleHelp == nil {
		return false
	}
	_, meant := p.question.ToggleHelp(p.input.String())
	return meant
}

// errorText says what is wrong with the text. One that looks like one of the other kind has
// the key for that in front: that is the mistake.
func (p *Prompt) errorText() string {
	words := "✗ " + printable.Line(p.err.Error())
	if p.meansOther() {
		tab := p.ShortHelp()[0].Help()
		words = tab.Key + " " + tab.Desc + "  " + words
	}
	return words
}

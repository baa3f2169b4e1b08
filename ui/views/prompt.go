package views

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/feed"
	"joltui/printable"
)

// PromptKeys are the keys of the prompt.
type PromptKeys struct{ Accept, Cancel key.Binding }

// Prompt is a line of input in place of the footer. It is closed until one of
// the Ask methods opens it, and closes itself.
type Prompt struct {
	styles *Styles
	keys   PromptKeys
	input  editor
	asks   question
	before string // the filter to return to
	err    error
}

type question uint8

const (
	nothing question = iota
	forTopics
	forFilter
)

// NewPrompt returns a closed prompt.
func NewPrompt(s *Styles, k PromptKeys) *Prompt { return &Prompt{styles: s, keys: k} }

// AskTopics opens the prompt for topics to subscribe to. It will give one
// [Subscribe], or nothing.
func (p *Prompt) AskTopics() { p.open(forTopics, "") }

// AskFilter opens the prompt for a filter, with the one in force. It gives a
// [Filter] each time that the text becomes another valid one; the one in force
// again when it is cancelled.
func (p *Prompt) AskFilter(current string) { p.open(forFilter, current) }

func (p *Prompt) open(q question, text string) {
	p.asks, p.before, p.err = q, text, nil
	p.input.set(text)
}

// Active reports whether the prompt is open. All keys are for it then.
func (p *Prompt) Active() bool { return p.asks != nothing }

// ShortHelp lists the keys that matter most here.
func (p *Prompt) ShortHelp() []key.Binding { return []key.Binding{p.keys.Accept, p.keys.Cancel} }

// Update edits the text, or closes the prompt.
func (p *Prompt) Update(msg tea.KeyMsg) Intent {
	switch {
	case key.Matches(msg, p.keys.Accept):
		return p.accept()
	case key.Matches(msg, p.keys.Cancel):
		return p.cancel()
	}
	before := p.input.String()
	if !p.input.edit(msg) && isText(msg) {
		p.input.insert(inOneLine(msg.Runes))
	}
	text := p.input.String()
	if p.asks != forFilter || text == before {
		return nil
	}
	if _, p.err = feed.ParseFilter(text); p.err != nil {
		return nil
	}
	return Filter{Text: text}
}

// inOneLine makes blanks of the line ends of a paste.
func inOneLine(text []rune) []rune {
	return []rune(strings.ReplaceAll(string(lineFeeds(text)), "\n", " "))
}

// accept closes the prompt, unless what is in it cannot be used.
func (p *Prompt) accept() Intent {
	if p.err != nil {
		return nil
	}
	asked, text := p.asks, p.input.String()
	p.asks = nothing
	if asked == forFilter {
		return Filter{Text: text}
	}
	if topics := splitTopics(text); len(topics) > 0 {
		return Subscribe{Topics: topics}
	}
	return nil
}

func (p *Prompt) cancel() Intent {
	asked := p.asks
	p.asks = nothing
	if asked == forFilter {
		return Filter{Text: p.before}
	}
	return nil
}

// splitTopics takes topics apart at blanks and commas, each topic once.
func splitTopics(text string) []string {
	var topics []string
	for _, t := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }) {
		if !slices.Contains(topics, t) {
			topics = append(topics, t)
		}
	}
	return topics
}

// View draws the prompt, w cells wide.
func (p *Prompt) View(w int) string {
	label, hint := "subscribe to ", "topics, separated by blanks or commas"
	if p.asks == forFilter {
		label, hint = "filter / ", "a regular expression; ! in front inverts it"
	}
	l := NewLine(w, Paint{}).Space(1).Put(p.styles.Accent, label)
	if len(p.input.text) == 0 {
		putSpans(l, p.input.spans(p.styles, 0, 0, l.Rest(), true))
		l.Space(1).Put(p.styles.Dim, hint)
		return p.tail(l)
	}
	room := l.Rest()
	if p.err != nil {
		// The text keeps half of the row however long the error is.
		room -= min(Width(p.errorText())+2, room/2)
	}
	putSpans(l, p.input.spans(p.styles, 0, len(p.input.text), room, true))
	return p.tail(l)
}

// tail ends the row with what is wrong, or how to go on.
func (p *Prompt) tail(l *Line) string {
	if p.err != nil {
		l.Space(2).Put(p.styles.Error, p.errorText())
		return l.String()
	}
	var spans []Span
	for _, k := range p.ShortHelp() {
		spans = append(spans, Span{p.styles.Key, "  " + k.Help().Key}, Span{p.styles.Dim, " " + k.Help().Desc})
	}
	if need := spansWidth(spans) + 1; l.Rest() > need {
		l.Space(l.Rest() - need)
		putSpans(l, spans)
	}
	return l.String()
}

func (p *Prompt) errorText() string { return "✗ " + printable.Line(p.err.Error()) }

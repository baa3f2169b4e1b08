package kit

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// Paint colours text. It is a lipgloss.Style reduced to the escape sequences before and
// after the text: the dashboard paints thousands of spans a second, and
// lipgloss.Style.Render takes over a microsecond for each. The zero Paint leaves text as
// it is.
type Paint struct {
	Open, close string
	fore        bool // it sets the colour of the text and nothing else
}

// NewPaint returns the paint of a style. Only colours and attributes of s count; a paint
// has no width, padding or border.
func NewPaint(s lipgloss.Style) Paint {
	const mark = "x"
	open, end, found := strings.Cut(s.Render(mark), mark)
	if !found {
		return Paint{}
	}
	return Paint{open, end, isForeground(open)}
}

// isForeground reports whether a sequence sets the colour of the text alone: one of sixteen
// colours, or 38; and more.
func isForeground(open string) bool {
	params, ok := strings.CutPrefix(open, "\x1b[")
	params, once := strings.CutSuffix(params, "m")
	switch {
	case !ok || !once || strings.ContainsRune(params, 'm'):
		return false
	case strings.HasPrefix(params, "38;2;"):
		return strings.Count(params, ";") == 4
	case strings.HasPrefix(params, "38;5;"):
		return strings.Count(params, ";") == 2
	default:
		return len(params) == 2 && (params[0] == '3' || params[0] == '9') && params[1] < '8'
	}
}

// And returns the paint that puts q on top of p: its attributes and colours are added.
func (p Paint) And(q Paint) Paint {
	switch {
	case q.Open == "":
		return p
	case p.Open == "":
		return q
	default:
		return Paint{Open: p.Open + q.Open, close: p.close}
	}
}

// String paints text.
func (p Paint) String(text string) string {
	if p.Open == "" || text == "" {
		return text
	}
	return p.Open + text + p.close
}

// On returns the paint for a screen with a paint of its own: after the text, that of the
// screen is put back.
func (p Paint) On(screen Paint) Paint {
	if p.Open == "" {
		return p
	}
	return Paint{p.Open, p.close + screen.Open, p.fore}
}

// Ends returns the escape sequences that the paint puts before and after text.
func (p Paint) Ends() (before, after string) { return p.Open, p.close }

// Styles gives each meaning its paint. Package theme builds it from one palette; panes name
// meanings and never colours. All panes share one pointer to it: a change of theme replaces
// the value in place.
type Styles struct {
	Screen   Paint // under everything; none where the terminal's own background stays
	Text     Paint // payloads and values
	Strong   Paint // names and headings
	Dim      Paint // times, units, hints: text that matters less
	Accent   Paint // the one accent: focus, the selected topic, sparklines
	OK       Paint // acknowledged, connected
	Warn     Paint // unknown outcomes, paused, gaps, drops
	Error    Paint // rejected, disconnected, unreadable
	Match    Paint // what a filter or search found
	Key      Paint // a key in the footer and the help
	Border   Paint // of a panel
	Focus    Paint // the border of the focused panel
	Selected Paint // the row under the cursor; lies under the row's own paints
	Badge    Paint // a word in a block: PAUSED
	Cursor   Paint // the cell of the text cursor
	Profile  Paint // the name of the profile, in the colour that the user gave it

	Hit Paint // the hit of a search that the cursor is on

	// Parts of JSON.
	Field   Paint // the name of a field
	String  Paint
	Number  Paint
	Literal Paint // true, false, null
	Quiet   Paint // in a stream: names and punctuation, which repeat from row to row
	Changed Paint // a value that the message before had otherwise; lies over its own paint
}

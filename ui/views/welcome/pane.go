package welcome

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
	"joltui/ui/views/kit"
)

// Pane is shown in place of a stream while there is nothing to stream: it says why, and
// what to do.
type Pane struct {
	styles  *kit.Styles
	own     Own
	w, h    int
	hints   kit.HintKeys
	focused bool
}

// Own is what can be said and done about a broker of this program.
type Own struct {
	// Broker and Demo are the keys that start one, without and with sample services. They
	// are disabled where there can be none here and now.
	Broker, Demo key.Binding
	Refusal      string // why there can be none at this address, or ""
	Starting     bool
	Err          error  // why it could not be started
	Addr         string // where it listens; empty while there is none here
}

// indentMost is the indent of lines that are as wide as the pane, in cells.
const indentMost = 2

// New returns the pane.
func New(s *kit.Styles) *Pane { return &Pane{styles: s} }

// SetSize sets the outer size in cells.
func (v *Pane) SetSize(w, h int) { v.w, v.h = w, h }

// SetFocus sets whether the pane has the focus.
func (v *Pane) SetFocus(on bool) { v.focused = on }

// SetOwn sets what is said and offered about a broker of this program.
func (v *Pane) SetOwn(o Own) { v.own = o }

// SetHintKeys sets the keys that the pane names.
func (v *Pane) SetHintKeys(k kit.HintKeys) { v.hints = k }

// NoBroker draws the pane while no connection to addr has been made yet: why, and when the
// next attempt is. startBroker is the command that would start a broker there.
func (v *Pane) NoBroker(c feed.Connection, addr, startBroker string, now time.Time) []string {
	var rejected *jolt.RejectedError
	switch {
	case errors.As(c.Cause, &rejected):
		return v.refused(c, addr, now)
	case c.State == jolt.Closed:
		return v.panel("Not connected", append([][]kit.Span{
			{v.styles.Strong.Span("Could not connect to " + printable.Line(addr))},
			{v.styles.Error.Span("✗ "), v.styles.Text.Span(human.Cause(c.Cause))},
			nil,
		}, v.keys("try again")...))
	}
	lines := [][]kit.Span{
		{v.styles.Strong.Span("No broker at " + printable.Line(addr) + " yet")},
		{v.styles.Error.Span("✗ "), v.styles.Text.Span(human.Cause(c.Cause))},
		v.next(c, now),
		nil,
	}
	offered := v.offered()
	lines = append(lines, offered...)
	if len(offered) > 0 {
		lines = append(lines, nil)
	}
	if startBroker != "" {
		lines = append(lines, v.command("start one", printable.Line(startBroker)))
		if !v.own.Broker.Enabled() {
			lines = append(lines, v.command("look around", "joltui demo"))
		}
		lines = append(lines, v.command("go elsewhere", "joltui --host HOST --port PORT"), nil)
	}
	return v.panel("No broker yet", append(lines,
		[]kit.Span{v.styles.Dim.Span("It connects as soon as there is one.")},
	))
}

// offered are the keys that lead on from here, and what became of those that were pressed.
func (v *Pane) offered() (lines [][]kit.Span) {
	offer := func(k key.Binding, does string) {
		if k.Enabled() && k.Help().Key != "" {
			lines = append(lines, []kit.Span{v.styles.Key.Span(fmt.Sprintf("%-3s", k.Help().Key)), v.styles.Text.Span(does)})
		}
	}
	switch {
	case v.own.Starting:
		lines = append(lines, []kit.Span{v.styles.Warn.Span("◌ "), v.styles.Text.Span("starting a broker here…")})
	case v.own.Addr != "":
		lines = append(lines, []kit.Span{v.styles.OK.Span("● "), v.styles.Text.Span("a broker of this program runs at " + printable.Line(v.own.Addr))})
	case v.own.Err != nil:
		lines = v.wrapped(v.styles.Error.Span("✗ "), v.styles.Text, "not started: "+printable.Line(v.own.Err.Error()))
	case v.own.Refusal != "":
		lines = v.wrapped(kit.Span{}, v.styles.Dim, "No broker can be started here: "+printable.Line(v.own.Refusal))
	}
	offer(v.own.Broker, "start a broker here, within this program")
	offer(v.own.Demo, "try the demo: a broker with sample traffic")
	offer(v.hints.Retry, "try now")
	offer(v.hints.Profiles, "choose a profile")
	return lines
}

// wrapped returns text after a sign, in as many lines as it needs.
func (v *Pane) wrapped(sign kit.Span, p kit.Paint, text string) (lines [][]kit.Span) {
	room := kit.Rect{W: v.w, H: v.h}.Inner().W - 2*indentMost - kit.Width(sign.Text)
	for line := range strings.Lines(ansi.Wordwrap(text, max(room, 20), " ")) {
		lines = append(lines, []kit.Span{sign, p.Span(strings.TrimSpace(line))})
		sign.Text = strings.Repeat(" ", kit.Width(sign.Text))
	}
	return lines
}

// keys are those that lead on from here, with what trying again is called.
func (v *Pane) keys(again string) (lines [][]kit.Span) {
	for _, k := range []struct {
		key  key.Binding
		does string
	}{{v.hints.Retry, again}, {v.hints.Profiles, "other profile"}} {
		if k.key.Enabled() {
			lines = append(lines, []kit.Span{
				v.styles.Dim.Span(fmt.Sprintf("%-16s", k.does)), v.styles.Dim.Span("press "), v.styles.Key.Span(k.key.Help().Key),
			})
		}
	}
	return lines
}

func (v *Pane) refused(c feed.Connection, addr string, now time.Time) []string {
	lines := [][]kit.Span{
		{v.styles.Strong.Span("The broker at " + printable.Line(addr) + " said no")},
		{v.styles.Error.Span("✗ "), v.styles.Text.Span(human.Cause(c.Cause))},
	}
	if c.State == jolt.Closed {
		lines = append(lines, []kit.Span{v.styles.Dim.Span("not trying again: that could lock the account")})
	} else {
		lines = append(lines, v.next(c, now))
	}
	lines = append(append(lines, nil), v.keys("try again")...)
	return v.panel("Not let in", append(lines,
		v.command("log in", "--user NAME --password-file FILE"),
		v.command("go elsewhere", "--host HOST --port PORT"),
	))
}

// next says when the next attempt is.
func (v *Pane) next(c feed.Connection, now time.Time) []kit.Span {
	if c.State != jolt.Down {
		return []kit.Span{v.styles.Warn.Span("◌ "), v.styles.Dim.Span(fmt.Sprintf("try %d: connecting…", c.Attempt))}
	}
	return []kit.Span{v.styles.Dim.Span(fmt.Sprintf("  try %d %s", c.Attempt+1, human.In(c.RetryAt.Sub(now))))}
}

func (v *Pane) command(why, command string) []kit.Span {
	return []kit.Span{v.styles.Dim.Span(fmt.Sprintf("%-16s", why)), v.styles.Accent.Span(command)}
}

// NoTopics draws the pane while nothing is subscribed: it names the keys to begin with.
func (v *Pane) NoTopics(subscribe, publish, help key.Binding) []string {
	line := func(k key.Binding, what string) []kit.Span {
		return []kit.Span{v.styles.Key.Span(fmt.Sprintf("%-6s", k.Help().Key)), v.styles.Text.Span(what)}
	}
	lines := [][]kit.Span{
		{v.styles.Strong.Span("Connected, subscribed to nothing yet")},
		nil,
		line(subscribe, "subscribe, by exact name"),
		line(publish, "publish a message"),
		line(help, "all keys"),
		nil,
	}
	if host, port, err := net.SplitHostPort(v.own.Addr); err == nil { // nobody else knows of it yet
		command := "joltui pub --port " + port
		if host != "127.0.0.1" {
			command += " --host " + host
		}
		lines = append(lines, v.command("from a shell", command+" TOPIC DATA"), nil)
	}
	return v.panel("Connected", append(lines, []kit.Span{v.styles.Dim.Span("You see what comes from now on.")}))
}

// panel draws lines in the middle of a panel, with their left edges aligned.
func (v *Pane) panel(title string, lines [][]kit.Span) []string {
	inner := kit.Rect{W: v.w, H: v.h}.Inner()
	widest := 0
	for _, l := range lines {
		widest = max(widest, kit.SpansWidth(l))
	}
	indent := max((inner.W-widest)/2, min(inner.W/20, indentMost))
	rows := kit.Blank(inner.W, max((inner.H-len(lines))/2, 0))
	for _, spans := range lines {
		l := kit.NewLine(inner.W, kit.Paint{}).Space(indent)
		kit.PutSpans(l, spans)
		rows = append(rows, l.String())
	}
	p := kit.Panel{Title: []kit.Span{v.styles.Strong.Span(title)}, Focused: v.focused}
	return p.View(*v.styles, v.w, v.h, rows)
}

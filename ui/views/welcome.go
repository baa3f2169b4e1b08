package views

import (
	"errors"
	"fmt"
	"time"

	"github.com/charmbracelet/bubbles/key"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
)

// Welcome is shown in place of a stream while there is nothing to stream: it
// says why, and what to do.
type Welcome struct {
	styles  *Styles
	w, h    int
	focused bool
}

// NewWelcome returns the view.
func NewWelcome(s *Styles) *Welcome { return &Welcome{styles: s} }

// SetSize sets the outer size in cells.
func (v *Welcome) SetSize(w, h int) { v.w, v.h = w, h }

// SetFocus says whether the region has the focus.
func (v *Welcome) SetFocus(on bool) { v.focused = on }

// NoBroker says that no connection was made yet to addr, why, and when the next
// attempt is; startBroker is the command that would start one there.
func (v *Welcome) NoBroker(c feed.Connection, addr, startBroker string, now time.Time) []string {
	var rejected *jolt.RejectedError
	switch {
	case errors.As(c.Cause, &rejected):
		return v.refused(c, addr, now)
	case c.State == jolt.Closed:
		return v.panel("Not connected", [][]Span{
			{{v.styles.Strong, "Could not connect to " + printable.Line(addr)}},
			{{v.styles.Error, "✗ "}, {v.styles.Text, human.Cause(c.Cause)}},
		})
	}
	return v.panel("No broker yet", [][]Span{
		{{v.styles.Strong, "No broker at " + printable.Line(addr) + " yet"}},
		{{v.styles.Error, "✗ "}, {v.styles.Text, human.Cause(c.Cause)}},
		v.next(c, now),
		nil,
		v.command("start one", printable.Line(startBroker)),
		v.command("look around", "joltui demo"),
		v.command("go elsewhere", "joltui --host HOST --port PORT"),
		nil,
		{{v.styles.Dim, "It connects as soon as there is one."}},
	})
}

func (v *Welcome) refused(c feed.Connection, addr string, now time.Time) []string {
	lines := [][]Span{
		{{v.styles.Strong, "The broker at " + printable.Line(addr) + " said no"}},
		{{v.styles.Error, "✗ "}, {v.styles.Text, human.Cause(c.Cause)}},
	}
	if c.State == jolt.Closed {
		lines = append(lines, []Span{{v.styles.Dim, "not trying again: that could lock the account"}})
	} else {
		lines = append(lines, v.next(c, now))
	}
	return v.panel("Not let in", append(lines, nil,
		v.command("log in", "--user NAME --password-file FILE"),
		v.command("go elsewhere", "--host HOST --port PORT"),
	))
}

// next says when the next attempt is.
func (v *Welcome) next(c feed.Connection, now time.Time) []Span {
	if c.State != jolt.Down {
		return []Span{{v.styles.Warn, "◌ "}, {v.styles.Dim, fmt.Sprintf("try %d: connecting…", c.Attempt)}}
	}
	return []Span{{v.styles.Dim, fmt.Sprintf("  try %d %s", c.Attempt+1, human.In(c.RetryAt.Sub(now)))}}
}

func (v *Welcome) command(why, command string) []Span {
	return []Span{{v.styles.Dim, fmt.Sprintf("%-16s", why)}, {v.styles.Accent, command}}
}

// NoTopics says how to subscribe.
func (v *Welcome) NoTopics(subscribe, publish, help key.Binding) []string {
	line := func(k key.Binding, what string) []Span {
		return []Span{{v.styles.Key, fmt.Sprintf("%-6s", k.Help().Key)}, {v.styles.Text, what}}
	}
	return v.panel("Connected", [][]Span{
		{{v.styles.Strong, "Connected, subscribed to nothing yet"}},
		nil,
		line(subscribe, "subscribe, by exact name"),
		line(publish, "publish a message"),
		line(help, "all keys"),
		nil,
		{{v.styles.Dim, "You see what comes from now on."}},
	})
}

// panel puts lines in the middle of the panel, their left edges aligned.
func (v *Welcome) panel(title string, lines [][]Span) []string {
	inner := Rect{W: v.w, H: v.h}.Inner()
	widest := 0
	for _, l := range lines {
		widest = max(widest, spansWidth(l))
	}
	indent := max((inner.W-widest)/2, min(inner.W/20, 2))
	rows := blank(inner.W, max((inner.H-len(lines))/2, 0))
	for _, spans := range lines {
		l := NewLine(inner.W, Paint{}).Space(indent)
		putSpans(l, spans)
		rows = append(rows, l.String())
	}
	p := Panel{Title: []Span{{v.styles.Strong, title}}, Focused: v.focused}
	return p.View(*v.styles, v.w, v.h, rows)
}

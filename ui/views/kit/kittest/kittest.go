package kittest

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

// Start returns the time at which everything in these tests begins.
func Start() time.Time { return time.Date(2026, 1, 2, 12, 1, 2, 123e6, time.UTC) }

// Bind returns a binding of keys with help as its name and its words.
func Bind(help string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, help))
}

// MoveKeys returns the keys of the moves as they are by default.
func MoveKeys() *kit.MoveKeys {
	_, k := keys.Moves()
	return k
}

// HintKeys returns the keys that hints name.
func HintKeys() kit.HintKeys {
	return kit.HintKeys{Subscribe: Bind("s", "s"), Unsubscribe: Bind("u", "u")}
}

// Coloured returns styles in which each paint has a colour of its own.
func Coloured() *kit.Styles {
	r := lipgloss.NewRenderer(io.Discard, termenv.WithProfile(termenv.ANSI256))
	r.SetColorProfile(termenv.ANSI256)
	paint := func(colour string) kit.Paint {
		return kit.NewPaint(r.NewStyle().Foreground(lipgloss.Color(colour)))
	}
	return &kit.Styles{
		Text: paint("1"), Strong: paint("2"), Dim: paint("3"), Accent: paint("4"), OK: paint("5"),
		Warn: paint("6"), Error: paint("7"), Match: paint("8"), Key: paint("9"), Border: paint("10"),
		Focus: paint("11"), Selected: kit.NewPaint(r.NewStyle().Background(lipgloss.Color("12"))),
		Badge: paint("13"), Cursor: kit.NewPaint(r.NewStyle().Reverse(true)),
		Field: paint("14"), String: paint("15"), Number: paint("16"), Literal: paint("17"), Hit: paint("18"),
		Quiet: paint("19"), Changed: kit.NewPaint(r.NewStyle().Underline(true)),
	}
}

// Press returns the message of a key by its name. A name of several characters that is no
// key is pasted text.
func Press(name string) tea.KeyMsg {
	named := map[string]tea.KeyMsg{
		"enter": {Type: tea.KeyEnter}, "alt+enter": {Type: tea.KeyEnter, Alt: true},
		"up": {Type: tea.KeyUp}, "down": {Type: tea.KeyDown}, "left": {Type: tea.KeyLeft},
		"right": {Type: tea.KeyRight}, "home": {Type: tea.KeyHome}, "end": {Type: tea.KeyEnd},
		"pgup": {Type: tea.KeyPgUp}, "pgdown": {Type: tea.KeyPgDown}, "tab": {Type: tea.KeyTab},
		"esc": {Type: tea.KeyEsc}, "backspace": {Type: tea.KeyBackspace}, "delete": {Type: tea.KeyDelete},
		"ctrl+s": {Type: tea.KeyCtrlS}, "ctrl+u": {Type: tea.KeyCtrlU}, "ctrl+d": {Type: tea.KeyCtrlD},
		"ctrl+r": {Type: tea.KeyCtrlR}, "ctrl+t": {Type: tea.KeyCtrlT}, "ctrl+x": {Type: tea.KeyCtrlX},
		"ctrl+e": {Type: tea.KeyCtrlE}, "ctrl+o": {Type: tea.KeyCtrlO}, "ctrl+l": {Type: tea.KeyCtrlL},
		"ctrl+w": {Type: tea.KeyCtrlW}, "ctrl+k": {Type: tea.KeyCtrlK},
		"alt+b": {Type: tea.KeyRunes, Runes: []rune("b"), Alt: true},
		"alt+f": {Type: tea.KeyRunes, Runes: []rune("f"), Alt: true},
		" ":     {Type: tea.KeySpace, Runes: []rune(" ")},
	}
	if msg, ok := named[name]; ok {
		return msg
	}
	runes := []rune(name)
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: runes, Paste: len(runes) > 1}
}

// Message returns a message that was received at a time.
func Message(at time.Time, topic, data string) *jolt.Message {
	return &jolt.Message{At: at, Topic: topic, Data: data}
}

// Orders applies n messages on a topic to f, a millisecond apart, numbered from from.
func Orders(f *feed.Feed, topic string, from, n int) {
	batch := make([]jolt.Event, 0, n)
	for i := from; i < from+n; i++ {
		at := Start().Add(time.Duration(i) * time.Millisecond)
		batch = append(batch, Message(at, topic, fmt.Sprintf(`{"id":%d,"status":"%s"}`, 4711+i, Status(i))))
	}
	f.Apply(batch)
}

// Status returns the status in the payload of order i: each third one failed.
func Status(i int) string {
	if i%3 == 0 {
		return "failed"
	}
	return "paid"
}

// Reply returns the outcome of a request that took 310 µs.
func Reply(op jolt.Op, topic string, outcome jolt.Outcome, err error) *jolt.Reply {
	return &jolt.Reply{
		At: Start(), Sent: Start().Add(-310 * time.Microsecond),
		Request: jolt.Request{Op: op, Topic: topic}, Outcome: outcome, Err: err,
	}
}

// Forbidden returns the error of a subscription that the broker refused.
func Forbidden() error {
	return &jolt.RejectedError{Op: jolt.OpSubscribe, Topic: "secret",
		Text: "forbidden: subscribe:secret is not granted to alice"}
}

// Lively returns a feed in which a bit of everything has happened.
func Lively() *feed.Feed {
	f := feed.New(feed.Limits{})
	at := Start()
	f.Tick(at)
	for _, topic := range []string{"orders.eu", "chat.room", "audit", "secret", "waiting", "idle"} {
		f.Want(topic, at)
	}
	f.Apply([]jolt.Event{
		&jolt.StateChange{At: at, State: jolt.Up, Addr: "10.0.0.7:8080", User: "alice", Topics: 3},
		Reply(jolt.OpSubscribe, "orders.eu", jolt.Acknowledged, nil),
		Reply(jolt.OpSubscribe, "chat.room", jolt.Acknowledged, nil),
		Reply(jolt.OpSubscribe, "audit", jolt.Acknowledged, nil),
		Reply(jolt.OpSubscribe, "secret", jolt.Rejected, Forbidden()),
		Reply(jolt.OpUnsubscribe, "idle", jolt.Acknowledged, nil),
		Message(at, "audit", "login alice"),
	})
	for second := range 240 {
		f.Tick(at.Add(time.Duration(second) * time.Second))
		if second > 225 {
			Orders(f, "orders.eu", second*100, 100+40*(second%7))
			Orders(f, "chat.room", second*100, 1+second%3)
		}
	}
	f.Tick(at.Add(4 * time.Minute))
	return f
}

// RequireGolden fails unless rows are those of the golden file of the test.
func RequireGolden(t *testing.T, rows []string) {
	t.Helper()
	golden.RequireEqual(t, []byte(strings.Join(rows, "\n")+"\n"))
}

// RequireSize fails unless there are h rows of w cells each.
func RequireSize(t *testing.T, rows []string, w, h int) {
	t.Helper()
	Sizes{}.Require(t, rows, w, h)
}

// Sizes is a cache of the widths of rows, in cells: of rows that are drawn again and again
// at one width, most are the same as before.
type Sizes map[string]int

// Require fails unless there are h rows of w cells each.
func (s Sizes) Require(t *testing.T, rows []string, w, h int) {
	t.Helper()
	if len(rows) != h {
		t.Fatalf("%d rows, want %d", len(rows), h)
	}
	for i, row := range rows {
		got, known := s[row]
		if !known {
			got = ansi.StringWidth(row)
			s[row] = got
		}
		if got != w {
			t.Fatalf("row %d of %dx%d is %d cells wide: %q", i, w, h, got, row)
		}
	}
}

// RequireWidth fails unless a row is so many cells wide.
func RequireWidth(t interface{ Fatalf(string, ...any) }, row string, w int) {
	if got := ansi.StringWidth(row); got != w {
		t.Fatalf("%d cells, want %d: %q", got, w, row)
	}
}

// Answer is an intent that holds the answer to a question.
type Answer string

// Intent implements [kit.Intent].
func (Answer) Intent() {}

// Tried returns the [Answer] of an answer that is being typed.
func Tried(text string) kit.Intent { return Answer("tried " + text) }

// Accepted returns the [Answer] of a final answer.
func Accepted(text string) kit.Intent { return Answer("accepted " + text) }

// Asked returns the question of a [kit.Ask], and fails if in is none.
func Asked(t *testing.T, in kit.Intent) kit.Question {
	t.Helper()
	ask, ok := in.(kit.Ask)
	if !ok {
		t.Fatalf("%#v asks nothing", in)
	}
	return ask.Question
}

// Filter parses a filter, and fails if it cannot.
func Filter(t testing.TB, text string) feed.Filter {
	t.Helper()
	f, err := feed.ParseFilter(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Text joins rows with line feeds.
func Text(rows []string) string { return strings.Join(rows, "\n") }

// Prompt returns a closed prompt with the default keys.
func Prompt() *kit.Prompt {
	return kit.NewPrompt(&kit.Styles{}, keys.PromptKeys(keys.Prompt()))
}

// TypeInto presses keys and returns every intent that came of them.
func TypeInto(p *kit.Prompt, keys ...string) (all []kit.Intent) {
	for _, k := range keys {
		if in := p.Update(Press(k)); in != nil {
			all = append(all, in)
		}
	}
	return all
}

// Huge returns payloads of about 512 KiB, each of them the worst case of something, by name.
func Huge() map[string]string {
	const size = 512 << 10
	return map[string]string{
		"orders":      "[" + strings.Repeat(`{"id":4711,"status":"failed","items":[1,2]},`, size/45) + "1]",
		"dense":       "[" + strings.Repeat("1,", size/2) + "1]",
		"deep":        strings.Repeat(`[`, 100_000) + "1" + strings.Repeat(`]`, 100_000),
		"deep keys":   strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat(`}`, 100_000),
		"one string":  `{"a":"` + strings.Repeat("x", size) + `"}`,
		"world":       `{"a":"` + strings.Repeat("世界", size/6) + `"}`,
		"escapes":     `["` + strings.Repeat(`\u0007`, size/6) + `"]`,
		"a long name": `{"` + strings.Repeat("k", size) + `":1}`,
		"one line":    strings.Repeat("x", size),
		"lines":       strings.Repeat("2026-01-02 something happened\n", size/30),
		"binary":      strings.Repeat("\x00\x1b\xff", size/3),
		"blanks":      `{"a":` + strings.Repeat(" ", size) + "1}",
		"broken":      "[" + strings.Repeat("1,", size/2) + "x]",
		"unended":     "[" + strings.Repeat(`{"a":"b"},`, size/10),
		"marks":       "\"" + strings.Repeat("e\u0301\u0301", size/5) + "\"",
		"blank lines": strings.Repeat("\n", size),
	}
}

// FinishJobs runs the jobs of a pane, at most ten, until there are none left. It fails if
// there are two at a time.
func FinishJobs(t *testing.T, of interface{ NextJob() kit.Job }) {
	t.Helper()
	for range 10 {
		job := of.NextJob()
		if job == nil {
			return
		}
		if of.NextJob() != nil {
			t.Fatal("there are two jobs at a time")
		}
		job()()
	}
	t.Fatal("the jobs have no end")
}

// Body returns the rows of a pane without its top and bottom border.
func Body(rows []string) []string { return rows[1 : len(rows)-1] }

// Watch adds a watch to f: of the field that text is for, on all topics, with a threshold.
func Watch(t *testing.T, f *feed.Feed, text, threshold string) *feed.Watch {
	t.Helper()
	field, err := feed.ParseField(text, "")
	if err != nil {
		t.Fatal(err)
	}
	w, err := f.Watch(field)
	if err != nil {
		t.Fatal(err)
	}
	limit, err := feed.ParseThreshold(threshold)
	if err != nil {
		t.Fatal(err)
	}
	f.SetThreshold(w, limit)
	return w
}

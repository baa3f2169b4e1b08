package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"joltui/jolt"
	"joltui/ui/loop"
	"joltui/ui/paths"
)

// noon returns the time at which every test begins.
func noon() time.Time { return time.Date(2026, 1, 2, 12, 1, 2, 0, time.UTC) }

// environment keeps the tests away from the variables of whoever runs them.
type environment map[string]string

func (e environment) Getenv(name string) string { return e[name] }
func (e environment) Environ() []string         { return nil }

func renderer(profile termenv.Profile, dark bool) *lipgloss.Renderer {
	r := lipgloss.NewRenderer(io.Discard, termenv.WithEnvironment(environment{}), termenv.WithProfile(profile))
	r.SetColorProfile(profile)
	r.SetHasDarkBackground(dark)
	return r
}

// screen drives a model as Bubble Tea does, without a terminal and without
// waiting for anything.
type screen struct {
	t      *testing.T
	model  *Model
	client *fakeClient
	now    time.Time
	quit   bool
	blind  bool // nothing is drawn

	suspended bool
	options   Options // what the model was made with
	script    []timed // every message the model was sent, and when
}

// timed is a message and the time on the clock when it came.
type timed struct {
	at  time.Time
	msg tea.Msg
}

func newScreen(t *testing.T, w, h int, o Options) *screen {
	t.Helper()
	s := &screen{t: t, client: &fakeClient{}, now: noon()}
	o.Now = func() time.Time { return s.now }
	o.Width, o.Height = w, h
	if o.Renderer == nil {
		o.Renderer = renderer(termenv.Ascii, true)
	}
	if o.Client == nil {
		o.Client = s.client
	}
	if o.Files == nil {
		o.Files = paths.Disk{}
	}
	s.options = o
	s.model = New(o)
	return s
}

// send gives the model a message, draws it, and runs the commands that it returns, except
// for that of the clock.
func (s *screen) send(msg tea.Msg) {
	s.t.Helper()
	s.script = append(s.script, timed{s.now, msg})
	_, cmd := s.model.Update(msg)
	s.draw()
	s.run(cmd)
}

func (s *screen) draw() {
	if !s.blind {
		s.model.View()
	}
}

func (s *screen) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.QuitMsg:
		s.quit = true
	case tea.SuspendMsg:
		s.suspended = true
	case tea.BatchMsg:
		for _, c := range msg {
			s.run(c)
		}
	default:
		s.send(msg)
	}
}

func (s *screen) events(events ...jolt.Event) { s.send(loop.Batch{Events: events}) }

// pass lets d go by on the clock, with its ticks.
func (s *screen) pass(d time.Duration) {
	for end := s.now.Add(d); s.now.Before(end); {
		s.now = s.now.Add(time.Second)
		s.script = append(s.script, timed{s.now, tickMsg{}})
		s.model.Update(tickMsg{})
		s.draw()
	}
}

// press presses keys by their names, as "tab", or "text:orders" to type.
func (s *screen) press(keys ...string) {
	s.t.Helper()
	for _, k := range keys {
		if text, typed := strings.CutPrefix(k, "text:"); typed {
			for _, r := range text {
				s.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
			}
			continue
		}
		s.send(keyMsg(s.t, k))
	}
}

func keyMsg(t *testing.T, name string) tea.KeyMsg {
	t.Helper()
	if runes := []rune(name); len(runes) == 1 && name != " " {
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: runes}
	}
	if name == " " {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	bare, alt := strings.CutPrefix(name, "alt+")
	if runes := []rune(bare); alt && len(runes) == 1 {
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: runes, Alt: true}
	}
	for i := tea.KeyType(-100); i < 128; i++ {
		if k := (tea.Key{Type: i, Alt: alt}); k.String() == name {
			return tea.KeyMsg(k)
		}
	}
	t.Fatalf("no key is called %q", name)
	return tea.KeyMsg{}
}

// golden compares the screen with its golden file.
func (s *screen) golden() {
	s.t.Helper()
	golden.RequireEqual(s.t, []byte(readable(s.model.View()+"\n")))
}

func (s *screen) contains(texts ...string) {
	s.t.Helper()
	view := s.model.View()
	for _, text := range texts {
		if !strings.Contains(view, text) {
			s.t.Errorf("the screen does not say %q:\n%s", text, view)
		}
	}
}

// logSays fails unless each text is in a row of the log, whose middle the screen may cut. It
// returns in how many rows the last one is.
func (s *screen) logSays(texts ...string) (rows int) {
	s.t.Helper()
	for _, text := range texts {
		rows = 0
		log := s.model.feed.Log()
		for pos := log.First(); pos < log.Next(); pos++ {
			if strings.Contains(log.At(pos).Text, text) {
				rows++
			}
		}
		if rows == 0 {
			s.t.Errorf("the log does not say %q:\n%s", text, s.model.View())
		}
	}
	return rows
}

func (s *screen) lacks(texts ...string) {
	s.t.Helper()
	view := s.model.View()
	for _, text := range texts {
		if strings.Contains(view, text) {
			s.t.Errorf("the screen says %q:\n%s", text, view)
		}
	}
}

// fakeClient records its requests. The test sends their outcomes, as events.
type fakeClient struct {
	mu        sync.Mutex
	requests  []jolt.Request
	forgotten []string
	answer    func(jolt.Request) *jolt.Reply // to those started
	late      func(r jolt.Request, done func(*jolt.Reply))
	events    []jolt.Event // outcomes of those that were answered, for the test to send
	err       error
}

func (c *fakeClient) Do(ctx context.Context, r jolt.Request) (*jolt.Reply, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, limited := ctx.Deadline(); !limited {
		return nil, errors.New("the context has no deadline")
	}
	c.requests = append(c.requests, r)
	if c.err != nil {
		return &jolt.Reply{At: noon(), Request: r, Outcome: jolt.NotSent, Err: c.err}, c.err
	}
	return nil, nil
}

// Start records a request as Do does. The test sends its outcome.
func (c *fakeClient) Start(_ context.Context, r jolt.Request, done func(*jolt.Reply)) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests = append(c.requests, r)
	if c.late != nil {
		c.late(r, done)
	}
	if c.answer == nil {
		return c.err
	}
	reply := c.answer(r)
	c.events = append(c.events, reply)
	done(reply)
	return c.err
}

func (c *fakeClient) Forget(topic string) { c.forgotten = append(c.forgotten, topic) }

func (c *fakeClient) last(t *testing.T) jolt.Request {
	t.Helper()
	if len(c.requests) == 0 {
		t.Fatal("nothing was asked of the client")
	}
	return c.requests[len(c.requests)-1]
}

// The events of a connection.

const address = "10.0.0.7:8080"

func up(topics int) jolt.Event {
	since := noon().Add(-3*time.Hour - 12*time.Minute)
	return &jolt.StateChange{At: since, State: jolt.Up, Addr: address, User: "alice", Topics: topics}
}

func down(at time.Time, attempt int, retry time.Duration, cause error) jolt.Event {
	return &jolt.StateChange{
		At: at, State: jolt.Down, Addr: address, Attempt: attempt, Cause: cause, RetryAt: at.Add(retry),
	}
}

func refused() error {
	return &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
}

func subscribed(topics ...string) []jolt.Event {
	var all []jolt.Event
	for _, topic := range topics {
		r := jolt.Request{Op: jolt.OpSubscribe, Topic: topic, Auto: true}
		all = append(all, ack(r, 310*time.Microsecond))
	}
	return all
}

func ack(r jolt.Request, latency time.Duration) jolt.Event {
	return &jolt.Reply{At: noon(), Sent: noon().Add(-latency), Request: r, Outcome: jolt.Acknowledged}
}

func reject(r jolt.Request, text string) jolt.Event {
	return &jolt.Reply{
		At: noon(), Sent: noon().Add(-200 * time.Microsecond), Request: r, Outcome: jolt.Rejected,
		Err: &jolt.RejectedError{Op: r.Op, Topic: r.Topic, Text: text},
	}
}

func ping(rtt time.Duration) jolt.Event {
	return ack(jolt.Request{Op: jolt.OpPing, Auto: true}, rtt)
}

// orders returns messages within the second before now.
func orders(now time.Time, from, n int) []jolt.Event {
	var all []jolt.Event
	for i := range n {
		status := [...]string{"new", "paid", "failed", "shipped"}[(from+i)%4]
		all = append(all, &jolt.Message{
			At:    now.Add(time.Duration(i-n) * time.Second / time.Duration(n)),
			Topic: "orders.eu",
			Data:  fmt.Sprintf(`{"id":%d,"status":%q,"amount":%d.50,"currency":"EUR"}`, 4711+from+i, status, 7+i%90),
		})
	}
	return all
}

func chat(now time.Time, text string) jolt.Event {
	return &jolt.Message{At: now.Add(-300 * time.Millisecond), Topic: "chat.room", Data: text}
}

// watchOrders returns a dashboard with three topics, and half a minute of traffic.
func watchOrders(t *testing.T, w, h int, o Options) *screen { return watchingFor(t, w, h, o, 24) }

// watchingFor is watchOrders for so many seconds. It draws once, at the end: with a frame for
// each step, as in TestDrawingChangesNothing, the tests would take twice as long.
func watchingFor(t *testing.T, w, h int, o Options, seconds int) *screen {
	o.Topics = []string{"audit", "chat.room", "orders.eu"}
	s := newScreen(t, w, h, o)
	s.blind = true
	s.traffic(seconds)
	s.blind = false
	s.draw()
	return s
}

// traffic sends a connection, and the messages of three topics in so many seconds.
func (s *screen) traffic(seconds int) {
	s.events(up(3))
	s.events(subscribed(s.options.Topics...)...)
	s.events(ping(400 * time.Microsecond))
	id := 0
	for i := range seconds {
		n := 3 + (i*i*7)%23
		s.events(orders(s.now, id, n)...)
		id += n
		if i%5 == 1 {
			s.events(chat(s.now, fmt.Sprintf("alice: order %d looks wrong, again 🙁", 4711+id)))
		}
		s.pass(time.Second)
	}
}

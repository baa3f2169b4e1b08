package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/internal/record"
	"joltui/jolt"
	"joltui/ui/layout"
)

// fakePlayer records its calls, and has the state that the test sets.
type fakePlayer struct {
	asked  []string
	status record.Playing
}

func (p *fakePlayer) ask(format string, args ...any) {
	p.asked = append(p.asked, fmt.Sprintf(format, args...))
}

// Density is that of a recording in which it gets busier, twice goes quiet, and loses something.
func (p *fakePlayer) Density(n int) []record.Slice {
	all := make([]record.Slice, n)
	for i := range all {
		switch share := 100 * i / n; {
		case share >= 38 && share < 46:
			all[i].Lost = share >= 41
		case share < 95:
			all[i].Messages = uint64(3 + i*i*7%23 + i)
		}
	}
	return all
}

func (p *fakePlayer) Status() record.Playing { return p.status }
func (p *fakePlayer) Now() time.Time         { return p.status.At }
func (p *fakePlayer) Pause()                 { p.ask("pause") }
func (p *fakePlayer) Step()                  { p.ask("step") }
func (p *fakePlayer) Faster(by int)          { p.ask("%+d", by) }
func (p *fakePlayer) Seek(t record.Target)   { p.ask("to %v %s", t.Share, t.At.Format(time.DateTime)) }
func (p *fakePlayer) SeekBy(d time.Duration) { p.ask("by %s", d) }

// playing returns a dashboard in which half a minute of a recording was played.
func playing(t *testing.T, w, h int) (*screen, *fakePlayer) {
	t.Helper()
	p := &fakePlayer{status: record.Playing{
		First: noon(), Last: noon().Add(time.Hour + 2*time.Minute), At: noon(), Indexed: 1, Speed: 2, Total: 4711,
	}}
	s := newScreen(t, w, h, Options{Player: p, Addr: "orders.ndjson"})
	id := 0
	for i := range 30 {
		p.status.At = noon().Add(time.Duration(i+1) * time.Second)
		n := 3 + (i*i*7)%23
		events := orders(p.status.At, id, n)
		if i%5 == 1 {
			events = append(events, chat(p.status.At, "alice: order looks wrong, again"))
		}
		s.send(record.Stretch{Scenes: []record.Scene{{At: p.status.At, Events: events}}, Partial: i%2 == 0})
		id += n
	}
	return s, p
}

func TestPlay(t *testing.T) {
	s, p := playing(t, 160, 50)
	s.press(",", ".", "[", "]", "(", ")", "{", "}", "@", "text:12:30", "enter", "@", "text:25%", "enter", "@", "text:+10m", "enter")
	want := "pause, step, -1, +1, by -10s, by 10s, by -1m0s, by 1m0s, to 0 2026-01-02 12:30:00, to 0.25 0001-01-01 00:00:00, to 0 2026-01-02 12:11:32"
	if got := strings.Join(p.asked, ", "); got != want {
		t.Errorf("asked for %s\nwant %s", got, want)
	}
	s.press(" ") // one kind of pause: of the player, and not of the streams
	s.lacks("PAUSED", "paused")
	if len(p.asked) != 12 || p.asked[11] != "pause" {
		t.Errorf("asked for %s", p.asked[11:])
	}
}

// Rates are those of the time in the recording, however fast it is played: in this test all
// of it is played in a moment.
func TestPlayedRates(t *testing.T) {
	s, _ := playing(t, 160, 50)
	want := feed.New(feed.Limits{})
	id := 0
	for i := range 30 {
		n := 3 + (i*i*7)%23
		want.Tick(noon().Add(time.Duration(i+1) * time.Second))
		events := orders(noon().Add(time.Duration(i+1)*time.Second), id, n)
		want.Apply(events)
		id += n
	}
	got := s.model.feed.Topic("orders.eu")
	if r := want.Topic("orders.eu").Rate(); got.Rate() != r || r == 0 || got.State != feed.TopicSubscribed {
		t.Errorf("%v/s, want %v/s; %s", got.Rate(), r, got.State)
	}
}

func TestRewind(t *testing.T) {
	s, p := playing(t, 160, 50)
	s.press("G", "v", "k", "v", "tab", "tab", "k", " ") // tiles, scrolled up, paused
	w, err := s.model.feed.Watch(feed.Field{Path: ".amount"})
	if err != nil {
		t.Fatal(err)
	}
	threshold, _ := feed.ParseThreshold("> 100")
	s.model.feed.SetThreshold(w, threshold)
	p.status.At = noon().Add(10 * time.Second)
	s.send(record.Stretch{Reset: true, Partial: true})
	s.send(record.Stretch{Scenes: []record.Scene{{At: p.status.At, Events: orders(p.status.At, 100, 5)}}})
	if c := s.model.feed.Counters(); c.Received != 5 || c.Held != 5 {
		t.Errorf("%+v", c)
	}
	if all := s.model.feed.Watches().All(); len(all) != 1 || all[0] == w || all[0].Threshold().String() != "> 100" || all[0].Stats().Values() != 5 {
		t.Errorf("the watch is not the same on what is played now: %+v", all)
	}
	s.contains("all counts begin anew", `{"id":4815`, "chat.room")
	s.lacks("PAUSED")
	if len(s.model.tiles) != 2 || s.model.feed.Topic("chat.room").State != feed.TopicSubscribed {
		t.Errorf("%d tiles", len(s.model.tiles))
	}
}

func TestPlayedProblems(t *testing.T) {
	s, p := playing(t, 160, 50)
	at := p.status.At
	s.send(record.Stretch{Scenes: []record.Scene{
		{At: at, Missing: record.Missing{Messages: 1204, Bytes: 96320}},
		{At: at, Err: &record.LineError{Path: "orders.ndjson", Line: 12, Err: errors.New("it is no message")}},
	}, Ended: true})
	s.contains("1,204 messages, 96.3 kB, are not in the recording", "orders.ndjson line 12: it is no message", "the recording ends here")
}

// An outage in a recording is one in the streams, and is over when it was.
func TestPlayedOutage(t *testing.T) {
	s, p := playing(t, 160, 50)
	at := p.status.At
	lost := &jolt.StateChange{At: at, State: jolt.Down, Addr: address, Cause: errors.New("EOF"), RetryAt: at.Add(time.Second)}
	s.send(record.Stretch{Scenes: []record.Scene{{At: at, Events: []jolt.Event{lost}}}})
	s.contains("✗ was disconnected", "disconnected from "+address)
	back := []jolt.Event{
		&jolt.Gap{From: at, To: at.Add(2 * time.Second)},
		&jolt.StateChange{At: at.Add(2 * time.Second), State: jolt.Up, Addr: address},
	}
	s.send(record.Stretch{Scenes: []record.Scene{{At: at.Add(2 * time.Second), Events: back}}})
	s.lacks("was disconnected", "pending")
	s.press("G")
	s.contains("gap of up to 2.0 s: disconnected")
}

func TestPlayerStates(t *testing.T) {
	s, p := playing(t, 120, 30)
	for want, change := range map[string]func(*record.Playing){
		"▶ playing 4×":    func(*record.Playing) {},
		"‖ paused max":    func(st *record.Playing) { st.Paused, st.Speed = true, record.SpeedMax },
		"■ end":           func(st *record.Playing) { st.Paused, st.Ended, st.At = true, true, st.Last },
		"» seeking":       func(st *record.Playing) { st.Seeking, st.Ended = true, true },
		"▶ playing ½×":    func(st *record.Playing) { st.Speed = -1 },
		"reading 42 %":    func(st *record.Playing) { st.Indexed = 0.429 },
		"0:30 of 1:02:00": func(*record.Playing) {},
		"12:01:32":        func(*record.Playing) {},
		"━━━━━━━━━━──────": func(st *record.Playing) { st.At = noon().Add(31 * time.Minute) },
		" 100 %":            func(st *record.Playing) { st.At = st.Last },
		" 99 %":             func(st *record.Playing) { st.At = st.Last.Add(-time.Second) },
		"orders.ndjson  ▶ ": func(*record.Playing) {},
	} {
		was := p.status
		change(&p.status)
		s.events()
		s.contains(want)
		p.status = was
	}
}

func TestGoldenReplay(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s, p := playing(t, size.w, size.h)
			p.status.At = noon().Add(31 * time.Minute)
			s.send(record.Stretch{Scenes: []record.Scene{{At: p.status.At, Events: orders(p.status.At, 9000, 20)}}})
			s.golden()
		})
	}
}

// A click on the timeline goes there; nothing is published to a recording.
func TestTimelineSeeks(t *testing.T) {
	s, p := playing(t, 80, 24)
	s.press("m")
	l := s.model.layout
	for x, want := range map[int]string{0: "to 0 ", 10: "to 0 ", 79: "to 1 ", 40: "to 0.5"} {
		p.asked = nil
		s.click(l.Timeline.X+x, l.Timeline.Y+1)
		if len(p.asked) != 1 || !strings.HasPrefix(p.asked[0], want) {
			t.Errorf("a click on column %d asks for %v, want %s", x, p.asked, want)
		}
	}
	if s.press("p"); s.model.focus == layout.RegionPublish {
		t.Error("the publish box opens")
	}
	s.contains("this is a recording, there is no broker")
}

// What has not been read is left open, and the timeline says so. Marks are on it.
func TestTimelineOfWhatIsKnown(t *testing.T) {
	s, p := playing(t, 160, 50)
	s.contains("12:01:02 ", " 13:03:02", "Timeline ─ at most ", "┄ messages are missing")
	s.lacks("◆", "counted yet")
	s.press("2", "k", "b")
	s.contains("◆ 1 mark")
	p.status.Indexed = 0.42
	s.events()
	s.contains("read to 42 %, the rest is not counted yet")
	s.lacks(" 13:03:02")
}

func TestReplayHelp(t *testing.T) {
	s, _ := playing(t, 120, 50)
	s.contains("space play or pause", ". next message", "@ go to a time")
	s.lacks("p publish")
	s.press("?")
	s.contains("Recording", "play or pause", "ahead a minute")
}

// A recording has no connection, so there is no page of its lines.
func TestReplayHasNoWire(t *testing.T) {
	s, _ := playing(t, 120, 60)
	if s.press("i"); s.model.top() != nil {
		t.Errorf("i opens a page:\n%s", s.model.View())
	}
	s.model.said = "" // by the key
	if s.press("?"); strings.Contains(s.model.View(), "lines on the wire") {
		t.Errorf("the help has a key for the wire:\n%s", s.model.View())
	}
}

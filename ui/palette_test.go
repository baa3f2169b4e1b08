package ui

import (
	"slices"
	"strings"
	"testing"

	"joltui/jolt"
	"joltui/ui/layout"
	"joltui/ui/theme"
	"joltui/ui/views/help"
	"joltui/ui/views/palette"
	"joltui/ui/views/stream"
)

// TestHelpAndPaletteListEveryAction scrolls through both.
func TestHelpAndPaletteListEveryAction(t *testing.T) {
	live := watchOrders(t, 160, 50, Options{Recorder: &fakeRecorder{}, Profiles: someProfiles()})
	recorded, _ := playing(t, 160, 50)
	for _, s := range []*screen{live, recorded} {
		requireListed(t, s)
	}
}

// requireListed checks that help and palette have every action that is on.
func requireListed(t *testing.T, s *screen) {
	t.Helper()
	listed := make(map[string]palette.Command)
	for _, c := range s.model.commanding.all() {
		listed[c.Name] = c
	}
	inHelp := make(map[help.Key]bool)
	for _, g := range groups(s.model.table) {
		for _, k := range g.Keys {
			if g.Where == "" && k.Where == "" {
				t.Errorf("%s: the help does not say where %s works", g.Title, k.Key)
			}
			inHelp[help.Key{Key: k.Key, Does: k.Does}] = true
		}
	}
	for _, e := range s.model.table {
		if !e.On() {
			continue
		}
		h := e.Key().Help()
		if !inHelp[help.Key{Key: h.Key, Does: h.Desc}] {
			t.Errorf("%s is not in the help", e.Name)
		}
		if c, ok := listed[e.Name]; !ok || c.Key != h.Key && e.Group != "Leave" || c.Does == "" || c.Where == "" {
			t.Errorf("%s is in the palette as %+v", e.Name, c)
		}
	}
	for _, c := range s.model.commanding.extras() {
		if listed[c.name].Does == "" || c.run == nil {
			t.Errorf(":%s says and does nothing", c.name)
		}
	}
}

// typedCommand runs a line of the palette.
func (s *screen) typedCommand(line string) {
	s.t.Helper()
	s.press(":", "text:"+line, "enter")
}

func TestCommandsWithArguments(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.typedCommand("subscribe orders.us, billing")
	if n := len(s.client.requests); n != 2 || s.client.requests[0] != (jolt.Request{Op: jolt.OpSubscribe, Topic: "orders.us", Ref: 1}) {
		t.Errorf("asked for %+v", s.client.requests)
	}
	s.typedCommand("fil failed")
	if got := s.model.filter.String(); got != "failed" {
		t.Errorf("the filter is %q", got)
	}
	s.typedCommand("layout tiles")
	if s.model.kind != layout.Tiled {
		t.Errorf("the layout is %s", s.model.kind)
	}
	s.typedCommand("theme light")
	if s.model.theming.theme != theme.Light {
		t.Errorf("the theme is %s", s.model.theming.theme)
	}
	s.typedCommand("times delta")
	if s.model.streamOptions.Times != stream.TimeDelta {
		t.Errorf("times are %s", s.model.streamOptions.Times)
	}
	if s.typedCommand("json plain"); !s.model.streamOptions.Plain {
		t.Error("JSON is not plain")
	}
	s.typedCommand("open chat.room")
	if s.model.focus != layout.RegionStream || s.model.currentTopic() != "chat.room" {
		t.Errorf("focus %d on %q", s.model.focus, s.model.currentTopic())
	}
	s.typedCommand("publish alerts.new")
	s.press("text:hello", "enter")
	if r := s.client.last(t); r.Topic != "alerts.new" || r.Data != "hello" {
		t.Errorf("published %+v", r)
	}
	s.press("esc")
	s.typedCommand("unsubscribe audit")
	if r := s.client.last(t); r.Op != jolt.OpUnsubscribe || r.Topic != "audit" {
		t.Errorf("asked for %+v", r)
	}
	for _, words := range []string{"quit", "q", "q!", ":q"} {
		s.quit = false
		s.press("f") // from a full screen, too
		if s.typedCommand(words); !s.quit {
			t.Errorf(":%s does not quit", words)
		}
	}
}

func TestCommandsThatAreWrongSaySoAndStay(t *testing.T) {
	for line, want := range map[string]string{
		"theme blue":        `✗ no theme is called "blue": there are auto, dark`,
		"layout round":      `✗ no layout is called "round": there are all, focus, tiles`,
		"open nowhere":      `✗ no topic is called "nowhere" here`,
		"unsubscribe nope":  `✗ no topic is called "nope" here`,
		"frobnicate now":    `✗ no command is called "frobnicate"`,
		"wrap on":           "✗ wrap takes nothing after its name",
		"t light":           `✗ "t" may be `,
		"zzzzzz":            "nothing fits",
		"open ":             "open TOPIC ─ go to the messages of a topic",
		"subscribe orders.": "subscribe [TOPIC…] ─ subscribe to topics",
	} {
		s := watchOrders(t, 120, 40, Options{})
		s.press(":", "text:"+line)
		if strings.HasPrefix(want, "✗") {
			s.press("enter")
			if s.model.top() != s.model.commanding.page {
				t.Errorf(":%s was run", line)
			}
		}
		s.contains(want)
	}
}

func TestPaletteRunsWhatAKeyDoes(t *testing.T) {
	for name, changed := range map[string]func(*Model) bool{
		"pause":              func(m *Model) bool { return m.paused },
		"wrap":               func(m *Model) bool { return m.streamOptions.Wrap },
		"subscribe":          func(m *Model) bool { return m.prompt.Active() },
		"publish":            func(m *Model) bool { return m.focus == layout.RegionPublish },
		"help":               func(m *Model) bool { return m.top() == m.helping.page },
		"mouse":              func(m *Model) bool { return m.pointing.mouse.on },
		"topics.tile":        func(m *Model) bool { return len(m.tiles) == 1 && m.focus == layout.RegionTopics },
		"stream.inspect":     func(m *Model) bool { return m.detailShown() && m.focus == layout.RegionStream },
		"publish.switch":     func(m *Model) bool { return m.focus == layout.RegionPublish },
		"move.up":            func(m *Model) bool { return m.topics.Selected() == "chat.room" },
		"split.topics.wider": func(m *Model) bool { return m.splits.Topics > 0 },
		"split.log.higher":   func(m *Model) bool { return m.splits.Log > 0 },
	} {
		s := watchOrders(t, 120, 40, Options{})
		s.press("G")
		s.typedCommand(name)
		if !changed(s.model) || s.model.top() == s.model.commanding.page {
			t.Errorf(":%s did not do what its key does:\n%s", name, s.model.View())
		}
	}
}

func TestPaletteOnAPage(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "enter", "enter", "enter", "ctrl+p", "text:inspector.format")
	s.lacks("✗", "─ in One message")
	s.press("enter")
	if s.model.top() != s.model.inspection.inspector {
		t.Fatal("the inspector is gone")
	}
	s.typedCommand("filter")
	if s.model.top() != nil || !s.model.prompt.Active() {
		t.Error("a command of the dashboard does not go there")
	}
}

// An action of another page is not run, nor is one that can do nothing now: the palette says
// why, and stays.
func TestPaletteRunsNothingThatCannotRun(t *testing.T) {
	for name, why := range map[string]string{
		"inspector.format": "in One message (enter in Messages)",
		"wire.copy":        "in Wire (i)",
		"stream.diff":      "",
		"topics.fold":      "the list has no groups: z makes them",
		"pane.topics":      "you are there",
	} {
		s := watchOrders(t, 120, 40, Options{})
		s.press("G")
		s.typedCommand(name)
		if open := s.model.top() == page(s.model.commanding.page); open != (why != "") {
			t.Errorf("after :%s the palette is open: %v", name, open)
		}
		if why != "" {
			s.contains("✗ " + name + ": " + why)
		}
	}
}

// What loses something is not run by a part of its name.
func TestPaletteAsksBeforeItLosesSomething(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "v", "k", "v")
	s.typedCommand("unsuball")
	if len(s.client.requests) > 0 {
		t.Fatalf("asked for %v", s.client.requests)
	}
	s.contains(": topics.unsubscribeall", "enter runs it: unsubscribe group, tiles")
	s.press("enter")
	s.contains("unsubscribe the 2 topics")
	if s.press("y"); len(s.client.requests) != 2 {
		t.Errorf("asked for %v", s.client.requests)
	}
}

// :filter goes on as / does, and shows what is left while it is typed.
func TestTheFilterCommandShowsWhatIsLeft(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("/", "tab", "text:paid", "enter", ":", "text:filter ")
	if s.model.top() != nil || !s.model.prompt.Active() {
		t.Fatal("the palette is still open")
	}
	s.press("text:shipped")
	if got := s.model.filter.String(); got != "shipped" {
		t.Errorf("while it is typed the filter is %q", got)
	}
	if s.press("esc"); s.model.filter.String() != "paid" {
		t.Errorf("after esc it is %q", s.model.filter.String())
	}
}

func TestUnboundActionsAreStillRun(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{Keys: remapped(t, map[string][]string{"pause": {}})})
	s.press(" ")
	if s.model.paused {
		t.Fatal("the key still pauses")
	}
	s.typedCommand("pause")
	if !s.model.paused {
		t.Error("the palette does not pause")
	}
}

func TestPaletteBeginsWithWhatWasUsedLast(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.typedCommand("wrap")
	s.typedCommand("theme dark")
	s.typedCommand("wrap")
	var names []string
	for _, c := range s.model.commanding.all()[:3] {
		names = append(names, c.Name)
	}
	if !slices.Equal(names, []string{"wrap", "theme", "topics.open"}) {
		t.Errorf("it begins with %q", names)
	}
	last := s.model.commanding.all()
	if c := last[len(last)-1]; c.Why == "" {
		t.Errorf("%s is last, though it can be run", c.Name)
	}
}

func TestPaletteCompletes(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	for _, topic := range []string{"parcels", "orders.us"} { // those that are subscribed are not proposed
		s.events(&jolt.Message{At: s.now, Topic: topic, Data: "x"})
	}
	s.press(":", "text:subs", "tab")
	s.contains(": subscribe ", "parcels", "orders.us")
	s.lacks("audit", "chat.room", "orders.eu")
	s.press("text:billing ord", "tab")
	s.contains(": subscribe billing orders.us")
	s.press("esc", ":", "text:the", "tab", "tab", "tab", "enter")
	if s.model.theming.theme != theme.Dark {
		t.Errorf("the theme is %s", s.model.theming.theme)
	}
	s.press(":", "text:theme lig", "enter") // the only one that is meant
	if s.model.theming.theme != theme.Light {
		t.Errorf("the theme is %s", s.model.theming.theme)
	}
	s.press(":", "text:layout ", "down", "down", "enter")
	if s.model.kind != layout.Tiled {
		t.Errorf("the layout is %s", s.model.kind)
	}
}

func TestHelpIsSearched(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("?", "/", "text:LOG", "enter")
	s.contains("lower log", "Help ─ LOG")
	s.lacks("subscribe")
	s.press("esc")
	s.contains("subscribe")
	s.press("/", "text:zzz")
	s.contains("no key has that")
	s.press("esc")
	s.contains("subscribe")
	s.press("esc")
	if s.model.top() != nil {
		t.Error("the help does not close")
	}
}

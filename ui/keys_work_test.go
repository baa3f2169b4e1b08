package ui

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"joltui/internal/trace"
	"joltui/jolt"
	"joltui/ui/views/kit"
)

// situations returns, by place, ways to get there before a key of the place is pressed.
func situations() map[string][]func(*screen) {
	after := func(keys ...string) func(*screen) { return func(s *screen) { s.press(keys...) } }
	tree := func(keys ...string) func(*screen) {
		return func(s *screen) {
			s.events(subscribed("orders.us")...)
			s.press(keys...)
		}
	}
	dashboard := []func(*screen){
		after("G"),                          // in the topics
		after("g"),                          //
		after("G", "enter"),                 // in a stream
		after("G", "enter", "pgup", "pgup"), // further up in it
		after("tab", "tab", "k", "k"),       // in the log
		after("G", "enter", "/", "text:fail", "enter"), // with a filter
	}
	return map[string][]func(*screen){
		"always":    dashboard,
		"anywhere":  dashboard,
		"dashboard": dashboard,
		"topics":    append(dashboard, tree("z", "G"), tree("z", "G", "h", "h"), after("G", "v")),
		"messages":  dashboard,
		"log":       dashboard,
		"publish box": {
			after("G", "p", "text:one", "alt+enter", "text:two"),
			after("G", "p", "text:one", "enter", "text:two"),
			after("G", "p", "text:one", "enter", "text:two", "up"),
		},
		"question": {func(s *screen) {
			s.model.options.ConfirmPublish = true
			s.press("G", "p", "text:one", "enter")
		}},
		"prompt": {func(s *screen) {
			s.model.prompt.Ask(kit.Question{Label: "topic ", Text: "o", Suggest: s.model.knownTopics})
		}},
		"one message": {
			after("G", "enter", "k", "k", "k", "enter"),
			func(s *screen) {
				s.events(&jolt.Message{At: s.now, Topic: "orders.eu", Data: `{"order":{"lines":[1,2]},"note":"e"}`})
				s.press("G", "enter", "enter", "/", "text:e", "enter")
			},
		},
		"two messages": {after("G", "enter", "k", "k", "k", "d"), after("G", "enter", "k", "k", "k", "d", "a")},
		"details of a row": {
			func(s *screen) { s.press("tab", "tab", "k", "k", "enter") },
			func(s *screen) { // an alert
				s.press("W", "a", "text:.amount in *", "enter", "t", "text:> 7", "enter")
				s.events(orders(s.now, 400, 5)...)
				s.press("esc", "tab", "tab", "G", "enter")
			},
			func(s *screen) { // a connection that was lost
				s.events(down(s.now, 1, 5e9, refused()))
				s.press("tab", "tab", "G", "enter")
			},
		},
		"watched fields": {func(s *screen) {
			s.press("W", "a", "text:.amount in *", "enter", "a", "text:.id in *", "enter")
			s.events(orders(s.now, 400, 5)...)
		}},
		"wire": {
			func(s *screen) {
				s.press("i")
				for n := range 3 {
					traceOrder(s.model.options.Wire, n)
				}
				long := fmt.Sprintf(`{"error":%q}`, strings.Repeat("too long ", 30))
				s.model.options.Wire.Add(jolt.TraceLine{At: noon(), Line: long, Size: len(long), Frame: jolt.Frame{Kind: jolt.FrameUnknown}})
				s.press("k")
			},
		},
		"broker": {func(s *screen) {
			s.press("B")
			s.send(aBroker(s.now))
			s.press("j", " ")
		}},
		"columns":      {after("G", "enter", "\\"), after("G", "enter", "\\", "j", "j")},
		"sorted table": {after("G", "enter", "%"), after("G", "enter", "%", "j", "j"), after("G", "enter", "%", "b", "j")},
		"overview":     {after("A", "j"), after("A", "G")},
		"recordings":   {after(":", "text:replay", "enter", "j")},
		"help":         {after("?")},
		"commands":     {after(":"), after(":", "text:th")},
		"profiles":     {after("C"), after("C", "G"), after("C", "j")},
	}
}

func trueProgram(string) *exec.Cmd { return exec.Command("true") }

// TestEveryKeyDoesSomething presses each key of the help where it works, and runs each
// action there as the palette does. It fails if nothing changes.
func TestEveryKeyDoesSomething(t *testing.T) {
	begin := func(enter func(*screen)) *screen {
		s := watchingFor(t, 80, 24, Options{Editor: "true", Recorder: &fakeRecorder{}, Wire: trace.New(), Profiles: someProfiles(), Profile: "prod", Monitor: &fakeMonitor{}, OwnBroker: &fakeOwn{}, Recordings: someRecordings, Replay: trueProgram}, 4)
		for i := range 30 {
			s.model.note(fmt.Sprintf("row %d of the log", i))
		}
		enter(s)
		s.pass(sayTime)
		return s
	}
	state := func(s *screen) string {
		return fmt.Sprint(s.model.View(), s.quit, s.suspended, len(s.client.requests))
	}
	t.Setenv("TMPDIR", t.TempDir()) // for the editor's file
	all := situations()
	for _, e := range New(Options{Recorder: &fakeRecorder{}, Profiles: someProfiles(), Profile: "prod", Monitor: &fakeMonitor{}, OwnBroker: &fakeOwn{}, Recordings: someRecordings, Replay: trueProgram}).table {
		if e.Group == "Recording" {
			continue // TestPlay presses them
		}
		if len(all[e.Where.String()]) == 0 {
			t.Errorf("%s: nobody knows how to get where it works", e.Name)
			continue
		}
		key := e.Key()
		for _, pressed := range append(key.Keys(), "") {
			works := false
			for _, enter := range all[e.Where.String()] {
				s := begin(enter)
				before, messages := state(s), len(s.script)
				if pressed == "" { // as the palette does
					s.script = append(s.script, timed{s.now, nil})
					s.run(s.model.do(s.model.table.Named(e.Name).Run(s.model.feed)))
					s.model.arrange()
				} else {
					s.press(pressed)
				}
				outcomes := len(s.script) - messages - 1 // beside the key itself
				if works = state(s) != before || outcomes > 0; works {
					break
				}
			}
			if !works {
				t.Errorf("%s: %q does nothing", e.Name, pressed)
			}
		}
	}
}

// everywhere returns the situations in which keys are pressed that may mean nothing there:
// those of each place, and those in which there is nothing to do anything with.
func everywhere() map[string][]func(*screen) {
	all := situations()
	for _, typed := range []string{"question", "prompt", "publish box", "commands"} {
		delete(all, typed) // there keys are text, or an answer
	}
	for _, again := range []string{"always", "anywhere", "dashboard", "messages", "log"} {
		delete(all, again) // they are among those of the topics
	}
	all["profiles"] = append(all["profiles"], func(s *screen) {
		s.press("C")
		s.send(profilesMsg{})
	})
	all["watched fields"] = append(all["watched fields"], func(s *screen) { s.press("W") })
	all["broker"] = append(all["broker"], func(s *screen) { s.press("B") })
	all["wire"] = append(all["wire"], func(s *screen) { s.press("i") }, func(s *screen) {
		all["wire"][0](s)
		s.press("k", "enter")
	})
	all["help over a page"] = []func(*screen){func(s *screen) { s.press("W", "?") }}
	return all
}

// TestEveryKeyAnswers presses each key of the help in each place. It fails where nothing on
// the screen changes, not even a line that says why. Keys that move are left out: at the end
// of a list they do nothing, as everywhere.
func TestEveryKeyAnswers(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()) // for the editor's file
	options := func() Options {
		return Options{Editor: "true", Recorder: &fakeRecorder{}, Wire: trace.New(), Profiles: someProfiles(), Monitor: &fakeMonitor{}, Recordings: someRecordings, Replay: trueProgram}
	}
	watching := func() *screen { return watchingFor(t, 80, 24, options(), 2) }
	silent := func() *screen { // connected, and nothing was ever heard
		o := options()
		o.ReadOnly = true
		s := newScreen(t, 80, 24, o)
		s.events(up(0))
		return s
	}
	for name, situations := range everywhere() {
		for i, enter := range situations {
			requireAnswers(t, fmt.Sprintf("%s %d", name, i), func() *screen {
				s := watching()
				enter(s)
				return s
			})
		}
	}
	for _, keys := range [][]string{nil, {"2"}, {"3"}, {"W"}, {"i"}, {"?"}, {"C"}} {
		requireAnswers(t, fmt.Sprintf("silent %q", keys), func() *screen {
			s := silent()
			s.press(keys...)
			return s
		})
	}
}

// requireAnswers presses each key in a place. A key that leads elsewhere is followed by a new
// beginning.
func requireAnswers(t *testing.T, where string, begin func() *screen) {
	t.Helper()
	s := begin()
	here := s.model.place()
	for _, pressed := range allKeys(s.model) {
		if s.model.place() != here || s.quit || s.suspended || s.model.prompt.Active() || s.model.confirm.Active() {
			s = begin()
		}
		if _, moves := s.model.moves.Pressed(keyMsg(t, pressed)); moves {
			continue
		}
		if !s.answers(pressed) {
			if s = begin(); !s.answers(pressed) { // the same words as for the key before are no answer
				t.Errorf("%s: %q changes nothing and says nothing:\n%s", where, pressed, s.model.View())
			}
		}
	}
}

// answers presses a key, and reports whether anything on the screen changes or anything is
// done.
func (s *screen) answers(pressed string) bool {
	s.model.said = ""
	before, messages := s.model.View(), len(s.script)
	s.press(pressed)
	return s.model.View() != before || s.quit || s.suspended || len(s.script) > messages+1
}

// allKeys returns the keys of all actions.
func allKeys(m *Model) []string {
	var all []string
	for _, e := range m.table {
		k := e.Key()
		all = append(all, k.Keys()...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// TestFootersAreTrue reads the footer of each place at 80 columns: it fits, names at least two
// keys with the help last, and each key that it names does something when it is pressed.
func TestFootersAreTrue(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for name, situations := range everywhere() {
		for i, enter := range situations {
			begin := func() *screen {
				s := watchingFor(t, 80, 24, Options{
					Editor: "true", Recordings: someRecordings, Replay: trueProgram, Recorder: &fakeRecorder{}, Wire: trace.New(), Profiles: someProfiles(), Monitor: &fakeMonitor{},
				}, 4)
				for i := range 5 {
					s.model.note(fmt.Sprintf("row %d of the log", i))
				}
				enter(s)
				s.model.said = ""
				return s
			}
			s := begin()
			rows := strings.Split(s.model.View(), "\n")
			foot := strings.TrimRight(rows[len(rows)-1], " ")
			offered := 0
			for _, k := range s.model.shortHelp() {
				words := k.Help().Key + " " + k.Help().Desc
				if !strings.Contains(foot, "  "+words) {
					continue
				}
				offered++
				if pressed := begin(); !pressed.answers(k.Keys()[0]) || strings.Contains(pressed.model.saying(), " ─ ") {
					t.Errorf("%s %d: %s is offered and does nothing: %q", name, i, words, pressed.model.saying())
				}
			}
			if offered < 2 || !strings.HasSuffix(foot, "? help") && s.model.top() != page(s.model.helping.page) {
				t.Errorf("%s %d: the footer is %q", name, i, foot)
			}
		}
	}
}

// TestTheDoorIsShown: where one region takes the whole window, the footer names the key that
// leads to the others.
func TestTheDoorIsShown(t *testing.T) {
	for _, keys := range [][]string{{"1"}, {"2"}, {"3"}} {
		s := watchingFor(t, 60, 20, Options{}, 2)
		s.press(keys...)
		s.pass(sayTime)
		s.contains("tab next pane", "? help")
	}
}

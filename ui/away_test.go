package ui

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"joltui/internal/history"
	"joltui/internal/record"
	"joltui/internal/repeat"
	"joltui/internal/trace"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/ledger"
	"joltui/ui/views/profiles"
	"joltui/ui/views/publish"
	"joltui/ui/views/topics"
)

// machine is all that leads to the machine of the dashboard. Whoever uses it fails the test.
type machine struct{ t *testing.T }

func (m machine) used(what string) error {
	m.t.Helper()
	m.t.Errorf("%s was used", what)
	return errors.New(what)
}

func (m machine) Names(string) []string             { m.used("a folder"); return nil }
func (m machine) Payload(string) (string, error)    { return "", m.used("a file") }
func (m machine) Topics(string) ([]string, error)   { return nil, m.used("a list of topics") }
func (m machine) Keep(history.Message) error        { return m.used("the history") }
func (m machine) Write() error                      { return m.used("the history") }
func (m machine) Status() (s record.Status, _ bool) { return s, m.used("the recorder") == nil }
func (m machine) Stop() (s record.Status, _ bool)   { return s, m.used("the recorder") == nil }
func (m machine) Start(string, record.Options) (s record.Status, err error) {
	return s, m.used("the recorder")
}

type machineHistory struct{ machine }

func (m machineHistory) Load() ([]history.Message, int, error) { return nil, 0, m.used("the history") }

type machineBroker struct{ machine }

func (m machineBroker) Refusal() string              { return "" }
func (m machineBroker) Status() OwnStatus            { m.used("a broker of its own"); return OwnStatus{} }
func (m machineBroker) Start(bool) ([]string, error) { return nil, m.used("a broker of its own") }

type machineProfiles struct{ machine }

func (m machineProfiles) Load() ([]profiles.Profile, error) { return nil, m.used("the profiles") }
func (m machineProfiles) Add(profiles.Draft) error          { return m.used("the profiles") }
func (m machineProfiles) Test(string) (time.Duration, error) {
	return 0, m.used("the profiles")
}

type machineGroups struct{ machine }

func (m machineGroups) Load() (map[string][]string, error) { return nil, m.used("the groups") }
func (m machineGroups) Save(string, []string) (map[string][]string, error) {
	return nil, m.used("the groups")
}

type machinePrefs struct{ machine }

func (m machinePrefs) Load() (Prefs, error) { return Prefs{}, m.used("the preferences") }
func (m machinePrefs) Save(Prefs) error     { return m.used("the preferences") }

// awayOptions leads everywhere, and is away from all of it.
func awayOptions(t *testing.T) Options {
	m := machine{t}
	return Options{
		Away: true, Files: m, Recorder: m, History: machineHistory{m}, Profiles: machineProfiles{m}, Groups: machineGroups{m},
		Prefs: machinePrefs{m}, OwnBroker: machineBroker{m}, ProfilesFile: "/etc/joltui.toml", Profile: "prod", Editor: "editor", Retry: true,
		Wire: trace.New(), Monitor: &fakeMonitor{},
		Foreground: func(*exec.Cmd) error { return m.used("a program") },
		Replay: func(string) *exec.Cmd {
			m.used("the player")
			return exec.Command("player")
		},
	}
}

// staysAway fails if anything was done that leads out of the dashboard.
func (s *screen) staysAway(after string) {
	s.t.Helper()
	if s.suspended {
		s.t.Errorf("%s suspends", after)
	}
	for _, step := range s.script {
		if kind := fmt.Sprintf("%T", step.msg); strings.Contains(kind, "exec") {
			s.t.Errorf("%s runs a program: %s", after, kind)
		}
	}
	s.suspended, s.script = false, nil
}

// otherKeys gives the actions that are not there other keys.
func otherKeys() map[string][]string {
	return map[string][]string{
		"suspend": {"ctrl+g"}, "publish.editor": {"ctrl+b"}, "publish.load": {"ctrl+f"}, "record": {"ctrl+b"}, "profile": {"ctrl+f"},
	}
}

// TestAway presses each key in each place, and runs each action and command as the palette
// does, in a dashboard that must stay away from its machine.
func TestAway(t *testing.T) {
	for _, own := range []map[string][]string{nil, otherKeys()} {
		o := awayOptions(t)
		o.Keys = own
		begin := func(enter func(*screen)) *screen {
			s := watchingFor(t, 80, 24, o, 2)
			each(s.model.features, func(f starter) { s.run(f.start()) })
			if own == nil {
				enter(s)
			}
			s.script = nil
			return s
		}
		for place, ways := range situations() {
			if place == "profiles" || own != nil && place != "publish box" && place != "topics" {
				continue // there is no way there
			}
			for i, enter := range ways[:min(len(ways), 2)] {
				if own != nil && place == "publish box" {
					enter = func(s *screen) { s.press("p") }
				}
				s := begin(enter)
				here := s.model.place()
				for _, pressed := range allKeys(s.model) {
					if s.model.place() != here || s.quit || s.model.prompt.Active() {
						s = begin(enter)
					}
					s.press(pressed)
					s.staysAway(fmt.Sprintf("%s %d: %q", place, i, pressed))
				}
			}
		}
		s := begin(func(*screen) {})
		for i := range s.model.table {
			e := &s.model.table[i]
			s.run(s.model.commanding.run(e))
			s.staysAway(e.Name)
			s.press("esc", "esc", "esc")
		}
		for _, c := range s.model.commanding.extras() {
			for _, args := range []string{"", "/etc/passwd", "@/etc/passwd", "prod"} {
				s.run(c.run(args))
				if c.ask != nil {
					_, cmd := c.ask()
					s.run(cmd)
				}
				s.staysAway(c.name + " " + args)
			}
		}
	}
}

// The doors are shut where the intents of panes are carried out, too.
func TestAwayRefusesIntents(t *testing.T) {
	for _, in := range []kit.Intent{
		publish.AskFile{}, publish.EditDraft{}, profiles.Edit{Line: 3}, profiles.Add{}, profiles.Use{Name: "prod"}, profiles.Try{Name: "prod"},
		ledger.OpenProfiles{}, kit.Do(newScreen(t, 80, 24, awayOptions(t)).model.suspend),
	} {
		s := watchingFor(t, 200, 40, awayOptions(t), 1)
		s.press("p", "text:a")
		s.script = nil
		s.run(s.model.do(in))
		s.staysAway(fmt.Sprintf("%T", in))
		if _, direct := in.(kit.Do); !direct {
			s.logSays("another machine than yours")
		}
	}
	s := watchingFor(t, 80, 24, awayOptions(t), 1)
	s.run(s.model.subscribing.subscribeList(topics.Wanted{Files: []string{"/etc/passwd"}}))
	s.run(s.model.recording.startRecording("/tmp/x", false))
	s.run(firstFeature[*hosting](s.model).begin(true))
	s.staysAway("a list, a recording")
	s.logSays("nothing subscribed from /etc/passwd", "nothing is recorded", "no broker started")
}

// A key of something that is not there says why, and neither footer nor help names it.
func TestAwaySaysWhy(t *testing.T) {
	for _, tc := range []struct{ before, key, says string }{
		{"", "ctrl+z", "ctrl+z: suspend ─ this dashboard runs on another machine"},
		{"/", "ctrl+z", ""}, // a prompt covers the footer
		{"", "r", "r: record, or stop ─ this dashboard runs on another machine"},
		{"", "C", "C: profiles ─ this dashboard runs on another machine"},
		{"", "H", "H: start a broker here ─ this dashboard runs on another machine"},
		{"", "S", "S: save topics as group ─ this dashboard runs on another machine"},
		{"p", "ctrl+e", "ctrl+e: editor ─ this dashboard runs on another machine"},
		{"p", "ctrl+o", "ctrl+o: load a file ─ this dashboard runs on another machine"},
	} {
		s := watchingFor(t, 120, 40, awayOptions(t), 2)
		if tc.before != "" {
			s.press(tc.before)
		}
		s.lacks("ctrl+e editor", "ctrl+o load")
		s.press(tc.key)
		s.staysAway(tc.key)
		if tc.says != "" {
			s.contains(tc.says)
		}
	}
	s := watchingFor(t, 120, 60, awayOptions(t), 2)
	s.press("?")
	s.lacks("suspend", "record, or stop", "load a file", "ctrl+e")
	s.press("esc", "s")
	s.contains("topics, +group")
	s.lacks("@file")
}

// The words of an action that is off name its keys as the user has set them.
func TestAwayAfterRemapping(t *testing.T) {
	o := awayOptions(t)
	o.Keys = map[string][]string{"suspend": {"ctrl+g"}}
	s := watchingFor(t, 120, 40, o, 2)
	s.press("ctrl+g")
	s.staysAway("ctrl+g")
	s.contains("suspend ─ this dashboard runs on another machine")
	if e := s.model.table.Named("suspend"); e.On() {
		t.Error("suspend is on")
	}
	if in, _ := s.model.table.Named("record").Run(s.model.feed).(kit.Say); !strings.Contains(in.Text, away) {
		t.Errorf("record runs: %v", in)
	}
}

// A repetition ends with the program that began it.
func TestRepetitionEndsWithTheProgram(t *testing.T) {
	ctx, end := context.WithCancel(context.Background())
	s := newScreen(t, 80, 24, Options{Context: ctx, Topics: []string{"a"}})
	s.events(up(1))
	cmd := s.model.publishing.startRepeat(intent.Publish{Topic: "a", Data: "x"}, repeat.Plan{Every: time.Hour})
	run := s.model.publishing.repetition
	if run == nil || cmd == nil {
		t.Fatal("nothing is repeated")
	}
	end()
	if run.ctx.Err() == nil {
		t.Error("it goes on")
	}
}

// A dashboard may begin with a filter.
func TestBeginsWithAFilter(t *testing.T) {
	s := watchingFor(t, 80, 24, Options{Filter: "failed"}, 2)
	if got := s.model.filter.String(); got != "failed" {
		t.Errorf("the filter is %q", got)
	}
}

// firstFeature returns the feature of a kind.
func firstFeature[F feature](m *Model) (found F) {
	each(m.features, func(f F) { found = f })
	return found
}

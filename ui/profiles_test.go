package ui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"joltui/internal/config"
	"joltui/jolt"
	"joltui/ui/views/profiles"
)

// fakeProfiles are profiles in memory.
type fakeProfiles struct {
	all    []profiles.Profile
	err    error // of Load
	failed error // of Add and Test
	tested []string
}

func (f *fakeProfiles) Load() ([]profiles.Profile, error) { return slices.Clone(f.all), f.err }

func (f *fakeProfiles) Add(p profiles.Draft) error {
	if f.failed == nil {
		f.all = append(f.all, profiles.Profile{Name: p.Name, Addr: fmt.Sprintf("%s:%d", p.Host, p.Port), User: p.User})
	}
	return f.failed
}

func (f *fakeProfiles) Test(name string) (time.Duration, error) {
	f.tested = append(f.tested, name)
	return 420 * time.Microsecond, f.failed
}

func someProfiles() *fakeProfiles {
	return &fakeProfiles{all: []profiles.Profile{
		{Name: "local", Addr: "127.0.0.1:8080", Default: true, Line: 4},
		{Name: "prod", Addr: "broker.prod.example.com:8443", User: "alice", TLS: true, ReadOnly: true, Line: 8},
		{Name: "stage", Addr: "10.0.0.7:8443", User: "alice", TLS: true, NotVerified: true, Line: 15},
		{Name: "evil\x1b[2J", Addr: "10.0.0.8:8080", User: "\u202ebob", Line: 21},
	}}
}

// withProfiles returns a dashboard with the page of profiles open; local is in use.
func withProfiles(t *testing.T, w, h int, f *fakeProfiles) *screen {
	s := watchOrders(t, w, h, Options{Profiles: f, ProfilesFile: "/home/ann/.config/joltui/config.toml", Profile: "local", Editor: "true"})
	s.press("C")
	return s
}

func TestGoldenProfiles(t *testing.T) {
	for _, size := range sizes() {
		for name, show := range map[string]func() *screen{
			"list": func() *screen { return withProfiles(t, size[0], size[1], someProfiles()) },
			"tested": func() *screen {
				f := someProfiles()
				s := withProfiles(t, size[0], size[1], f)
				s.press("j", "t", "j")
				f.failed = errors.New("connection refused")
				s.press("t")
				return s
			},
			"none": func() *screen { return withProfiles(t, size[0], size[1], &fakeProfiles{}) },
			"wrong file": func() *screen {
				f := someProfiles()
				s := withProfiles(t, size[0], size[1], f)
				f.err = &config.Error{Path: "/home/ann/.config/joltui/config.toml", Line: 9, Reason: `unknown setting "hots": did you mean "host"?`}
				s.send(profilesEditedMsg{})
				return s
			},
		} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size[0], size[1]), func(t *testing.T) {
				s := show()
				s.t = t
				s.golden()
			})
		}
	}
}

func TestSwitchProfile(t *testing.T) {
	for name, keys := range map[string][]string{
		"on the page":    {"C", "j", "enter"},
		"in the palette": {":", "text:profile prod", "enter"},
	} {
		t.Run(name, func(t *testing.T) {
			s := watchOrders(t, 120, 40, Options{Profiles: someProfiles(), Profile: "local"})
			s.run(s.model.profiling.loadProfiles(""))
			s.press(keys...)
			s.contains("connect with prod? ended or lost: 399 messages", "y yes")
			if s.quit {
				t.Fatal("all that it has is lost without a question")
			}
			s.press("y")
			if !s.quit || s.model.SwitchTo() != "prod" {
				t.Errorf("ended: %v, to go on with %q", s.quit, s.model.SwitchTo())
			}
		})
	}
	t.Run("unknown", func(t *testing.T) {
		s := watchOrders(t, 120, 40, Options{Profiles: someProfiles()})
		s.run(s.model.profiling.loadProfiles(""))
		s.press(":", "text:profile prd", "enter")
		s.contains(`no profile "prd": did you mean prod?`)
		if s.quit {
			t.Error("the dashboard ended")
		}
	})
}

// To connect with the profile that is in use changes nothing while there is a connection, and
// where nothing would be lost no question is asked.
func TestConnectWithTheProfileInUse(t *testing.T) {
	s := withProfiles(t, 80, 24, someProfiles())
	s.press("enter")
	s.contains("already connected with local")
	if s.quit {
		t.Error("the dashboard ended")
	}
	idle := newScreen(t, 80, 24, Options{Profiles: someProfiles(), Profile: "local"})
	idle.run(idle.model.profiling.loadProfiles(""))
	if idle.press("C", "enter"); !idle.quit || idle.model.SwitchTo() != "local" {
		t.Errorf("ended: %v, to go on with %q", idle.quit, idle.model.SwitchTo())
	}
}

// Where the broker said no, a key connects anew, and another one leads to the profiles.
func TestNotLetInNamesTheKeys(t *testing.T) {
	s := scenes()["login refused"](t, 80, 24, Options{Profiles: someProfiles(), Retry: true})
	s.contains("press R", "press C", "R connect anew", "C profiles")
	if s.press("R"); !s.quit || !s.model.Retry() {
		t.Errorf("ended: %v, to begin anew: %v", s.quit, s.model.Retry())
	}
	connected := watchOrders(t, 80, 24, Options{Retry: true})
	connected.press("R")
	connected.contains("R: connect anew ─ it is connected")
}

// q ends the dashboard at once, unless something ends with it: then it says what, and ends it
// where it is pressed again while that is on the screen.
func TestQuitSaysWhatItEnds(t *testing.T) {
	s := watchOrders(t, 80, 24, Options{})
	if s.press("q"); !s.quit {
		t.Error("with nothing to lose q does not quit")
	}
	s = watchOrders(t, 80, 24, Options{Recorder: &fakeRecorder{}})
	s.press("r", "enter", "enter", "G", "p", "text:hello", "esc", "q")
	s.contains("q again quits; ended or lost: the draft, the recording")
	if s.quit {
		t.Error("q quits at once")
	}
	s.pass(sayTime)
	if s.press("q"); s.quit {
		t.Error("q quits though its question is gone")
	}
	if s.press("q"); !s.quit {
		t.Error("q again does not quit")
	}
	s.quit = false
	s.typedCommand("quit")
	s.contains("quit? ended or lost: the draft, the recording", "y yes")
	if s.quit {
		t.Error(":quit quits at once")
	}
	s.press("n")
	if s.typedCommand("q!"); !s.quit {
		t.Error(":q! does not quit")
	}
}

func TestAddProfile(t *testing.T) {
	f := someProfiles()
	s := withProfiles(t, 120, 40, f)
	for text, wrong := range map[string]string{
		"new":              "a name, then HOST:PORT",
		"prod 10.0.0.7":    `there is a profile "prod" already`,
		"new 10.0.0.7:0":   `"0" is no port`,
		"new a@b":          `"a@b" is no host`,
		"new 10.0.0.7:1:2": `"10.0.0.7:1:2" is not HOST:PORT`,
	} {
		s.press("a", "text:"+text, "enter")
		s.contains(wrong)
		s.press("esc")
	}
	s.press("a", "text:new [::1]:9000 bob", "enter")
	if got, want := f.all[len(f.all)-1], (profiles.Profile{Name: "new", Addr: "::1:9000", User: "bob"}); !reflect.DeepEqual(got, want) {
		t.Errorf("added %+v", got)
	}
	s.contains("added profile new to /home/ann/.config/joltui/config.toml")
	s.press("enter", "y")
	if s.model.SwitchTo() != "new" {
		t.Errorf("what was added is not selected, but %q", s.model.SwitchTo())
	}
	f.failed = errors.New("disk full")
	s.press("a", "text:other h", "enter")
	s.contains("profile other not added: disk full")
}

func TestEditProfiles(t *testing.T) {
	dir := t.TempDir()
	editor, log := filepath.Join(dir, "editor"), filepath.Join(dir, "args")
	if err := os.WriteFile(editor, []byte("echo \"$@\" > "+log+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	run := &fileEditor{Program: plainly(), command: "sh " + editor, path: filepath.Join(dir, "new", "config.toml"), line: 8}
	if err := run.Run(); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(log); strings.TrimSpace(string(got)) != run.path {
		t.Errorf("the editor was called with %q", got)
	}
	if err := (&fileEditor{path: run.path}).Run(); err == nil || !strings.Contains(err.Error(), "set VISUAL or EDITOR") {
		t.Errorf("without an editor: %v", err)
	}
}

func TestLoudAboutDanger(t *testing.T) {
	clear := false
	s := newScreen(t, 80, 24, Options{NotVerified: true, PasswordInClear: func() bool { return clear }, Notes: []string{"anybody may be at the other end"}})
	s.events(&jolt.StateChange{At: noon(), State: jolt.Up, Addr: address, User: "alice"})
	s.contains(" TLS NOT VERIFIED ", "anybody may be at the other end", "connected")
	s.lacks("PASSWORD IN CLEAR")
	clear = true
	s.pass(time.Second)
	s.contains(" TLS NOT VERIFIED ", " PASSWORD IN CLEAR ", "connected")
}

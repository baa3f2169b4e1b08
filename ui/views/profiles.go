package views

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
)

// ProfileKeys are the keys of the page of profiles.
type ProfileKeys struct {
	Move  MoveKeys
	Use   key.Binding
	Test  key.Binding
	Add   key.Binding
	Edit  key.Binding // the configuration file
	Leave key.Binding
}

// Profile is a connection that the configuration file describes. Its texts are
// untrusted.
type Profile struct {
	Name, Addr, User string
	TLS, NotVerified bool // NotVerified takes any certificate
	ReadOnly         bool
	Default          bool // is used when none is named
	Line             int  // of the file, where it begins
}

// NewProfile is one to be added to the configuration file.
type NewProfile struct {
	Name, Host string
	Port       int
	User       string // empty for none
}

// ProfileTest is what came of trying a connection; without an end it goes on.
type ProfileTest struct {
	Done bool
	RTT  time.Duration
	Err  error
}

// What the page of profiles asks for.
type (
	// UseProfile connects with another profile.
	UseProfile struct{ Name string }
	// TestProfile tries the connection of a profile.
	TestProfile struct{ Name string }
	// AskProfile asks the user for a new profile.
	AskProfile struct{}
	// EditProfiles opens the configuration file at a line; 0 is its beginning.
	EditProfiles struct{ Line int }
)

func (UseProfile) intent()   {}
func (TestProfile) intent()  {}
func (AskProfile) intent()   {}
func (EditProfiles) intent() {}

// ProfilesPage lists the profiles of the configuration file.
type ProfilesPage struct {
	styles *Styles
	keys   ProfileKeys
	file   string
	inUse  string
	w, h   int
	all    []Profile
	err    error // why the file could not be read
	line   int   // of err
	tests  map[string]ProfileTest
	cursor List
}

// NewProfilesPage returns the page for a file; the profile in use may be none.
func NewProfilesPage(s *Styles, k ProfileKeys, file, inUse string) *ProfilesPage {
	return &ProfilesPage{styles: s, keys: k, file: file, inUse: inUse, tests: make(map[string]ProfileTest)}
}

// SetSize sets the outer size in cells.
func (p *ProfilesPage) SetSize(w, h int) { p.w, p.h = w, h }

// SetProfiles takes what the file holds. What is selected stays so by its name.
func (p *ProfilesPage) SetProfiles(all []Profile) {
	name := p.inUse
	if selected, ok := p.selected(); ok {
		name = selected.Name
	}
	p.all, p.err = all, nil
	p.Select(name)
}

// SetError says why the file could not be read, and on which line; 0 is none.
// Those that were known stay.
func (p *ProfilesPage) SetError(err error, line int) { p.err, p.line = err, line }

// SetTest tells what has come of a test so far.
func (p *ProfilesPage) SetTest(name string, t ProfileTest) { p.tests[name] = t }

// Profiles are those that are listed.
func (p *ProfilesPage) Profiles() []Profile { return p.all }

// Select selects a profile by its name.
func (p *ProfilesPage) Select(name string) {
	for i, each := range p.all {
		if each.Name == name {
			p.cursor.GoTo(uint64(i))
		}
	}
}

func (p *ProfilesPage) selected() (Profile, bool) {
	if len(p.all) == 0 {
		return Profile{}, false
	}
	p.cursor.SetRows(0, uint64(len(p.all)))
	return p.all[p.cursor.At()], true
}

// ShortHelp lists the keys that matter most here.
func (p *ProfilesPage) ShortHelp() []key.Binding {
	k := &p.keys
	if len(p.all) == 0 {
		return []key.Binding{k.Add, k.Edit, k.Leave}
	}
	return []key.Binding{k.Use, k.Test, k.Add, k.Edit, k.Leave}
}

// Update moves the selection, and asks for the rest.
func (p *ProfilesPage) Update(msg tea.KeyMsg, _ *feed.Feed) Intent {
	selected, any := p.selected()
	switch {
	case key.Matches(msg, p.keys.Leave):
		return Leave{}
	case key.Matches(msg, p.keys.Add):
		return AskProfile{}
	case key.Matches(msg, p.keys.Edit):
		if p.err != nil {
			return EditProfiles{p.line}
		}
		return EditProfiles{selected.Line}
	case !any:
	case key.Matches(msg, p.keys.Use):
		return UseProfile{selected.Name}
	case key.Matches(msg, p.keys.Test):
		return TestProfile{selected.Name}
	default:
		p.cursor.Move(p.keys.Move, msg)
	}
	return nil
}

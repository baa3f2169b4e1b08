package profiles

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// ProfileKeys are the keys of the page of profiles.
type Keys struct {
	Move  kit.MoveKeys
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
type Draft struct {
	Name, Host string
	Port       int
	User       string // empty for none
}

// ProfileTest is what came of trying a connection; without an end it goes on.
type Test struct {
	Done bool
	RTT  time.Duration
	Err  error
}

// What the page of profiles asks for.
type (
	// UseProfile connects with another profile.
	Use struct{ Name string }
	// TestProfile tries the connection of a profile.
	Try struct{ Name string }
	// AskProfile asks the user for a new profile.
	Add struct{}
	// EditProfiles opens the configuration file at a line; 0 is its beginning.
	Edit struct{ Line int }
)

func (Use) Intent()  {}
func (Try) Intent()  {}
func (Add) Intent()  {}
func (Edit) Intent() {}

// ProfilesPage lists the profiles of the configuration file.
type Page struct {
	styles *kit.Styles
	keys   Keys
	file   string
	inUse  string
	w, h   int
	all    []Profile
	err    error // why the file could not be read
	line   int   // of err
	tests  map[string]Test
	cursor kit.List
}

// NewProfilesPage returns the page for a file; the profile in use may be none.
func New(s *kit.Styles, k Keys, file, inUse string) *Page {
	return &Page{styles: s, keys: k, file: file, inUse: inUse, tests: make(map[string]Test)}
}

// SetSize sets the outer size in cells.
func (p *Page) SetSize(w, h int) { p.w, p.h = w, h }

// SetProfiles takes what the file holds. What is selected stays so by its name.
func (p *Page) SetProfiles(all []Profile) {
	name := p.inUse
	if selected, ok := p.selected(); ok {
		name = selected.Name
	}
	p.all, p.err = all, nil
	p.Select(name)
}

// SetError says why the file could not be read, and on which line; 0 is none.
// Those that were known stay.
func (p *Page) SetError(err error, line int) { p.err, p.line = err, line }

// SetTest tells what has come of a test so far.
func (p *Page) SetTest(name string, t Test) { p.tests[name] = t }

// Profiles are those that are listed.
func (p *Page) Profiles() []Profile { return p.all }

// Select selects a profile by its name.
func (p *Page) Select(name string) {
	for i, each := range p.all {
		if each.Name == name {
			p.cursor.GoTo(uint64(i))
		}
	}
}

func (p *Page) selected() (Profile, bool) {
	if len(p.all) == 0 {
		return Profile{}, false
	}
	p.cursor.SetRows(0, uint64(len(p.all)))
	return p.all[p.cursor.At()], true
}

// ShortHelp lists the keys that matter most here.
func (p *Page) ShortHelp() []key.Binding {
	k := &p.keys
	if len(p.all) == 0 {
		return []key.Binding{k.Add, k.Edit, k.Leave}
	}
	return []key.Binding{k.Use, k.Test, k.Add, k.Edit, k.Leave}
}

// Update moves the selection, and asks for the rest.
func (p *Page) Update(msg tea.KeyMsg, _ *feed.Feed) kit.Intent {
	selected, any := p.selected()
	switch {
	case key.Matches(msg, p.keys.Leave):
		return kit.Leave{}
	case key.Matches(msg, p.keys.Add):
		return Add{}
	case key.Matches(msg, p.keys.Edit):
		if p.err != nil {
			return Edit{p.line}
		}
		return Edit{selected.Line}
	case !any:
	case key.Matches(msg, p.keys.Use):
		return Use{selected.Name}
	case key.Matches(msg, p.keys.Test):
		return Try{selected.Name}
	default:
		p.cursor.Move(p.keys.Move, msg)
	}
	return nil
}

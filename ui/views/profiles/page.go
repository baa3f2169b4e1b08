package profiles

import (
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
)

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
	styles  *kit.Styles
	actions keys.Set[*Page]
	moves   *kit.MoveKeys
	file    string
	inUse   string
	w, h    int
	all     []Profile
	err     error // why the file could not be read
	line    int   // of err
	tests   map[string]Test
	cursor  kit.List
}

// NewProfilesPage returns the page for a file; the profile in use may be none.
func New(s *kit.Styles, a keys.Set[*Page], m *kit.MoveKeys, file, inUse string) *Page {
	return &Page{styles: s, actions: a, moves: m, file: file, inUse: inUse, tests: make(map[string]Test)}
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
	if len(p.all) == 0 {
		return p.actions.Keys("profiles.add", "profiles.edit", "profiles.leave")
	}
	return p.actions.Keys("profiles.use", "profiles.test", "profiles.add", "profiles.edit", "profiles.leave")
}

// Update runs the action or the move of a key.
func (p *Page) Update(msg tea.KeyMsg, f *feed.Feed) kit.Intent {
	if in, done := p.actions.Press(p, msg, f); done {
		return in
	}
	if by, ok := p.moves.Pressed(msg); ok {
		return p.Move(by, f)
	}
	return nil
}

// Move moves the selection.
func (p *Page) Move(by kit.Move, _ *feed.Feed) kit.Intent {
	if _, any := p.selected(); any {
		p.cursor.Move(by)
	}
	return nil
}

// Entries returns the actions of the page.
func (p *Page) Entries() keys.Table { return p.actions.Entries(func() *Page { return p }) }

// Place returns where the keys of the page work.
func (p *Page) Place() keys.Place { return Place() }

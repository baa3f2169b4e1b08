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
	TLS, NotVerified bool // NotVerified: any certificate of the broker is accepted
	ReadOnly         bool
	Default          bool // used when the command line names none
	Line             int  // of the file, where it begins
}

// Draft is a profile to be added to the configuration file.
type Draft struct {
	Name, Host string
	Port       int
	User       string // empty: no login
}

// Test is the result of trying a connection.
type Test struct {
	Done bool // false while it is under way
	RTT  time.Duration
	Err  error
}

// The intents of the page.
type (
	// Use asks to connect with another profile.
	Use struct{ Name string }
	// Try asks to try the connection of a profile.
	Try struct{ Name string }
	// Add asks the user for a new profile.
	Add struct{}
	// Edit asks to open the configuration file at a line; 0 is its beginning.
	Edit struct{ Line int }
)

// Intent implements [kit.Intent].
func (Use) Intent() {}

// Intent implements [kit.Intent].
func (Try) Intent() {}

// Intent implements [kit.Intent].
func (Add) Intent() {}

// Intent implements [kit.Intent].
func (Edit) Intent() {}

// Page lists the profiles of the configuration file.
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

// New returns the page for a file. inUse is the name of the profile in use, or "".
func New(s *kit.Styles, a keys.Set[*Page], m *kit.MoveKeys, file, inUse string) *Page {
	return &Page{styles: s, actions: a, moves: m, file: file, inUse: inUse, tests: make(map[string]Test)}
}

// SetSize sets the outer size in cells.
func (p *Page) SetSize(w, h int) { p.w, p.h = w, h }

// SetProfiles sets the profiles of the file. The selection stays on the profile with the
// same name.
func (p *Page) SetProfiles(all []Profile) {
	name := p.inUse
	if selected, ok := p.selected(); ok {
		name = selected.Name
	}
	p.all, p.err = all, nil
	p.Select(name)
}

// SetError sets why the file could not be read, and on which line; 0 is none. The profiles
// that were read before stay.
func (p *Page) SetError(err error, line int) { p.err, p.line = err, line }

// SetTest sets the result of a test, or that it is under way.
func (p *Page) SetTest(name string, t Test) { p.tests[name] = t }

// Profiles returns the profiles that are listed.
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
	return keys.Update(p, p.actions, p.moves, msg, f)
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

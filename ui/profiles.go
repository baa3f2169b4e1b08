package ui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/config"
	"joltui/internal/editor"
	"joltui/internal/printable"
	"joltui/ui/keys"
	"joltui/ui/views/kit"
	"joltui/ui/views/ledger"
	"joltui/ui/views/profiles"
)

// Profiles is the configuration file with its profiles. The methods may block: they are
// called in commands, on several goroutines at once.
type Profiles interface {
	// Load reads the file. Its error says what is wrong with the file; a [*config.Error]
	// says on which line.
	Load() ([]profiles.Profile, error)
	// Add appends a profile to the file, and changes nothing else in it.
	Add(profiles.Draft) error
	// Test connects as a profile says, logs in and pings, within a few seconds.
	Test(name string) (rtt time.Duration, err error)
}

// profilesMsg has the profiles of the file. selected is the one that was just added, or "".
type profilesMsg struct {
	all      []profiles.Profile
	err      error
	selected string
}

// profileTestedMsg is the result of trying a connection.
type profileTestedMsg struct {
	name string
	test profiles.Test
}

// profileRefusedMsg says why a profile was not added, or the file not edited.
type profileRefusedMsg struct{ what string }

// profiling is the feature of the page of profiles, and of the change to another profile.
type profiling struct {
	*shell
	set      keys.Set[*profiling]
	page     *profiles.Page
	switchTo string // see [Model.SwitchTo]
	again    bool   // see [Model.Retry]
}

func newProfiling(s *shell) *profiling {
	on := func(p *profiling) bool { return p.options.Profiles != nil }
	return &profiling{
		shell: s,
		page:  profiles.New(&s.styles, profiles.Actions(on(&profiling{shell: s})), s.moves, s.options.ProfilesFile, s.options.Profile),
		set: keys.Set[*profiling]{
			{Name: "profile", Group: "Do", Where: keys.Dashboard(), Key: keys.Bind("C", "profiles", "C"), On: on, Off: s.noMachine("there is no configuration file here"), Opens: profiles.Place(), Run: keys.Cmd((*profiling).open)},
			retryAction(s),
		},
	}
}

func (p *profiling) entries() keys.Table {
	return append(p.set.Entries(func() *profiling { return p }), p.page.Entries()...)
}

func (p *profiling) start() tea.Cmd { return p.loadProfiles("") }

func (p *profiling) commands() []command {
	if p.options.Profiles == nil {
		return nil
	}
	return []command{{name: "profile", usage: "[NAME]", does: "profiles, or connect with NAME",
		suggest: p.profileNames, check: p.isProfile, run: p.useProfile}}
}

// open opens the page, and reads the file again.
func (p *profiling) open() tea.Cmd {
	p.push(p.page)
	return p.loadProfiles("")
}

// loadProfiles returns the command that reads the file. selected is the name of a profile to
// select, or "".
func (p *profiling) loadProfiles(selected string) tea.Cmd {
	store := p.options.Profiles
	if store == nil {
		return nil
	}
	return func() tea.Msg {
		all, err := store.Load()
		return profilesMsg{all, err, selected}
	}
}

// carry carries out the intents of the page.
func (p *profiling) carry(in kit.Intent) (tea.Cmd, bool) {
	switch in.(type) {
	case profiles.Use, ledger.OpenProfiles, profiles.Add, profiles.Try, profiles.Edit:
		if p.options.Profiles == nil {
			p.sayFailed("no profiles: " + p.noMachine("there is no configuration file here"))
			return nil, true
		}
	}
	switch in := in.(type) {
	case profiles.Use:
		return p.useProfile(in.Name), true
	case ledger.OpenProfiles:
		return p.open(), true
	case ledger.ConnectAgain:
		return p.connectAnew(), true
	case profiles.Add:
		p.prompt.Ask(profiles.Question(p.profileNames(""), p.addProfile))
	case profiles.Try:
		return p.try(in.Name), true
	case profiles.Edit:
		return p.editProfiles(in.Line), true
	default:
		return nil, false
	}
	return nil, true
}

// try returns the command that tries the connection of a profile.
func (p *profiling) try(name string) tea.Cmd {
	store := p.options.Profiles
	p.page.SetTest(name, profiles.Test{})
	return func() tea.Msg {
		rtt, err := store.Test(name)
		return profileTestedMsg{name, profiles.Test{Done: true, RTT: rtt, Err: err}}
	}
}

// addProfile adds a profile to the file, and reads the file again.
func (p *profiling) addProfile(new profiles.Draft) kit.Intent {
	store, load := p.options.Profiles, p.loadProfiles(new.Name)
	return kit.Do(func() tea.Cmd {
		return func() tea.Msg {
			if err := store.Add(new); err != nil {
				return profileRefusedMsg{"profile " + new.Name + " not added: " + err.Error()}
			}
			return load()
		}
	})
}

// take handles the results of reading, changing and trying profiles.
func (p *profiling) take(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case profilesMsg:
		p.profilesLoaded(msg)
	case profileTestedMsg:
		p.page.SetTest(msg.name, msg.test)
	case profileRefusedMsg:
		p.sayFailed(printable.Line(msg.what))
	case profilesEditedMsg:
		if msg.err != nil {
			p.sayFailed("the configuration could not be edited: " + printable.Line(msg.err.Error()))
		}
		return p.loadProfiles(""), true
	default:
		return nil, false
	}
	return nil, true
}

func (p *profiling) profilesLoaded(msg profilesMsg) {
	if msg.err != nil {
		var wrong *config.Error
		line := 0
		if errors.As(msg.err, &wrong) {
			line = wrong.Line
		}
		p.page.SetError(msg.err, line)
		return
	}
	p.page.SetProfiles(msg.all)
	if msg.selected != "" {
		p.page.Select(msg.selected)
		p.say(fmt.Sprintf("added profile %s to %s", printable.Line(msg.selected), printable.Line(p.options.ProfilesFile)))
	}
}

// profileNames returns the names of profiles that begin with prefix.
func (p *profiling) profileNames(prefix string) []string {
	var names []string
	for _, each := range p.page.Profiles() {
		if strings.HasPrefix(each.Name, prefix) {
			names = append(names, each.Name)
		}
	}
	return names
}

func (p *profiling) isProfile(name string) error {
	names := p.profileNames("")
	if slices.Contains(names, name) {
		return nil
	}
	return fmt.Errorf("no profile %q%s", name, keys.Meant(name, names))
}

// editProfiles opens the configuration file in the user's editor, at a line if joltui knows
// the editor's option for that. Afterwards the file is read again, and mistakes in it are
// shown.
func (p *profiling) editProfiles(line int) tea.Cmd {
	run := &fileEditor{
		Program: editor.Program{Start: p.options.Foreground},
		command: p.options.Editor,
		path:    p.options.ProfilesFile,
		line:    line,
	}
	return tea.Exec(run, func(err error) tea.Msg { return profilesEditedMsg{err} })
}

// profilesEditedMsg says that the editor of the configuration file has ended.
type profilesEditedMsg struct{ err error }

// fileEditor edits a file in place. It implements [tea.ExecCommand].
type fileEditor struct {
	editor.Program
	command, path string
	line          int // from 1; 0: the beginning
}

// Run runs the editor, and returns when it has ended. It makes the folder of the file if
// there is none.
func (e *fileEditor) Run() error {
	if err := os.MkdirAll(filepath.Dir(e.path), 0o700); err != nil {
		return err
	}
	return e.Edit(e.command, append(editor.AtLine(e.command, e.line), e.path)...)
}

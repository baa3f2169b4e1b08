package keys

import (
	"fmt"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
)

// Action is something that a user can do to a P: a pane, or a feature of the dashboard.
type Action[P any] struct {
	Name  string // users' configurations have it, so it never changes
	Where Place
	// Also lists further places where it works.
	Also []Place
	// Group is the heading in the help; if empty, it is the name of the place.
	Group string
	// Key has the keys, how the help writes them, and what they do. [Bind] makes it; a
	// user's configuration may replace the keys.
	Key key.Binding
	// On reports whether this dashboard has the action at all; nil means yes. It is called
	// once.
	On func(P) bool
	// Off says why a dashboard does not have the action.
	Off string
	// When reports whether the keys run the action now; nil means always. Where it says no,
	// the keys are free for something else, such as text.
	When func(P) bool
	// Why says why the action can do nothing now, in a few words that name the remedy, or "".
	// Its keys then say so in place of running it. An action in braces stands for its keys:
	// "no filter is set: {filter} sets one". nil means that it can always do something.
	Why func(P, *feed.Feed) string
	// Opens is the place to which the action leads, if that is what it is for.
	Opens Place
	// Loses is set where the action ends or loses something that the user cannot have back:
	// the palette runs it only where its name is typed in full.
	Loses bool
	// Run runs it. See [Do], [Plain] and [Cmd] for functions of fewer arguments.
	Run func(P, *feed.Feed) kit.Intent
}

// Bind returns keys by the names that Bubble Tea has for them, the label that the help
// shows in place of them, and what they do in a few words.
func Bind(label, does string, names ...string) key.Binding {
	return key.NewBinding(key.WithKeys(names...), key.WithHelp(label, does))
}

// Do makes a Run of a function that only changes its P.
func Do[P any](f func(P)) func(P, *feed.Feed) kit.Intent {
	return func(p P, _ *feed.Feed) kit.Intent {
		f(p)
		return nil
	}
}

// Plain makes a Run of a function that needs no feed.
func Plain[P any](f func(P) kit.Intent) func(P, *feed.Feed) kit.Intent {
	return func(p P, _ *feed.Feed) kit.Intent { return f(p) }
}

// Cmd makes a Run of a function that returns a command of Bubble Tea.
func Cmd[P any](f func(P) tea.Cmd) func(P, *feed.Feed) kit.Intent {
	return func(p P, _ *feed.Feed) kit.Intent {
		return kit.Do(func() tea.Cmd { return f(p) })
	}
}

// Leave is the Run of an action that closes a page.
func Leave[P any](P, *feed.Feed) kit.Intent { return kit.Leave{} }

// Set is the actions of one kind of pane or feature. All panes of the kind share it, so
// that they have the same keys.
type Set[P any] []Action[P]

// Press runs the first action that has a key, and reports whether there is one.
func (s Set[P]) Press(p P, msg tea.KeyMsg, f *feed.Feed) (in kit.Intent, done bool) {
	for i := range s {
		if a := &s[i]; key.Matches(msg, a.Key) && (a.When == nil || a.When(p)) {
			return a.run(p, f), true
		}
	}
	return nil, false
}

// run runs the action, or says why it can do nothing.
func (a *Action[P]) run(p P, f *feed.Feed) kit.Intent {
	if why := a.why(p, f); why != "" {
		return kit.Say{Text: refusal(a.Key, why)}
	}
	return a.Run(p, f)
}

func (a *Action[P]) why(p P, f *feed.Feed) string {
	if a.Why == nil {
		return ""
	}
	return a.Why(p, f)
}

// refusal words why the action of a key can do nothing.
func refusal(k key.Binding, why string) string {
	return k.Help().Key + ": " + k.Help().Desc + " ─ " + why
}

// Key returns the keys of an action of the set. It panics if the set has no such action.
func (s Set[P]) Key(name string) key.Binding { return *s.Ref(name) }

// Keys returns the keys of several actions, for a footer. It panics as Key does.
func (s Set[P]) Keys(names ...string) []key.Binding {
	bindings := make([]key.Binding, len(names))
	for i, name := range names {
		bindings[i] = s.Key(name)
	}
	return bindings
}

// Ref returns a pointer to the keys of an action, through which changes by a later
// [Table.Remap] are seen. It panics as Key does.
func (s Set[P]) Ref(name string) *key.Binding {
	i := slices.IndexFunc(s, func(a Action[P]) bool { return a.Name == name })
	if i < 0 {
		panic(fmt.Sprintf("keys: no action %q in a set of %d", name, len(s)))
	}
	return &s[i].Key
}

// Entries returns the actions for a [Table]. Each runs on what at returns at that time.
func (s Set[P]) Entries(at func() P) Table {
	table := make(Table, len(s))
	for i := range s {
		a := &s[i]
		group := a.Group
		if group == "" {
			group = a.Where.name
		}
		on := a.On == nil || a.On(at())
		a.Key.SetEnabled(on)
		table[i] = Entry{
			on: on, Name: a.Name, Group: group, Where: a.Where, also: a.Also, key: &a.Key,
			opens: a.Opens, loses: a.Loses, offWhy: a.Off,
			when: func() bool { return a.When == nil || a.When(at()) },
			why:  func(f *feed.Feed) string { return a.why(at(), f) },
			run: func(f *feed.Feed) kit.Intent {
				if !on {
					return kit.Say{Text: refusal(a.Key, a.Off)}
				}
				return a.run(at(), f)
			},
		}
	}
	return table
}

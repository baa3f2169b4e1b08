package paths

import (
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/views/kit"
)

// Typed is a path that is being typed, with the names in its folder. It is used within Update
// only.
type Typed struct {
	// Files has the names. Without it there are none.
	Files Files
	// Newest lists names in the reverse of their order, and so those with a time in their
	// names from the newest on.
	Newest bool
	number uint64 // of the latest question
	asked  string // the folder that it was about, as it was typed, up to the last separator
	waits  bool   // for the answer to it
	names  []string
}

// Listed is the answer to the question for the names in a folder: none, if it cannot be
// read. It comes as a message of Bubble Tea.
type Listed struct {
	of     *Typed
	number uint64
	names  []string
}

// Question asks for a path, beginning with text. accept takes one that is not empty.
func (t *Typed) Question(label, hint, text string, accept func(path string) kit.Intent) kit.Question {
	return kit.Question{
		Label: label,
		Hint:  hint,
		Text:  text,
		Live: func(text string) kit.Intent {
			return kit.Do(func() tea.Cmd { return t.List(text) })
		},
		Suggest: t.complete,
		Accept: func(text string) kit.Intent {
			if text == "" {
				return nil
			}
			return accept(text)
		},
	}
}

// Begin forgets what is known, and returns the command that reads the folder of a path.
func (t *Typed) Begin(path string) tea.Cmd {
	t.asked, t.names, t.waits = "", nil, false
	return t.ask(folderOf(path))
}

// List returns the command that reads the folder of a path, unless its names are known
// already, or on their way. Where none of them completes the path, they are read again:
// there may be new ones.
func (t *Typed) List(path string) tea.Cmd {
	dir := folderOf(path)
	if dir == t.asked && (t.waits || len(t.complete(path)) > 0) {
		return nil
	}
	return t.ask(dir)
}

func (t *Typed) ask(dir string) tea.Cmd {
	if dir != t.asked {
		t.names = nil
	}
	t.number++
	t.asked, t.waits = dir, true
	files, number := t.Files, t.number
	return func() tea.Msg {
		if files == nil {
			return Listed{of: t, number: number}
		}
		return Listed{t, number, files.Names(dir)}
	}
}

// Take takes an answer, if it is one to the latest question of this path, and reports
// whether it is one to any.
func (t *Typed) Take(msg tea.Msg) bool {
	l, ok := msg.(Listed)
	if !ok || l.of != t {
		return false
	}
	if l.number == t.number {
		t.names, t.waits = l.names, false
	}
	return true
}

func folderOf(path string) string {
	dir, _ := filepath.Split(path)
	return dir
}

// complete returns the completions of a path. Hidden files are left out until their dot is
// typed.
func (t *Typed) complete(text string) []string {
	dir, start := filepath.Split(text)
	if dir != t.asked {
		return nil
	}
	var all []string
	for _, name := range t.names {
		hidden := strings.HasPrefix(name, ".") && start == ""
		if strings.HasPrefix(name, start) && !hidden {
			all = append(all, dir+name)
		}
	}
	if t.Newest {
		slices.Reverse(all)
	}
	return all
}

package ui

import (
	"os"
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/human"
	"joltui/ui/views/kit"
)

// folder is a cache of the names in a folder: Update completes paths from it, and must not
// wait for a disk.
type folder struct {
	path  string   // as it was typed, up to the last separator
	names []string // sorted; those of folders end with a separator
}

// maxFolderNames bounds how many names of a folder are kept.
const maxFolderNames = 10_000

// askFile asks which file to load.
func (b *publishing) askFile() tea.Cmd {
	b.prompt.Ask(kit.Question{
		Label: "load payload from ",
		Hint:  "the path of a file",
		Live: func(text string) kit.Intent {
			return kit.Do(func() tea.Cmd { return b.listFolder(text) })
		},
		Suggest: b.completePath,
		Accept: func(text string) kit.Intent {
			if text == "" {
				return nil
			}
			return kit.Do(func() tea.Cmd { return loadFile(text) })
		},
	})
	return listFolder("")
}

// listFolder returns the command that reads the folder of a path, unless that is the one
// that was read last.
func (b *publishing) listFolder(path string) tea.Cmd {
	dir, _ := filepath.Split(path)
	if dir == b.folder.path {
		return nil
	}
	return listFolder(dir)
}

// listedMsg has the names in a folder: none, if it cannot be read.
type listedMsg struct{ folder folder }

func listFolder(dir string) tea.Cmd {
	return func() tea.Msg {
		in := folder{path: dir}
		path := human.Home(dir)
		if path == "" {
			path = "."
		}
		entries, _ := os.ReadDir(path)
		for _, e := range entries[:min(len(entries), maxFolderNames)] {
			name := e.Name()
			if e.IsDir() {
				name += string(filepath.Separator)
			}
			in.names = append(in.names, name)
		}
		return listedMsg{in}
	}
}

// completePath returns the completions of a path. Hidden files are left out until their dot
// is typed.
func (b *publishing) completePath(text string) []string {
	dir, start := filepath.Split(text)
	if dir != b.folder.path {
		return nil
	}
	var all []string
	for _, name := range b.folder.names {
		hidden := strings.HasPrefix(name, ".") && start == ""
		if strings.HasPrefix(name, start) && !hidden {
			all = append(all, dir+name)
		}
	}
	return all
}

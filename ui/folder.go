package ui

import (
	"os"
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/human"
	"joltui/ui/views/kit"
)

// folder is what is in a folder, as far as it was read: completing a path must not
// wait for a disk.
type folder struct {
	path  string   // as it was typed, up to the last separator
	names []string // sorted; those of folders end with a separator
}

// maxFolderNames bounds what is read of a folder.
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

// listFolder has the folder of a path read, unless that was done already.
func (b *publishing) listFolder(path string) tea.Cmd {
	dir, _ := filepath.Split(path)
	if dir == b.folder.path {
		return nil
	}
	return listFolder(dir)
}

// listedMsg is the content of a folder. One that cannot be read has none.
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

// completePath returns what a path could go on with. Hidden files are left out
// until their dot is typed.
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

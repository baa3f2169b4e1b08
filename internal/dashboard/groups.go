package dashboard

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"joltui/internal/atomicfile"
	"joltui/internal/bom"
	"joltui/internal/folders"
)

// maxGroupsFile bounds the file of groups, in bytes: it is small unless it is
// something else.
const maxGroupsFile = 4 << 20

// GroupsFile keeps named lists of topics in a file that only its owner may read,
// as JSON that can be edited by hand: {"prod": ["orders.eu", "orders.us"]}.
type GroupsFile struct{ path string }

// NewGroupsFile is the file in the XDG config folder.
func NewGroupsFile() GroupsFile {
	return GroupsFile{folders.Config("groups.json")}
}

// Load returns the groups in the file: none, if there is no file.
func (f GroupsFile) Load() (map[string][]string, error) {
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case info.Size() > maxGroupsFile:
		return nil, fmt.Errorf("%s has %d bytes: more than %d are not read", f.path, info.Size(), maxGroupsFile)
	}
	data, err := bom.ReadFile(f.path)
	if err != nil {
		return nil, err
	}
	var groups map[string][]string
	if err := json.Unmarshal(data, &groups); err != nil {
		return nil, fmt.Errorf("%s: %w", f.path, err)
	}
	for name, topics := range groups {
		for i, topic := range topics {
			if topic == "" {
				return nil, fmt.Errorf("%s: topic %d of group %q is empty", f.path, i+1, name)
			}
		}
	}
	return groups, nil
}

// Save puts a group into the file. A file that cannot be understood is left as it
// is.
func (f GroupsFile) Save(name string, topics []string) (groups map[string][]string, err error) {
	err = locked(f.path, func() error {
		groups, err = f.save(name, topics)
		return err
	})
	return groups, err
}

func (f GroupsFile) save(name string, topics []string) (map[string][]string, error) {
	groups, err := f.Load()
	if err != nil {
		return nil, err
	}
	if groups == nil {
		groups = make(map[string][]string)
	}
	groups[name] = topics
	data, err := json.MarshalIndent(groups, "", "  ")
	if err != nil {
		return nil, err
	}
	return groups, atomicfile.Write(f.path, append(data, '\n'))
}

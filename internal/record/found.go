package record

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Found is a recording in a folder.
type Found struct {
	Path  string    // of its first file
	Name  string    // of that file, in its folder. Untrusted
	Began time.Time // when it began; of a file that does not say, when it was changed
	Size  int64     // of all its files, in bytes
	What  string    // was recorded, in its own words. Untrusted
}

// mostFound bounds how many files are looked into.
const mostFound = 1000

// List returns the recordings in a folder, the newest first, of at most 1,000 files. It reads
// the first line of each, and leaves out what is no recording. A folder that does not exist
// has none. It blocks.
func List(folder string) ([]Found, error) {
	entries, err := os.ReadDir(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return !e.Type().IsRegular() || !strings.HasSuffix(e.Name(), ".ndjson")
	})
	slices.Reverse(entries) // by their names, which have their times: the newest are kept
	var all []part
	for _, e := range entries[:min(len(entries), mostFound)] {
		if p, err := openPart(File{filepath.Join(folder, e.Name()), e.Name()}); err == nil {
			all = append(all, p)
		}
	}
	var found []Found
	for _, p := range all {
		if first := slices.IndexFunc(all, func(o part) bool { return p.header.Part > 1 && o.header.Part == 1 && o.continues(p) }); first >= 0 {
			continue // it is counted with its first file
		}
		found = append(found, p.found(all))
	}
	slices.SortStableFunc(found, func(a, b Found) int { return cmp.Or(b.Began.Compare(a.Began), cmp.Compare(a.Name, b.Name)) })
	return found, nil
}

// found returns the recording that begins with p, one of the files in a folder.
func (p part) found(all []part) Found {
	f := Found{Path: p.path, Name: p.name, Began: p.header.Started, Size: p.size, What: p.header.What}
	for _, o := range all {
		if o.path != p.path && p.header.Part == 1 && o.header.Part > 1 && o.continues(p) {
			f.Size += o.size
		}
	}
	if info, err := os.Stat(p.path); f.Began.IsZero() && err == nil {
		f.Began = info.ModTime()
	}
	return f
}

package record

import (
	"fmt"
	"io"
	"os"
)

// rememberFile records the identity of the file of a new part.
func (w *Writer) rememberFile(file io.Writer) {
	f, ok := file.(*os.File)
	if !ok {
		return // a test's
	}
	if info, err := f.Stat(); err == nil {
		w.made = append(w.made, info)
	}
}

// Gone returns an error that names the file of the recording that is not where it was made,
// because somebody has deleted, moved or replaced it. The writer still writes into the file
// that it made, wherever that is. Gone returns nil when all files are in place.
func (w *Writer) Gone() error {
	for i, made := range w.made {
		path := partPath(w.path, i+1)
		now, err := os.Stat(path)
		if err == nil && os.SameFile(now, made) {
			continue
		}
		if f, ok := w.file.(*os.File); ok && i+1 == len(w.made) && deleted(f) {
			return fmt.Errorf("%s was deleted while it was written, and what is in it is lost", path)
		}
		if err == nil {
			return fmt.Errorf("%s was replaced by another file while it was written", path)
		}
		return fmt.Errorf("%s was deleted or moved while the recording was on", path)
	}
	return nil
}

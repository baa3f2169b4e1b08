package record

import (
	"fmt"
	"io"
	"os"
)

// remember notes which file a new part is.
func (w *Writer) remember(file io.Writer) {
	f, ok := file.(*os.File)
	if !ok {
		return // a test's
	}
	if info, err := f.Stat(); err == nil {
		w.made = append(w.made, info)
	}
}

// Gone says which file of the recording is not where it was made, as somebody has
// deleted, moved or replaced it: what is written goes on into the file that was made,
// wherever that is. It is nil when all are in place.
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

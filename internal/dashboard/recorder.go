package dashboard

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"joltui/internal/export"
	"joltui/internal/folders"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/ui/views/frame"
)

const (
	// maxRecording is the size at which a recording of the dashboard that was
	// forgotten ends, before it fills the disk.
	maxRecording = 10_000_000_000
	// patience is how long leaving the dashboard waits for a disk.
	patience = 5 * time.Second
)

// recorder records for a dashboard.
type recorder struct{ record.Tap }

// recordFolders are where recordings may go: to what the user's programs keep,
// or to where joltui was started.
func recordFolders() []string {
	if folder := recordFolder(); folder != "" {
		return []string{folder, "."}
	}
	return []string{"."}
}

func recordFolder() string { return folders.State("recordings") }

// Start begins a recording. ~/ is the home folder, and the folder of recordings
// is made if need be.
func (r *recorder) Start(path string, o record.Options) (record.Status, error) {
	if whole, err := filepath.Abs(human.Home(path)); err == nil {
		path = whole // which is said, and so has to be found
	}
	if err := makeRecordFolder(path); err != nil {
		return record.Status{}, err
	}
	o.TotalSize = maxRecording
	return r.Tap.Start(path, o)
}

// makeRecordFolder makes the folder of recordings, if that is where a file is to be.
func makeRecordFolder(path string) error {
	if filepath.Dir(path) != recordFolder() {
		return nil
	}
	if err := os.MkdirAll(recordFolder(), 0o700); err != nil {
		return fmt.Errorf("cannot make the folder of recordings: %w", err)
	}
	return nil
}

// exportMessages writes messages to a file, for which it makes the folder of recordings if
// need be.
func exportMessages(p export.Plan) (export.Result, error) {
	if err := makeRecordFolder(human.Home(p.Path)); err != nil {
		return export.Result{Path: p.Path}, err
	}
	return p.Write()
}

// finish ends a recording that is on when the dashboard is left, and says where
// it is. A disk that takes nothing any more does not keep the user here.
func (r *recorder) finish(t Terminal) {
	done := make(chan string, 1)
	go func() {
		words := ""
		if status, on := r.Stop(); on {
			words = frame.RecordedWords(status)
		}
		done <- words
	}()
	select {
	case words := <-done:
		if words != "" {
			fmt.Fprintf(t.Err, "joltui: %s\n", printable.Line(words))
		}
	case <-time.After(patience):
		fmt.Fprintln(t.Err, "joltui: the disk does not take the rest of the recording: given up")
	}
}

package record

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Whatever somebody does to the files of a recording, its status says so within a second
// and at its end, and the recording goes on.
func TestFilesThatAreTakenAway(t *testing.T) {
	for name, tt := range map[string]struct {
		do   func(path string) error
		want string
	}{
		"deleted": {os.Remove, " was deleted while it was written, and what is in it is lost"},
		"moved":   {func(path string) error { return os.Rename(path, path+".old") }, " was deleted or moved while the recording was on"},
		"folder moved": {func(path string) error { return os.Rename(filepath.Dir(path), filepath.Dir(path)+".old") },
			" was deleted or moved while the recording was on"},
		"replaced": {func(path string) error {
			if err := os.Rename(path, path+".old"); err != nil {
				return err
			}
			return os.WriteFile(path, nil, 0o600)
		}, " was replaced by another file while it was written"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "folder", "r.ndjson")
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				r, err := Start(path, Options{})
				if err != nil {
					t.Fatal(err)
				}
				second := func() Status {
					r.Record(events(0, 10))
					time.Sleep(time.Second)
					synctest.Wait()
					return r.Status()
				}
				if s := second(); s.Failed() != nil {
					t.Fatalf("%v at once", s.Failed())
				}
				if err := tt.do(path); err != nil {
					t.Fatal(err)
				}
				if s := second(); s.Gone == nil || s.Gone.Error() != path+tt.want || !s.Ended.IsZero() {
					t.Errorf("while it is on: %v, want %s", s.Gone, tt.want)
				}
				if s := r.Stop(); s.Gone == nil || s.Gone.Error() != path+tt.want || s.Messages != 20 {
					t.Errorf("at the end: %+v", s)
				}
			})
		})
	}
}

// A file that was moved back is no failure any more; one that is moved away in the last second
// is.
func TestAFileThatComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "r.ndjson")
		r, err := Start(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, move := range [][2]string{{path, path + "x"}, {path + "x", path}} {
			if err := os.Rename(move[0], move[1]); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second + time.Millisecond)
			synctest.Wait()
			if s := r.Status(); (s.Gone == nil) != (move[1] == path) {
				t.Errorf("at %s: %v", move[1], s.Gone)
			}
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if s := r.Stop(); s.Gone == nil {
			t.Errorf("%+v", s)
		}
	})
}

// The recording has failed if any of its files is moved away.
func TestAnEarlierFileThatIsTakenAway(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.ndjson")
	r, err := Start(path, Options{WriterOptions: WriterOptions{PartSize: 1000}})
	if err != nil {
		t.Fatal(err)
	}
	r.Record(events(0, 100))
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if s := r.Stop(); s.Parts < 3 || s.Gone == nil || !strings.HasPrefix(s.Gone.Error(), path+" was deleted or moved") {
		t.Errorf("%+v", s)
	}
}

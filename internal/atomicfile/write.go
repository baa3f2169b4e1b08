package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
)

// Write makes data the content of the file at path, which only its owner may read
// then, and makes its folder if there is none. Whoever reads the file meanwhile, and
// whoever finds it after a crash of the machine, has the old content or the new one,
// each whole. After an error the file is as it was. Of calls at the same time for the
// same file the last one wins.
func Write(path string, data []byte) error { return write(path, data, (*os.File).Sync) }

// write waits with sync until the disk has a file or a folder.
func write(path string, data []byte, sync func(*os.File) error) error {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	next, err := os.CreateTemp(folder, "."+filepath.Base(path)+"-*") // with mode 0600
	if err != nil {
		return err
	}
	_, err = next.Write(data)
	if err == nil {
		// Before the new name: else it may be that of a file whose content a crash
		// has kept off the disk.
		err = sync(next)
	}
	if err = errors.Join(err, next.Close()); err == nil {
		err = os.Rename(next.Name(), path)
	}
	if err != nil {
		os.Remove(next.Name())
		return err
	}
	syncFolder(folder, sync)
	return nil
}

// syncFolder has the disk take a new name at once. Some systems, such as Windows,
// cannot; there a crash may bring the old content back, which is whole as well.
func syncFolder(path string, sync func(*os.File) error) {
	if folder, err := os.Open(path); err == nil {
		_ = sync(folder)
		folder.Close()
	}
}

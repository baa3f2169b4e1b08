package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
)

// Write replaces the content of the file at path by data, and makes its folder if there is
// none. Afterwards only its owner can read the file. Whoever reads it meanwhile, or after a
// crash of the machine, gets the old content or the new one, each whole. After an error the
// file is as it was. Of concurrent calls for the same file, the last one wins.
func Write(path string, data []byte) error { return write(path, data, (*os.File).Sync) }

// write is Write with sync, which waits until a file or a folder is on the disk.
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
		// Before the file gets its name: else a crash may leave the name of a file
		// whose content is not on the disk.
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

// syncFolder puts a new name on the disk at once. Some systems, such as Windows, cannot;
// there a crash may bring back the old content, which is whole as well.
func syncFolder(path string, sync func(*os.File) error) {
	if folder, err := os.Open(path); err == nil {
		_ = sync(folder)
		folder.Close()
	}
}

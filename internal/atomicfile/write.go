package atomicfile

import (
	"errors"
	"io"
	"io/fs"
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
	return fill(path, os.Rename, sync, func(to io.Writer) error {
		_, err := to.Write(data)
		return err
	})
}

// Replace is [Write] for what content writes, which need not be in memory at once. An error of
// content is returned, too.
func Replace(path string, content func(io.Writer) error) error {
	return fill(path, os.Rename, (*os.File).Sync, content)
}

// Create is [Replace] for a file that is new: where there is one already, that stays as it is,
// and the error is [fs.ErrExist].
func Create(path string, content func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil { // before all the work
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	return fill(path, giveNewName, (*os.File).Sync, content)
}

// giveNewName gives a file another name, unless there is a file with that name. Somebody may
// have made one since Create looked, which only a link finds for sure. Where a disk has no
// links, the moment in between is left.
func giveNewName(from, to string) error {
	err := os.Link(from, to)
	switch {
	case err == nil:
		os.Remove(from)
		return nil
	case errors.Is(err, fs.ErrExist):
		return err
	}
	if _, err := os.Lstat(to); err == nil {
		return &fs.PathError{Op: "create", Path: to, Err: fs.ErrExist}
	}
	return os.Rename(from, to)
}

// fill makes a file beside path, and gives it that name with name when its content is on the
// disk.
func fill(path string, name func(from, to string) error, sync func(*os.File) error, content func(io.Writer) error) error {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	next, err := os.CreateTemp(folder, "."+filepath.Base(path)+"-*") // with mode 0600
	if err != nil {
		return err
	}
	err = content(next)
	if err == nil {
		// Before the file gets its name: else a crash may leave the name of a file
		// whose content is not on the disk.
		err = sync(next)
	}
	if err = errors.Join(err, next.Close()); err == nil {
		err = name(next.Name(), path)
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

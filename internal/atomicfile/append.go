package atomicfile

import (
	"errors"
	"io"
	"os"
)

// Append writes data behind what is in a file that was opened with O_APPEND and that
// nobody else writes to meanwhile: all of it or nothing. After an error, such as that
// of a full disk, the file is as long as it was.
func Append(file *os.File, data []byte) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	return appendAt(file, info.Size(), data)
}

// appended is what an [os.File] is to appendAt.
type appended interface {
	io.Writer
	Truncate(size int64) error
}

func appendAt(file appended, end int64, data []byte) error {
	n, err := file.Write(data)
	if err != nil && n > 0 {
		err = errors.Join(err, file.Truncate(end))
	}
	return err
}

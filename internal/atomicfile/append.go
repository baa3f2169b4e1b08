package atomicfile

import (
	"errors"
	"io"
	"os"
)

// Append appends data to a file: all of it or nothing. The file must have been opened with
// O_APPEND, and nobody else may write to it meanwhile. After an error, such as that of a
// full disk, the file is as long as it was.
func Append(file *os.File, data []byte) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	return appendAt(file, info.Size(), data)
}

// appended is what appendAt uses of an [os.File].
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

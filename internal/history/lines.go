package history

import (
	"bytes"
	"errors"
	"io"
	"os"

	"joltui/internal/atomicfile"
)

// maxRead bounds how much of the end of a file is read: more than a file may grow to.
const maxRead = 3 * MaxBytes

// readLines returns the lines of a file that are not empty. A file that does not exist has
// none.
func readLines(path string) ([][]byte, error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := readEnd(file)
	if err != nil {
		return nil, err
	}
	var lines [][]byte
	for line := range bytes.SplitSeq(text, []byte("\n")) {
		if len(line) > 0 {
			lines = append(lines, line)
		}
	}
	return lines, nil
}

// readEnd reads the last maxRead bytes of a file, from the beginning of a line on.
func readEnd(file *os.File) ([]byte, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() <= maxRead {
		return io.ReadAll(file)
	}
	text := make([]byte, maxRead)
	if _, err := file.ReadAt(text, info.Size()-maxRead); err != nil {
		return nil, err
	}
	_, whole, _ := bytes.Cut(text, []byte("\n"))
	return whole, nil
}

// newest returns as many of the last lines as may be kept.
func newest(lines [][]byte) [][]byte {
	size, from := 0, len(lines)
	for from > 0 && len(lines)-from < MaxMessages {
		if size += len(lines[from-1]) + 1; size > MaxBytes {
			break
		}
		from--
	}
	return lines[from:]
}

// appendTo appends text to a file, on a new line even if the last one was cut off, and
// returns the size of the file. After an error the file is as it was.
func appendTo(path string, text []byte) (size int64, err error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if size, err = file.Seek(0, io.SeekEnd); err != nil {
		return 0, err
	}
	var last [1]byte
	if size > 0 {
		if _, err := file.ReadAt(last[:], size-1); err != nil {
			return 0, err
		}
		if last[0] != '\n' {
			text = append([]byte{'\n'}, text...)
		}
	}
	return size + int64(len(text)), atomicfile.Append(file, text)
}

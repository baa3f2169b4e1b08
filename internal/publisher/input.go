package publisher

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
)

// ErrLongLine is a line that is longer than an [Input] takes.
var ErrLongLine = errors.New("it is too long")

// Input is lines, such as those of stdin. They are read by a goroutine of their own: a
// read that waits for somebody to type cannot be interrupted, and must hold nothing up.
type Input struct {
	lines chan inputLine
	quit  chan struct{}
	count int64
}

type inputLine struct {
	text string
	err  error
}

// NewInput begins to read lines of at most so many bytes, each of which ends with end:
// a line feed, which may have a carriage return before it, or NUL. The last one may lack
// its end.
func NewInput(r io.Reader, end byte, most int) *Input {
	in := &Input{lines: make(chan inputLine), quit: make(chan struct{})}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), most)
	if end != '\n' {
		lines.Split(endedBy(end))
	}
	go in.read(lines)
	return in
}

func endedBy(end byte) bufio.SplitFunc {
	return func(data []byte, last bool) (int, []byte, error) {
		if i := bytes.IndexByte(data, end); i >= 0 {
			return i + 1, data[:i], nil
		}
		if last && len(data) > 0 {
			return len(data), data, nil
		}
		return 0, nil, nil
	}
}

func (in *Input) read(lines *bufio.Scanner) {
	defer close(in.lines)
	for lines.Scan() {
		select {
		case in.lines <- inputLine{text: lines.Text()}:
		case <-in.quit:
			return
		}
	}
	err := lines.Err()
	if errors.Is(err, bufio.ErrTooLong) {
		err = ErrLongLine
	}
	if err != nil {
		select {
		case in.lines <- inputLine{err: err}:
		case <-in.quit:
		}
	}
}

// Next returns the next line without its end, and its number, the first being 1; after
// the last [io.EOF]. It waits no longer than until ctx ends.
func (in *Input) Next(ctx context.Context) (text string, line int64, err error) {
	select {
	case l, ok := <-in.lines:
		if !ok {
			return "", 0, io.EOF
		}
		in.count++
		if l.err != nil {
			return "", 0, fmt.Errorf("line %d: %w", in.count, l.err)
		}
		return l.text, in.count, nil
	case <-ctx.Done():
		return "", 0, ctx.Err()
	}
}

// Close ends the reading, as soon as a read that is under way returns.
func (in *Input) Close() error {
	close(in.quit)
	return nil
}

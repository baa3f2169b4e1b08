package driver

import (
	"bytes"
	"fmt"
	"io"
)

// readBytes is how much one read can bring. With 64 subscribers of joltui's
// broker 16 KiB took 1.2 times as long, and 256 KiB 1.15 times.
const readBytes = 64 << 10

// frames reads a stream of frames that all have the same size.
type frames struct {
	conn *Conn
	size int
	buf  []byte
	kept int // bytes in buf that were not taken yet
}

// taker takes frames that are right.
type taker interface {
	// take returns how many bytes at the start of data are frames that are
	// right. It stops at one that is not, or not whole.
	take(data []byte) int
	// wrong says what is wrong with a frame that was not taken.
	wrong(frame []byte) error
}

func newFrames(conn *Conn, size int) frames {
	return frames{conn: conn, size: size, buf: make([]byte, max(readBytes, 2*size))}
}

// read reads once and hands over what has come. A probe between two frames is
// answered.
func (f *frames) read(t taker) error {
	probe := f.conn.protocol.Probe().Request
	n, err := f.conn.Read(f.buf[f.kept:])
	data := f.buf[:f.kept+n]
	for {
		data = data[t.take(data):]
		if len(data) < max(f.size, len(probe)) { // not whole, or perhaps a probe
			break
		}
		rest, err := f.answer(data)
		if err != nil {
			return err
		}
		if rest == nil {
			return t.wrong(data[:f.size])
		}
		data = rest
	}
	f.kept = copy(f.buf, data)
	if err != nil && f.kept > 0 { // perhaps the reason
		return fmt.Errorf("%.200q and then %w", f.buf[:f.kept], err)
	}
	return err
}

// answer returns what follows the probe at the start of data, or nil if there
// is none.
func (f *frames) answer(data []byte) ([]byte, error) {
	probe := f.conn.protocol.Probe()
	rest, ok := bytes.CutPrefix(data, []byte(probe.Request))
	if !ok || probe.Request == "" {
		return nil, nil
	}
	_, err := io.WriteString(f.conn, probe.Reply)
	return rest, err
}

// end makes sure that nothing is left over, and that nothing more comes.
func (f *frames) end() error { return f.conn.Finish(f.buf[:f.kept]) }

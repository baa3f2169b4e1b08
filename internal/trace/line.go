package trace

import (
	"joltui/internal/printable"
	"joltui/jolt"
)

// mostName is how much is kept of a name, or of the broker's words, in bytes.
const mostName = 1 << 10

// newLine copies what is kept of a line.
func newLine(l *jolt.TraceLine) Line {
	text := printable.Clip(l.Raw(), mostText)
	line := Line{At: l.At, Sent: l.Sent, Size: l.Size, Cut: l.Size - len(text), Err: l.Err}
	line.Text = jolt.MaskPasswords(text, l.Err != nil)
	if r := l.Request; r != nil {
		line.Op, line.Data = r.Op, len(r.Data)
		line.Topic, line.User = printable.Clip(r.Topic, mostName), printable.Clip(r.User, mostName)
	}
	if l.Sent {
		return line
	}
	line.describe(l)
	return line
}

// describe sets the kind of a received line, and what it is about.
func (line *Line) describe(l *jolt.TraceLine) {
	f := &l.Frame
	switch {
	case l.Err != nil:
		line.Kind = Unreadable
	case f.Kind == jolt.FrameMessage:
		line.Kind, line.Topic, line.Data = Message, printable.Clip(f.Topic, mostName), len(f.Data)
	case f.Kind == jolt.FrameAck:
		line.Kind = OK
	case f.Kind == jolt.FrameError:
		line.Kind, line.Words = Error, jolt.MaskPasswords(printable.Clip(f.Error, mostName), false)
	default:
		line.Kind = Unknown
	}
}

package feed

import "joltui/jolt"

// newWireLine copies what is kept of a line.
func newWireLine(l *jolt.TraceLine) WireLine {
	text := cutText(l.Raw(), wireText)
	line := WireLine{At: l.At, Sent: l.Sent, Size: l.Size, Cut: l.Size - len(text), Err: l.Err}
	line.Text = jolt.MaskPasswords(text, l.Err != nil)
	if r := l.Request; r != nil {
		line.Op, line.Data = r.Op, len(r.Data)
		line.Topic, line.User = cutText(r.Topic, maxRowText), cutText(r.User, maxRowText)
	}
	if l.Sent {
		return line
	}
	line.describe(l)
	return line
}

// describe sets the kind of a received line, and what it is about.
func (line *WireLine) describe(l *jolt.TraceLine) {
	f := &l.Frame
	switch {
	case l.Err != nil:
		line.Kind = WireUnreadable
	case f.Kind == jolt.FrameMessage:
		line.Kind, line.Topic, line.Data = WireMessage, cutText(f.Topic, maxRowText), len(f.Data)
	case f.Kind == jolt.FrameAck:
		line.Kind = WireOK
	case f.Kind == jolt.FrameError:
		line.Kind, line.Words = WireError, jolt.MaskPasswords(cutText(f.Error, maxRowText), false)
	default:
		line.Kind = WireUnknown
	}
}

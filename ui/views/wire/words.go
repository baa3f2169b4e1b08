package wire

import (
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/trace"
	"joltui/jolt"
	"joltui/ui/views/kit"
)

// arrow returns an arrow for the direction of a line, and its paint.
func arrow(s *kit.Styles, line *trace.Line) (kit.Paint, string) {
	if line.Sent {
		return s.Accent, "→"
	}
	return s.Text, "←"
}

// wireWords says what a line means, in about so many cells.
func wireWords(s *kit.Styles, line *trace.Line, cells int) (string, kit.Paint) {
	switch line.Kind {
	case trace.Request:
		return requestWords(line, cells), s.Text
	case trace.Message:
		return "message on " + printable.Name(line.Topic, cells) + " " + human.Bytes(uint64(line.Data)), s.Text
	case trace.OK:
		if line.Op == 0 {
			return "ok, though nothing was asked", s.Warn
		}
		return "ok for " + verb(line.Op), s.OK
	case trace.Error:
		words := printable.Prefix(line.Words, cells)
		if line.Op == 0 {
			return "error: " + words, s.Error
		}
		return "error for " + verb(line.Op) + ": " + words, s.Error
	case trace.Unreadable:
		return "unreadable: " + human.Cause(line.Err), s.Error
	default:
		return "frame of an unknown kind", s.Warn
	}
}

func requestWords(line *trace.Line, cells int) string {
	words := verb(line.Op)
	switch line.Op {
	case jolt.OpAuth:
		words += " as " + printable.Prefix(line.User, cells)
	case jolt.OpSubscribe, jolt.OpUnsubscribe:
		words += " " + printable.Name(line.Topic, cells)
	case jolt.OpPublish:
		words += " " + printable.Name(line.Topic, cells) + " " + human.Bytes(uint64(line.Data))
	}
	return words
}

// verb returns an operation in words.
func verb(op jolt.Op) string {
	switch op {
	case jolt.OpAuth:
		return "login"
	case jolt.OpSubscribe:
		return "subscribe"
	case jolt.OpUnsubscribe:
		return "unsubscribe"
	case jolt.OpPublish:
		return "publish"
	default:
		return op.String()
	}
}

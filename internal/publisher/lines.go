package publisher

import (
	"fmt"
	"slices"
	"strings"

	"joltui/jolt"
)

// Lines says what became of the lines of an input, so that somebody can go on where it
// ended.
type Lines struct {
	Acknowledged int64 // the last one; 0 is none
	Last         int64 // that has an outcome
	Rejected     Spans // the broker refused
	Unknown      Spans // the connection was lost before the reply
	Bad          Spans // can never be sent, because of what is in them
	NotSent      int64 // the first that was not sent for want of a connection; 0 is none
}

// settle notes the outcome of a line. Those that are Bad have been noted before.
func (l *Lines) settle(line int64, outcome jolt.Outcome) {
	if line == 0 {
		return
	}
	l.Last = max(l.Last, line)
	switch outcome {
	case jolt.Acknowledged:
		l.Acknowledged = max(l.Acknowledged, line)
	case jolt.Rejected:
		l.Rejected.add(line)
	case jolt.Unknown:
		l.Unknown.add(line)
	case jolt.NotSent:
		if !l.Bad.has(line) && (l.NotSent == 0 || line < l.NotSent) {
			l.NotSent = line
		}
	}
}

func (l Lines) clone() Lines {
	for _, s := range []*Spans{&l.Rejected, &l.Unknown, &l.Bad} {
		s.All = slices.Clone(s.All)
	}
	return l
}

// Next is the line to go on with: all before it were sent, or never can be.
func (l *Lines) Next() int64 {
	if l.NotSent > 0 {
		return l.NotSent
	}
	return l.Last + 1
}

// mostSpans bounds what is remembered of lines that are not well.
const mostSpans = 1000

// Spans are lines, in ascending order.
type Spans struct {
	All  [][2]int64 // each from its first line to its last; 1,000 at most
	More int64      // lines beyond those
}

// add notes a line, which comes after those that were added.
func (s *Spans) add(line int64) {
	last := len(s.All) - 1
	switch {
	case line == 0:
	case last >= 0 && s.All[last][1] == line-1 && s.More == 0:
		s.All[last][1] = line
	case len(s.All) < mostSpans:
		s.All = append(s.All, [2]int64{line, line})
	default:
		s.More++
	}
}

func (s *Spans) has(line int64) bool {
	last := len(s.All) - 1
	return last >= 0 && s.All[last][1] == line
}

// String names a few: "line 3", "lines 3, 5–9 and 20 more".
func (s *Spans) String() string {
	const few = 5
	var named []string
	var count, rest int64
	for i, span := range s.All {
		n := span[1] - span[0] + 1
		count += n
		switch {
		case i >= few:
			rest += n
		case n == 1:
			named = append(named, fmt.Sprint(span[0]))
		default:
			named = append(named, fmt.Sprintf("%d–%d", span[0], span[1]))
		}
	}
	text := "lines "
	if count+s.More == 1 {
		text = "line "
	}
	text += strings.Join(named, ", ")
	if rest += s.More; rest > 0 {
		text += fmt.Sprintf(" and %d more", rest)
	}
	return text
}

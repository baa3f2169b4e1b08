package printable

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// tabStop is the distance of tab stops, in columns.
const tabStop = 4

// Line returns s as text for one row: line breaks and tabs are escaped as the
// rest is. It returns s itself where there is nothing to escape.
func Line(s string) string {
	var c cluster
	n := c.printablePrefix(s)
	if n == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/4 + escapeLen)
	b.WriteString(s[:n])
	for rest := s[n:]; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		if c.take(r, size) {
			b.WriteString(rest[:size])
		} else {
			var buf [escapeLen]byte
			b.Write(appendEscape(buf[:0], rest[:size]))
		}
		rest = rest[size:]
	}
	return b.String()
}

// Block returns s as text for several rows: as [Line], but LF and CRLF break
// lines, and tabs become spaces up to the next multiple of 4 columns. It
// returns s itself where there is nothing to change.
func Block(s string) string {
	if isBlock(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + len(s)/4 + escapeLen)
	for line := range strings.Lines(s) {
		text, ended := strings.CutSuffix(line, "\n")
		if !ended {
			writeExpanded(&b, text)
			break
		}
		writeExpanded(&b, strings.TrimSuffix(text, "\r"))
		b.WriteByte('\n')
	}
	return b.String()
}

// isBlock reports whether s is printable except for line feeds.
func isBlock(s string) bool {
	for line := range strings.Lines(s) {
		var c cluster
		text := strings.TrimSuffix(line, "\n")
		if c.printablePrefix(text) < len(text) {
			return false
		}
	}
	return true
}

// writeExpanded writes a line with its tabs as spaces.
func writeExpanded(b *strings.Builder, line string) {
	column := 0
	for {
		text, rest, tab := strings.Cut(line, "\t")
		text = Line(text)
		b.WriteString(text)
		if !tab {
			return
		}
		column += ansi.StringWidth(text)
		spaces := tabStop - column%tabStop
		b.WriteString(strings.Repeat(" ", spaces))
		column += spaces
		line = rest
	}
}

// Prefix returns Line of the beginning of s: enough to fill so many terminal cells, and a
// little more if s is longer, so that whoever cuts it to cells sees that there is more. Its
// time is proportional to cells, however long s is.
func Prefix(s string, cells int) string {
	var c cluster
	n := 0
	for filled := 0; n < len(s) && filled <= cells; {
		r, size := utf8.DecodeRuneInString(s[n:])
		switch {
		case !c.take(r, size):
			var buf [escapeLen]byte
			filled += len(appendEscape(buf[:0], s[n:n+size]))
		case !combining(r):
			filled++ // some take two cells; counting one only makes the result longer
		}
		n += size
	}
	return Line(s[:n])
}

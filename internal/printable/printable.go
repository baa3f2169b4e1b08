package printable

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// tabStop is the distance of tab stops, in columns.
const tabStop = 4

// Line returns s as text for one row: line breaks and tabs are escaped as the
// rest is. It returns s itself where there is nothing to escape.
func Line(s string) string { return beginning(s, len(s)) }

// beginning returns the first n bytes of s as a row. What follows them counts: it may
// join the last character.
func beginning(s string, n int) string {
	var c cluster
	at := c.printablePrefix(s, n)
	if at == n {
		return s[:n]
	}
	var b strings.Builder
	b.Grow(n + n/4 + escapeLen)
	b.WriteString(s[:at])
	for at < n {
		_, size, shown := c.take(s[at:])
		if shown {
			b.WriteString(s[at : at+size])
		} else {
			var buf [escapeLen]byte
			b.Write(appendEscape(buf[:0], s[at:at+size]))
		}
		at += size
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
		if c.printablePrefix(text, len(text)) < len(text) {
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
		if c.takeASCII(s[n]) {
			filled++
			n++
			continue
		}
		r, size, shown := c.take(s[n:])
		switch {
		case !shown:
			var buf [escapeLen]byte
			filled += len(appendEscape(buf[:0], s[n:n+size]))
		case !combining(r):
			filled++ // some take two cells; counting one only makes the result longer
		}
		n += size
	}
	return beginning(s, n)
}

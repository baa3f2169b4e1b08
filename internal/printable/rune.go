package printable

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// maxMarks is how many combining characters may follow a base. Living scripts
// need three; more is how text is made to run over its neighbours.
const maxMarks = 4

// cluster goes through a text character by character, and knows what is in one cell together.
// The zero value is at the beginning of a text.
type cluster struct {
	room   int    // how many more marks the base takes
	hangul hangul // of the character before
	flag   bool   // the character before is the first half of a flag
	joint  int    // how much of the text is left at a letter that joins those before it; 0 for none
}

// take moves past the first character of rest, which is a text from there to its end.
// It returns the character, its size in bytes, and whether it may be shown as it is.
func (c *cluster) take(rest string) (r rune, size int, shown bool) {
	r, size = utf8.DecodeRuneInString(rest)
	if r == utf8.RuneError && size == 1 || !visible(r) || !c.fits(r, rest[size:]) {
		*c = cluster{}
		return r, size, false
	}
	before := c.hangul
	c.hangul = hangulOf(r)
	switch {
	case !combining(r):
		c.room, c.joint = maxMarks, jointIn(rest, size)
		return r, size, true
	case c.hangul.follows() && !c.hangul.joins(before), c.room == 0:
		*c = cluster{}
		return r, size, false
	case c.joint > 0 && c.joint == len(rest)-size:
		// Terminals that count characters give both letters cells, and others give
		// them to the first alone. An escape in between is the same to all.
		*c = cluster{}
		return r, size, false
	}
	c.room--
	return r, size, true
}

// fits reports whether r takes cells of its own where it stands, in every terminal. The
// text goes on with next.
func (c *cluster) fits(r rune, next string) bool {
	if isRegional(r) {
		second := c.flag
		first, _ := utf8.DecodeRuneInString(next)
		c.flag = !second && isRegional(first)
		return second || c.flag
	}
	c.flag = false
	return c.hangul != hangulL || !hangulOf(r).isBase()
}

// jointIn returns how much of a text is left at a letter that joins the base at its
// beginning, across marks, as consonants of Indian scripts do; 0 where there is none.
func jointIn(rest string, size int) int {
	if next, _ := utf8.DecodeRuneInString(rest[size:]); !combining(next) {
		return 0
	}
	// More marks than maxMarks are escaped, and join nothing.
	group, _ := ansi.FirstGraphemeCluster(rest[:min(len(rest), (maxMarks+2)*utf8.UTFMax)], ansi.GraphemeWidth)
	for i, r := range group {
		if i > 0 && visible(r) && !combining(r) {
			return len(rest) - i
		}
	}
	return 0
}

// takeASCII moves past a character that is as most are, and reports whether it is. It is
// take without what only other characters need.
func (c *cluster) takeASCII(b byte) bool {
	if b < ' ' || b > '~' {
		return false
	}
	*c = cluster{room: maxMarks}
	return true
}

// printablePrefix moves past the characters at the beginning of s that may be
// shown as they are, up to the one that begins at n, and stays before the first that
// may not. It returns their length in bytes.
func (c *cluster) printablePrefix(s string, n int) int {
	for i := 0; i < n; {
		if c.takeASCII(s[i]) {
			i++
			continue
		}
		before := *c
		_, size, shown := c.take(s[i:])
		if !shown {
			*c = before
			return i
		}
		i += size
	}
	return n
}

// visible reports whether r leaves a mark on the screen and does nothing else.
func visible(r rune) bool {
	if r <= '~' {
		return r >= ' '
	}
	// IsPrint has only letters, marks, numbers, punctuation and symbols: no
	// control, format, private or unassigned character, and no space.
	return strconv.IsPrint(r) && !invisible(r)
}

// invisible reports whether r cannot be seen though its category is letter, mark or symbol.
func invisible(r rune) bool {
	switch r {
	case '\u2800', // braille pattern blank
		'\U00016fe4', // Khitan small script filler
		'\U0001d159': // musical symbol null notehead
		return true
	}
	return prepended(r) || disputed(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// combining reports whether r takes no cell of its own after another character: marks, and
// vowels and finals of Hangul.
func combining(r rune) bool {
	return r >= 0x300 && (hangulOf(r).follows() || unicode.In(r, unicode.Mn, unicode.Me))
}

// escapeLen is the length of the longest escape, with the quotes around it.
const escapeLen = len(`'\U0010ffff'`)

// appendEscape appends the escape of a character, or of a byte that is no UTF-8.
func appendEscape(dst []byte, char string) []byte {
	r, size := utf8.DecodeRuneInString(char)
	if r == utf8.RuneError && size == 1 {
		const hex = "0123456789abcdef"
		return append(dst, '\\', 'x', hex[char[0]>>4], hex[char[0]&0xf])
	}
	var buf [escapeLen]byte
	quoted := strconv.AppendQuoteRuneToASCII(buf[:0], r)
	return append(dst, quoted[1:len(quoted)-1]...)
}

package printable

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining characters may follow a base. Living scripts
// need three; more is how text is made to run over its neighbours.
const maxMarks = 4

// cluster goes through a text character by character, and knows which marks have a base. The
// zero value is at the beginning of a text.
type cluster struct {
	room  int  // how many more marks the base takes
	ascii bool // the base is ASCII
}

// take moves past a character, of which utf8.DecodeRune gave r and size, and
// reports whether it may be shown as it is.
func (c *cluster) take(r rune, size int) bool {
	switch {
	case r == utf8.RuneError && size == 1, !visible(r):
		c.room = 0
		return false
	case !combining(r):
		c.room, c.ascii = maxMarks, r <= '~'
		return true
	case c.ascii && !unicode.In(r, unicode.Mn, unicode.Me):
		// Terminals show ASCII as it comes, and give a mark with a width a cell
		// of its own after it. No script has such marks on ASCII.
		c.room = 0
		return false
	case c.room > 0:
		c.room--
		return true
	default:
		return false
	}
}

// printablePrefix moves past the characters at the beginning of s that may be
// shown as they are, and returns their length in bytes.
func (c *cluster) printablePrefix(s string) int {
	for i := 0; i < len(s); {
		if ' ' <= s[i] && s[i] <= '~' {
			c.room, c.ascii = maxMarks, true
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !c.take(r, size) {
			return i
		}
		i += size
	}
	return len(s)
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
	return prepended(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// prepended reports whether r is one of the rare letters that share a cell with the
// character after them in some terminals and not in others: the width of a row with one
// would not be known.
func prepended(r rune) bool {
	switch r {
	case 0xd4e, 0x111c2, 0x111c3, 0x1193f, 0x11941, 0x11d46, 0x11f02:
		return true
	}
	return 0x11a84 <= r && r <= 0x11a89
}

// combining reports whether r joins the character before it: marks, and the
// other characters that take no cell of their own there.
func combining(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r == 0xe33, r == 0xeb3, // Thai and Lao am
		0x1160 <= r && r <= 0x11ff, // Hangul vowels and finals
		0xd7b0 <= r && r <= 0xd7ff,
		0xff9e <= r && r <= 0xff9f,   // halfwidth voiced sound marks
		0x1f3fb <= r && r <= 0x1f3ff: // skin tones
		return true
	default:
		return unicode.Is(unicode.M, r)
	}
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

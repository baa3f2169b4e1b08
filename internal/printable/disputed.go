package printable

import "unicode"

// prepended reports whether r is one of the letters, all of them rare, that
// share a cell with the character after them in some terminals, and not in
// others: a row with one could not be made as wide as it should be.
func prepended(r rune) bool {
	switch r {
	case 0xd4e, 0x111c2, 0x111c3, 0x1193f, 0x11941, 0x11d46, 0x11f02:
		return true
	}
	return 0x11a84 <= r && r <= 0x11a89
}

// disputed reports whether terminals differ in how many cells r takes: those that count
// characters, as tmux and most do, and those that go by what stands together as one.
func disputed(r rune) bool {
	switch {
	case r < 0x900, 0x3250 <= r && r <= 0xa7ff: // most of all texts
		return false
	case unicode.Is(unicode.Mc, r), // vowel signs beside their letter, in Indian scripts
		r == 0xe33, r == 0xeb3, // Thai and Lao am
		0xd7b0 <= r && r <= 0xd7ff,   // old vowels and finals of Hangul
		0xff9e <= r && r <= 0xff9f,   // halfwidth voiced sound marks
		0x1f3fb <= r && r <= 0x1f3ff: // skin tones
		return true
	case 0x2630 <= r && r <= 0x2637, 0x268a <= r && r <= 0x268f, // wide since Unicode 16
		0x1d300 <= r && r <= 0x1d376,
		0x3248 <= r && r <= 0x324f: // wide for the C library of Linux
		return true
	}
	return false
}

// isRegional reports whether r is half of a flag, which has two cells. Alone it has one,
// or two.
func isRegional(r rune) bool { return 0x1f1e6 <= r && r <= 0x1f1ff }

// hangul is what a character is in a Korean syllable that is written in parts, which
// has two cells as a whole.
type hangul uint8

const (
	hangulNone hangul = iota
	hangulL           // a leading consonant
	hangulLV          // a syllable, of two parts
	hangulLVT         // a syllable, of three
	hangulV           // a vowel
	hangulT           // a final consonant
)

func hangulOf(r rune) hangul {
	switch {
	case r < 0x1100 || r > 0xd7a3:
		return hangulNone
	case r < 0x1160, 0xa960 <= r && r <= 0xa97c:
		return hangulL
	case r < 0x11a8:
		return hangulV
	case r <= 0x11ff:
		return hangulT
	case r < 0xac00:
		return hangulNone
	case (r-0xac00)%28 == 0:
		return hangulLV
	default:
		return hangulLVT
	}
}

// isBase reports whether it begins a syllable, unless it joins a leading consonant.
func (h hangul) isBase() bool { return h == hangulL || h == hangulLV || h == hangulLVT }

// follows reports whether it is only ever the rest of a syllable.
func (h hangul) follows() bool { return h == hangulV || h == hangulT }

// joins reports whether it goes on with a syllable that has come as far as before.
func (h hangul) joins(before hangul) bool {
	switch before {
	case hangulL:
		return h == hangulV
	case hangulLV, hangulV:
		return true
	default:
		return h == hangulT && (before == hangulLVT || before == hangulT)
	}
}

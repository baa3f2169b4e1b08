package jolt

import (
	"regexp"
	"strings"
)

// passKey finds a key that holds a password and what begins its value: also one
// that is escaped, in JSON that is quoted in a string of JSON, with the
// backslashes of that before its quotes.
var passKey = regexp.MustCompile(`(?i)(?:p|\\+u00[57]0)(?:a|\\+u00[46]1)(?:s|\\+u00[57]3){2}(?:word)?` +
	`(\\*)("|u0022)\s*(?::|\\+u003a)\s*(\\*(?:"|u0022)|)`)

// MaskPasswords returns text with *** in place of what follows each key pass or
// password, for those who show or store what a broker sent: it, or what is taken
// for it, such as an echo service, may send back a login, whole or in part. It
// finds keys in upper case, escaped, and in JSON that is quoted in a string.
// Where text is malformed, as [BadLine] says of its line, nobody can tell where
// the value ends, and all of the rest goes. Text without such a key comes back as
// it is.
func MaskPasswords(text string, malformed bool) string {
	if !mayNamePass(text) { // takes a tenth of the time
		return text
	}
	keys := passKey.FindAllStringSubmatchIndex(text, -1)
	var b strings.Builder
	at := 0
	for _, key := range keys {
		value := key[1]
		if value < at { // within the value before
			continue
		}
		b.WriteString(text[at:value])
		b.WriteString("***")
		quote, opening := text[key[4]:key[5]], text[key[6]:key[7]]
		switch {
		case malformed, quote != `"`, opening != "" && !strings.HasSuffix(opening, `"`):
			at = len(text)
		case opening != "":
			at = value + quotedLen(text[value:], key[3]-key[2])
		default:
			at = value + plainLen(text[value:])
		}
	}
	b.WriteString(text[at:])
	return b.String()
}

// mayNamePass reports whether passKey might find something.
func mayNamePass(text string) bool {
	for i := 0; i+4 <= len(text); i++ {
		switch text[i] {
		case 'p', 'P':
			if strings.EqualFold(text[i:i+4], "pass") {
				return true
			}
		case '\\':
			if text[i+1:i+4] == "u00" {
				return true
			}
		}
	}
	return false
}

// quotedLen is how long the inside of a string is that is quoted so deep that its
// own quotes have depth backslashes in front of them.
func quotedLen(text string, depth int) int {
	slashes := 0
	for i := range len(text) {
		switch text[i] {
		case '\\':
			slashes++
			continue
		case '"':
			inner := slashes - depth // those of the string itself, each depth+1 long
			if inner >= 0 && inner%(depth+1) == 0 && inner/(depth+1)%2 == 0 {
				return i - depth
			}
		}
		slashes = 0
	}
	return len(text)
}

// plainLen is how long a value is that is no string.
func plainLen(text string) int {
	if end := strings.IndexAny(text, ",}]"); end >= 0 {
		return end
	}
	return len(text)
}

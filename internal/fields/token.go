package fields

import "strings"

// string reads a string with its quotes, as far as the text goes. Escapes are not looked at:
// whoever shows them shows them as they are.
func (s *scanner) string() {
	for s.at++; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case '"':
			s.at++
			return
		case '\\':
			s.at++
		}
	}
	s.at = len(s.text)
}

// word reads true, false or null, or what is left of it in the text.
func (s *scanner) word(c byte) bool {
	word := "null"
	switch c {
	case 't':
		word = "true"
	case 'f':
		word = "false"
	}
	n := min(len(word), len(s.text)-s.at)
	s.at += n
	return s.text[s.at-n:s.at] == word[:n] && !s.inWord()
}

// number reads a number as JSON has it, or what is left of it in the text.
func (s *scanner) number() bool {
	s.skip("-")
	if first := s.at; s.digits() > 1 && s.text[first] == '0' {
		return false
	} else if s.at == first {
		return s.at == len(s.text) // a lone minus at the end
	}
	if s.skip(".") && s.digits() == 0 && s.at < len(s.text) {
		return false
	}
	if s.skip("eE") {
		s.skip("+-")
		if s.digits() == 0 && s.at < len(s.text) {
			return false
		}
	}
	return !s.inWord()
}

// skip moves past one of some characters, if one is next.
func (s *scanner) skip(one string) bool {
	if s.at < len(s.text) && strings.IndexByte(one, s.text[s.at]) >= 0 {
		s.at++
		return true
	}
	return false
}

func (s *scanner) digits() int {
	start := s.at
	for s.at < len(s.text) && '0' <= s.text[s.at] && s.text[s.at] <= '9' {
		s.at++
	}
	return s.at - start
}

// inWord reports whether a number or a word goes on with what cannot follow it, as in 2026-01.
func (s *scanner) inWord() bool {
	if s.at == len(s.text) {
		return false
	}
	switch s.text[s.at] {
	case ',', ']', '}', ' ', '\n', '\r', '\t':
		return false
	case '\\':
		return !s.printable
	default:
		return true
	}
}

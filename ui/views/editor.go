package views

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textarea"
	tea "github.com/charmbracelet/bubbletea"
)

// editor is text with a cursor in it. The text area of bubbles would not do:
// it turns tabs into blanks and drops control characters and every line past
// its 10,000th, and what is published must be what was typed and pasted.
type editor struct {
	text  []rune
	at    int // the cursor stands before text[at]
	bytes int
	limit int // in bytes; 0 is none
	top   int // first line on screen
	rev   int // changes whenever the text does
}

// String returns the text.
func (e *editor) String() string { return string(e.text) }

// set replaces the text and puts the cursor behind it.
func (e *editor) set(text string) {
	e.text = []rune(text)
	e.at, e.bytes = len(e.text), len(text)
	e.rev++
}

// insert adds text at the cursor, unless that would exceed the limit: then it
// changes nothing and reports false.
func (e *editor) insert(text []rune) bool {
	size := byteLen(text)
	if e.limit > 0 && e.bytes+size > e.limit {
		return false
	}
	e.text = slices.Insert(e.text, e.at, text...)
	e.at += len(text)
	e.bytes += size
	e.rev++
	return true
}

// cut removes text[from:to] and leaves the cursor there.
func (e *editor) cut(from, to int) {
	e.bytes -= byteLen(e.text[from:to])
	e.text = slices.Delete(e.text, from, to)
	e.at = from
	e.rev++
}

func byteLen(text []rune) int {
	n := 0
	for _, r := range text {
		if size := utf8.RuneLen(r); size > 0 {
			n += size
		} else {
			n += len(string(utf8.RuneError))
		}
	}
	return n
}

// lineStart and lineEnd bound the line that position i is in.
func (e *editor) lineStart(i int) int {
	for i > 0 && e.text[i-1] != '\n' {
		i--
	}
	return i
}

func (e *editor) lineEnd(i int) int {
	for i < len(e.text) && e.text[i] != '\n' {
		i++
	}
	return i
}

func (e *editor) onFirstLine() bool { return e.lineStart(e.at) == 0 }
func (e *editor) onLastLine() bool  { return e.lineEnd(e.at) == len(e.text) }

// lines is how many lines the text has, at least 1.
func (e *editor) lines() int {
	n := 1
	for _, r := range e.text {
		if r == '\n' {
			n++
		}
	}
	return n
}

// line is the number of the cursor's line, from 0.
func (e *editor) line() int {
	n := 0
	for _, r := range e.text[:e.at] {
		if r == '\n' {
			n++
		}
	}
	return n
}

// edit moves the cursor or deletes, with the keys of bubbles' text area, which
// are those of a shell. It reports whether msg was one of them.
func (e *editor) edit(msg tea.KeyMsg) bool {
	k := textarea.DefaultKeyMap
	switch {
	case key.Matches(msg, k.CharacterBackward):
		e.at = max(e.at-1, 0)
	case key.Matches(msg, k.CharacterForward):
		e.at = min(e.at+1, len(e.text))
	case key.Matches(msg, k.WordBackward):
		e.at = e.wordStart()
	case key.Matches(msg, k.WordForward):
		e.at = e.wordEnd()
	case key.Matches(msg, k.LineStart):
		e.at = e.lineStart(e.at)
	case key.Matches(msg, k.LineEnd):
		e.at = e.lineEnd(e.at)
	case key.Matches(msg, k.InputBegin):
		e.at = 0
	case key.Matches(msg, k.InputEnd):
		e.at = len(e.text)
	case key.Matches(msg, k.LinePrevious):
		e.up()
	case key.Matches(msg, k.LineNext):
		e.down()
	case key.Matches(msg, k.DeleteCharacterBackward):
		e.cut(max(e.at-1, 0), e.at)
	case key.Matches(msg, k.DeleteCharacterForward):
		e.cut(e.at, min(e.at+1, len(e.text)))
	case key.Matches(msg, k.DeleteWordBackward):
		e.cut(e.wordStart(), e.at)
	case key.Matches(msg, k.DeleteWordForward):
		e.cut(e.at, e.wordEnd())
	case key.Matches(msg, k.DeleteBeforeCursor):
		e.cut(e.lineStart(e.at), e.at)
	case key.Matches(msg, k.DeleteAfterCursor):
		e.cut(e.at, e.lineEnd(e.at))
	default:
		return false
	}
	return true
}

func (e *editor) up() {
	start := e.lineStart(e.at)
	if start == 0 {
		return
	}
	above := e.lineStart(start - 1)
	e.at = min(above+e.at-start, start-1)
}

func (e *editor) down() {
	end := e.lineEnd(e.at)
	if end == len(e.text) {
		return
	}
	below := end + 1
	e.at = min(below+e.at-e.lineStart(e.at), e.lineEnd(below))
}

func (e *editor) wordStart() int {
	i := e.at
	for i > 0 && unicode.IsSpace(e.text[i-1]) {
		i--
	}
	for i > 0 && !unicode.IsSpace(e.text[i-1]) {
		i--
	}
	return i
}

func (e *editor) wordEnd() int {
	i := e.at
	for i < len(e.text) && unicode.IsSpace(e.text[i]) {
		i++
	}
	for i < len(e.text) && !unicode.IsSpace(e.text[i]) {
		i++
	}
	return i
}

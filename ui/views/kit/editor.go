package kit

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textarea"
	tea "github.com/charmbracelet/bubbletea"
)

// Editor is text with a cursor in it. The text area of bubbles would not do: it turns tabs
// into blanks and drops control characters and every line past its 10,000th, while a
// message must be published exactly as it was typed or pasted.
type Editor struct {
	Text  []rune
	at    int // the cursor stands before Text[at]
	Bytes int // length of Text in UTF-8
	Limit int // of Bytes; 0 is none
	top   int // first line on screen
	Rev   int // changes whenever the text does
}

// String returns the text.
func (e *Editor) String() string { return string(e.Text) }

// Set replaces the text and puts the cursor behind it.
func (e *Editor) Set(text string) {
	e.Text = []rune(text)
	e.at, e.Bytes = len(e.Text), len(text)
	e.Rev++
}

// Insert adds text at the cursor, unless that would exceed the limit: then it
// changes nothing and reports false.
func (e *Editor) Insert(text []rune) bool {
	size := byteLen(text)
	if e.Limit > 0 && e.Bytes+size > e.Limit {
		return false
	}
	e.Text = slices.Insert(e.Text, e.at, text...)
	e.at += len(text)
	e.Bytes += size
	e.Rev++
	return true
}

// cut removes text[from:to] and leaves the cursor there.
func (e *Editor) cut(from, to int) {
	e.Bytes -= byteLen(e.Text[from:to])
	e.Text = slices.Delete(e.Text, from, to)
	e.at = from
	e.Rev++
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

// lineStart returns where the line begins that position i is in; lineEnd where it ends.
func (e *Editor) lineStart(i int) int {
	for i > 0 && e.Text[i-1] != '\n' {
		i--
	}
	return i
}

func (e *Editor) lineEnd(i int) int {
	for i < len(e.Text) && e.Text[i] != '\n' {
		i++
	}
	return i
}

// OnFirstLine reports whether the cursor is on the first line.
func (e *Editor) OnFirstLine() bool { return e.lineStart(e.at) == 0 }

// OnLastLine reports whether the cursor is on the last line.
func (e *Editor) OnLastLine() bool { return e.lineEnd(e.at) == len(e.Text) }

// Lines returns how many lines the text has, at least 1.
func (e *Editor) Lines() int {
	n := 1
	for _, r := range e.Text {
		if r == '\n' {
			n++
		}
	}
	return n
}

// line returns the number of the cursor's line, from 0.
func (e *Editor) line() int {
	n := 0
	for _, r := range e.Text[:e.at] {
		if r == '\n' {
			n++
		}
	}
	return n
}

// Edit moves the cursor or deletes, with the keys of bubbles' text area, which
// are those of a shell. It reports whether msg was one of them.
func (e *Editor) Edit(msg tea.KeyMsg) bool {
	k := textarea.DefaultKeyMap
	switch {
	case key.Matches(msg, k.CharacterBackward):
		e.at = max(e.at-1, 0)
	case key.Matches(msg, k.CharacterForward):
		e.at = min(e.at+1, len(e.Text))
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
		e.at = len(e.Text)
	case key.Matches(msg, k.LinePrevious):
		e.up()
	case key.Matches(msg, k.LineNext):
		e.down()
	case key.Matches(msg, k.DeleteCharacterBackward):
		e.cut(max(e.at-1, 0), e.at)
	case key.Matches(msg, k.DeleteCharacterForward):
		e.cut(e.at, min(e.at+1, len(e.Text)))
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

func (e *Editor) up() {
	start := e.lineStart(e.at)
	if start == 0 {
		return
	}
	above := e.lineStart(start - 1)
	e.at = min(above+e.at-start, start-1)
}

func (e *Editor) down() {
	end := e.lineEnd(e.at)
	if end == len(e.Text) {
		return
	}
	below := end + 1
	e.at = min(below+e.at-e.lineStart(e.at), e.lineEnd(below))
}

func (e *Editor) wordStart() int {
	i := e.at
	for i > 0 && unicode.IsSpace(e.Text[i-1]) {
		i--
	}
	for i > 0 && !unicode.IsSpace(e.Text[i-1]) {
		i--
	}
	return i
}

func (e *Editor) wordEnd() int {
	i := e.at
	for i < len(e.Text) && unicode.IsSpace(e.Text[i]) {
		i++
	}
	for i < len(e.Text) && !unicode.IsSpace(e.Text[i]) {
		i++
	}
	return i
}

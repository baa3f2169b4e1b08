package jsontree

import (
	"fmt"
	"math"
)

// SyntaxError says where a text stops being JSON, and why.
type SyntaxError struct {
	Offset int    // in bytes, from 0
	Text   string // what is wrong there
}

// Error returns "byte OFFSET: TEXT".
func (e *SyntaxError) Error() string { return fmt.Sprintf("byte %d: %s", e.Offset, e.Text) }

// Parse finds the structure of a text. With a limit above 0 it stops once it
// has read so many bytes; nodes have the same numbers whatever the limit is.
func Parse(text string, limit int) *Tree {
	p := parser{Tree: Tree{text: text}, open: None, last: None}
	if len(text) > math.MaxInt32-1 {
		p.fail(0, "a text of 2 GiB and more cannot be laid out")
		return &p.Tree
	}
	p.parse(limit)
	if p.key > 0 { // a field without its value is no part of the tree
		p.read = p.key
	}
	t := p.Tree
	return &t
}

// state is what may come next in the text.
type state uint8

const (
	wantValue        state = iota // a value
	wantValueOrClose              // a value, or the end of an array that has begun
	wantKeyOrClose                // a key, or the end of an object that has begun
	wantKey                       // a key
	wantMore                      // a comma, or the end of what is open
	wantNothing                   // white space
)

// parser builds a tree. It has no stack of open objects and arrays: each node knows its
// parent.
type parser struct {
	Tree
	state       state
	open        int // the innermost object or array, or None
	last        int // the value before the next one in it, or None
	key, keyEnd int // the name of the field whose value comes next; 0 if there is none
}

func (p *parser) parse(limit int) {
	for p.err == nil {
		p.skipSpace()
		switch {
		case p.read == len(p.text):
			p.finish()
			return
		case limit > 0 && p.read >= limit:
			return
		}
		p.step(p.text[p.read])
	}
}

// finish says what is missing at the end of the text.
func (p *parser) finish() {
	switch p.state {
	case wantNothing:
	case wantMore:
		p.fail(p.read, "the text ends before what is open is closed")
	case wantKey, wantKeyOrClose:
		p.fail(p.read, "the text ends where a field could begin")
	default:
		p.fail(p.read, "the text ends where a value should be")
	}
}

func (p *parser) skipSpace() {
	for p.read < len(p.text) {
		switch p.text[p.read] {
		case ' ', '\t', '\n', '\r':
			p.read++
		default:
			return
		}
	}
}

// step reads the token that begins with c.
func (p *parser) step(c byte) {
	closes := c == ']' && p.state == wantValueOrClose || c == '}' && p.state == wantKeyOrClose ||
		p.state == wantMore && (c == ']' || c == '}') && c == p.closer()
	switch {
	case closes:
		p.close()
	case p.state == wantNothing:
		p.fail(p.read, "the value is over, and more text follows")
	case p.state == wantMore && c == ',':
		p.read++
		p.state = wantValue
		if p.closer() == '}' {
			p.state = wantKey
		}
	case p.state == wantMore:
		p.fail(p.read, fmt.Sprintf("expected a comma or %c", p.closer()))
	case p.state == wantKey, p.state == wantKeyOrClose:
		p.field(c)
	default:
		p.value(c)
	}
}

// closer returns the bracket that ends the innermost object or array.
func (p *parser) closer() byte {
	if p.text[p.Node(p.open).Start] == '{' {
		return '}'
	}
	return ']'
}

// field reads a key and its colon.
func (p *parser) field(c byte) {
	if c != '"' {
		p.fail(p.read, "expected a field's name in quotes")
		return
	}
	end, err := stringEnd(p.text, p.read)
	if err != nil {
		p.err = err
		return
	}
	key := p.read
	p.read = end
	p.skipSpace()
	if p.read == len(p.text) || p.text[p.read] != ':' {
		p.fail(p.read, "expected a colon after a field's name")
		p.key = key
		return
	}
	p.read++
	p.key, p.keyEnd, p.state = key, end, wantValue
}

// value reads a whole simple value, or the beginning of an object or array.
func (p *parser) value(c byte) {
	var end int
	var err *SyntaxError
	switch c {
	case '{', '[':
		p.begin(c)
		return
	case '"':
		end, err = stringEnd(p.text, p.read)
	default:
		end, err = simpleEnd(p.text, p.read)
	}
	if err != nil {
		p.err = err
		return
	}
	n := p.add()
	node := p.Node(n)
	node.End, node.Next = int32(end), int32(n+1)
	p.read = end
	p.valueOver(n)
}

func (p *parser) begin(c byte) {
	p.open, p.last = p.add(), None
	p.read++
	p.state = wantValueOrClose
	if c == '{' {
		p.state = wantKeyOrClose
	}
}

// close ends the innermost object or array.
func (p *parser) close() {
	p.read++
	n := p.open
	node := p.Node(n)
	node.End, node.Next = int32(p.read), int32(p.len)
	p.open = int(node.Parent)
	p.valueOver(n)
}

func (p *parser) valueOver(n int) {
	p.last, p.state = n, wantMore
	if p.open == None {
		p.state = wantNothing
	}
}

// add makes a node of the value that begins here.
func (p *parser) add() int {
	node := Node{
		Key: int32(p.key), KeyEnd: int32(p.keyEnd), Start: int32(p.read),
		Parent: int32(p.open), Prev: int32(p.last), Last: None,
	}
	p.key, p.keyEnd = 0, 0
	n := p.len
	if p.open != None {
		parent := p.Node(p.open)
		parent.Last, node.Depth = int32(n), parent.Depth+1
	}
	if p.last != None {
		node.Index = p.Node(p.last).Index + 1
	}
	if n%chunkLen == 0 {
		p.chunks = append(p.chunks, make([]Node, 0, chunkSize(n, 64, chunkLen)))
	}
	chunk := &p.chunks[n/chunkLen]
	*chunk = append(*chunk, node)
	p.len++
	return n
}

// chunkSize returns first for n 0, else others: the first chunk begins small and grows, since
// most texts are small.
func chunkSize(n, first, others int) int {
	if n == 0 {
		return first
	}
	return others
}

func (p *parser) fail(offset int, text string) { p.err = &SyntaxError{offset, text} }

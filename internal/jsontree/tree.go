package jsontree

import (
	"cmp"
	"sort"
)

// None stands for the number of a node where there is none.
const None = -1

// Kind is the kind of a value.
type Kind uint8

// The kinds of value.
const (
	Object Kind = iota + 1
	Array
	String
	Number
	Literal // true, false, null
)

// String names the kind.
func (k Kind) String() string {
	return [...]string{"nothing", Object: "object", Array: "array", String: "string", Number: "number", Literal: "literal"}[k]
}

// Node is a value in the text. Nodes have numbers in the order in which they
// begin; the root is 0. All offsets are in bytes.
type Node struct {
	Key, KeyEnd int32 // the field's name, with its quotes; both 0 if it is no field
	Start, End  int32 // the value; End is 0 while an object or array has no end
	Parent      int32 // or None
	Prev        int32 // the value before this one in the same parent, or None
	Last        int32 // the last value in an object or array, or None
	Next        int32 // the node after this one and all in it; 0 while End is 0
	Index       int32 // position in the parent, from 0
	Depth       int32 // how many nodes are around this one
}

// Begin returns where the field begins, or the value of a node that is no field.
func (n *Node) Begin() int {
	if n.Key > 0 {
		return int(n.Key)
	}
	return int(n.Start)
}

// Tree is the structure of a text. It is immutable, and safe for concurrent use. A node
// takes 40 bytes: for the densest text, "[1,1,1…", that is twenty times the text.
type Tree struct {
	text   string
	chunks [][]Node
	len    int
	read   int
	err    *SyntaxError
}

// chunkLen is how many nodes are allocated at a time. A single slice would be copied as it
// grows, which is 80 MB for a text of 4 MiB.
const chunkLen = 4096

// Text returns the text of the tree.
func (t *Tree) Text() string { return t.text }

// Len returns how many nodes there are.
func (t *Tree) Len() int { return t.len }

// Read returns how many bytes of the text the tree covers: all of them, or those
// before a mistake or a limit.
func (t *Tree) Read() int { return t.read }

// Whole reports whether the text is one JSON value and nothing else.
func (t *Tree) Whole() bool { return t.err == nil && t.read == len(t.text) && t.len > 0 }

// Err returns why the text is no JSON from [Tree.Read] on; nil if there is no
// mistake so far.
func (t *Tree) Err() *SyntaxError { return t.err }

// Node returns a node by its number. The caller must not change it.
func (t *Tree) Node(n int) *Node { return &t.chunks[n/chunkLen][n%chunkLen] }

// Kind returns the kind of the value of a node.
func (t *Tree) Kind(n int) Kind {
	switch c := t.text[t.Node(n).Start]; c {
	case '{':
		return Object
	case '[':
		return Array
	case '"':
		return String
	case 't', 'f', 'n':
		return Literal
	default:
		return Number
	}
}

// Count returns how many fields or items of an object or array were read.
func (t *Tree) Count(n int) int {
	if last := int(t.Node(n).Last); last != None {
		return int(t.Node(last).Index) + 1
	}
	return 0
}

// Value returns the value of a node as it stands in the text; if it has no end, as far as it
// was read.
func (t *Tree) Value(n int) string {
	node := t.Node(n)
	if node.End == 0 {
		return t.text[node.Start:t.read]
	}
	return t.text[node.Start:node.End]
}

// Key returns the name of a field as it stands in the text, with its quotes; "" for a node
// that is no field.
func (t *Tree) Key(n int) string {
	node := t.Node(n)
	return t.text[node.Key:node.KeyEnd]
}

// First returns the first value in an object or array, or None.
func (t *Tree) First(n int) int {
	if t.Node(n).Last == None {
		return None
	}
	return n + 1
}

// After returns the value after this one in the same parent, or None.
func (t *Tree) After(n int) int {
	node := t.Node(n)
	next := int(node.Next)
	if next == 0 || next >= t.len || t.Node(next).Parent != node.Parent {
		return None
	}
	return next
}

// Find returns the node at an offset: the last one that begins there or before
// it, or the one around those that ended. It is None only in an empty tree.
func (t *Tree) Find(offset int) int {
	n := sort.Search(t.len, func(n int) bool { return t.Node(n).Begin() > offset }) - 1
	if n < 0 {
		return min(t.len, 1) - 1
	}
	for n != 0 && t.ends(n) <= offset {
		n = int(t.Node(n).Parent)
	}
	return n
}

func (t *Tree) ends(n int) int { return cmp.Or(int(t.Node(n).End), t.read+1) }

// Package jsontree finds the structure of a JSON text and leaves the text as it is: a node
// says where a value stands, and what it is part of. Numbers that no float holds,
// duplicate keys, escapes and the order of fields stay as they came.
//
// Text of any kind can be parsed: what stands before the first mistake is in the tree.
// Nothing is recursive, so deep nesting cannot exhaust the stack.
//
// It imports the standard library only. Begin reading with tree.go; parse.go builds the
// tree.
package jsontree

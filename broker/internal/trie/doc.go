// Package trie finds, of those who want patterns of topics, the ones who want a topic. What
// a pattern is, package internal/pattern says.
package trie

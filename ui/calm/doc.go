// Package calm decides when a pane that nobody needs may give its rows to others, and when
// it takes them back. It is pure: the time comes with each look ([Sight]).
//
// It imports nothing of joltui. Everything is in pane.go; begin with Pane.See.
package calm

// Package topics is the list of topics: each with its rate, what is new on it and what is
// wrong with it, in one of several orders, flat or as a tree. The question for topics to
// subscribe to is here as well.
//
// It may import the internal packages, keys, kit and intent, but no other pane. Begin
// reading with pane.go; list.go says which rows there are, row.go draws one.
package topics

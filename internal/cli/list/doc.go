// Package list has the commands that print a list which a broker tells of itself: joltui
// topics and joltui clients. A [listing] is what differs between them: columns, orders,
// cells.
//
// The package may import monitor, system, connect, complete, and what all commands need:
// exit, process, arg. Begin reading with list.go, then topics.go; print.go draws the table.
package list

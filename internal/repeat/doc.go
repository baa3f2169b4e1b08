// Package repeat does the same thing again and again: a number of times, at an interval,
// until it is told to stop. A [Plan] says how often; it is also read from text, as users
// type it.
//
// It imports the standard library only. Everything is in plan.go.
package repeat

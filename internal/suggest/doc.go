// Package suggest finds the name that a user probably meant who mistyped one, for errors
// that end in "did you mean …?".
//
// It imports the standard library only. Everything is in suggest.go.
package suggest

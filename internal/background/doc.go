// Package background finds out whether a terminal has a dark background. It asks the
// terminal, and picks the answer out of the keys that are typed meanwhile: nobody waits
// for a terminal that does not answer, and no key is lost. It imports nothing of joltui. Begin
// reading at [Keys].
package background

// Package printable makes untrusted text safe for a terminal. What cannot be
// seen, or would act on the terminal, becomes a visible escape in Go's syntax.
//
// It is an allow-list: letters, marks, numbers, punctuation, symbols and the
// ASCII space stay; all else is escaped. That covers escape sequences (C0, DEL,
// C1), invalid UTF-8, bidi controls, invisible characters, every other kind of
// space, private use and what Unicode has not assigned. Marks stay only on a
// base, and only a few of them, so that they never pile up over other rows.
//
// Backslashes in the text stay as they are: the result is for reading, and
// cannot be converted back.
//
// It imports no other package of this module. Begin reading with printable.go; rune.go decides
// which characters may be shown.
package printable

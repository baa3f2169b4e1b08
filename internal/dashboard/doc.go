// Package dashboard is what surrounds a dashboard of package ui in a terminal: the
// display, which takes frames at the terminal's pace, the recorder, the files in which
// preferences, groups and topics are kept, other programs that have the terminal for a
// while, and the signals of a shell.
//
// It may import everything but cli, which decides by flags and profiles what is shown.
// Begin reading with run.go, which shows a broker, or play.go, which shows a recording.
package dashboard

// Package quietstart, imported for its effect, keeps Bubble Tea from asking the terminal
// for its colours as soon as it is imported (v1.3.10, tea_init.go). That question is
// asked by commands that draw nothing as well, waits for 5 s where nobody answers, and
// takes what was typed ahead for the answer.
//
// Package first sets a variable before Bubble Tea is initialised; this one, which is
// initialised after it, takes the variable away before main begins.
package quietstart

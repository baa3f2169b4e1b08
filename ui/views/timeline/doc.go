// Package timeline draws a recording that is played from its beginning to its end: how many
// messages there are where, where some are missing, what is marked, and where one is.
//
// It may import record, for the state of the player, human and kit. Everything is in view.go;
// begin with View.
package timeline

// Package loop is what lies between Bubble Tea and the dashboard, in both directions.
// [Pump] brings events from the client's reader goroutine to the program, at most one
// [Batch] a frame, within a memory bound. [Pace] draws no faster than the terminal takes
// it, still (unexported) keeps an unchanged window from being drawn again, and [Guard]
// gives the terminal back after a panic.
//
// It may import jolt, for its events, and printable; it knows no pane and no feed. Begin
// reading with pump.go.
package loop

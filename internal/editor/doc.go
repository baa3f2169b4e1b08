// Package editor runs the editor that VISUAL or EDITOR name, on the terminal of the
// dashboard. It imports nothing of joltui. Begin reading at [Program].
package editor

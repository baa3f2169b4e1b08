// Package inherit keeps what is only this process's from programs that it starts. It
// imports nothing of joltui.
package inherit

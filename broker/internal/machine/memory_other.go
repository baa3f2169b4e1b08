//go:build !linux

package machine

// Memory is not known on other systems.
func Memory() int { return unknown }

//go:build !linux

package broker

// memoryThere is not known on other systems.
func memoryThere() int { return unknownMemory }

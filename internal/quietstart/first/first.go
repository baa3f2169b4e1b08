package first

import "syscall"

// variable keeps termenv (v0.16.0) from asking the terminal anything, by its own rule
// for builds that run unattended.
const variable = "CI"

// The user may have it without a value, which counts for not having it.
var held, empty = hold() // before init of any other package

func hold() (held, empty bool) {
	value, found := syscall.Getenv(variable)
	if value != "" {
		return false, false
	}
	return syscall.Setenv(variable, "1") == nil, found
}

// Release makes the variable again what it was.
func Release() {
	switch {
	case !held:
	case empty:
		_ = syscall.Setenv(variable, "") // has worked before
	default:
		_ = syscall.Unsetenv(variable)
	}
	held = false
}

//go:build !linux

package load

// newSleeper returns the runtime's own sleep, which is exact enough elsewhere.
func newSleeper() sleeper { return runtimeSleeper{} }

//go:build !unix

package process

// SurvivePipes does nothing where there is no SIGPIPE.
func SurvivePipes() {}

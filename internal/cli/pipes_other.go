//go:build !unix

package cli

// survivePipes does nothing where there is no SIGPIPE.
func survivePipes() {}

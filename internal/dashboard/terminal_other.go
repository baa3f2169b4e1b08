//go:build !unix

package dashboard

import "os"

// hungUp reports whether a terminal is gone, where that can be told.
func hungUp(*os.File) bool { return false }

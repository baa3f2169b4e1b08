//go:build !unix

package heed

import "os"

// Continued does nothing: processes are not stopped here.
func Continued(chan<- os.Signal) {}

// Package heed has signals handled, but for those that were ignored when the process
// began: under nohup SIGHUP, in the background of a script SIGINT. It imports the standard
// library only. Begin reading with heed.go.
package heed

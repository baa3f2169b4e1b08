// Package paths completes the path of a file while it is typed. A folder is read in a
// command, because Update must not wait for a disk; of several answers only the one to the
// latest question counts.
//
// It may import human and kit. Begin reading with typed.go.
package paths

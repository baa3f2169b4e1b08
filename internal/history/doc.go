// Package history keeps what was published, for the next run: a file with one JSON object
// a line, the oldest first, which several processes may share. What cannot be written at
// the moment waits in memory.
//
// It may import atomicfile. Begin reading with file.go; pending.go is what waits.
package history

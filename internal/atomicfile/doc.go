// Package atomicfile changes files so that a crash or a full disk never leaves half of a
// change: a file is replaced as a whole, or made longer by all of a text or by nothing.
//
// It imports the standard library only. Begin reading with write.go; append.go is the
// other half.
package atomicfile

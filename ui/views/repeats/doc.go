// Package repeats words how far a repeated publish is. The log, the publish box and the
// header use the same words, and none of them may import another.
//
// It may import feed, human, jolt, printable and kit. Everything is in repeats.go.
package repeats

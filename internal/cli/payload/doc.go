// Package payload makes the messages that pub and req publish: of an argument, a file,
// stdin, each line of either, or a template.
//
// The package may import exit, process, arg, publisher and record. It has one file,
// payloads.go.
package payload

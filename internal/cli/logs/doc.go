// Package logs is what commands that serve log to: slog, as text or as JSON, made printable,
// and written on a goroutine of its own, so that a log that nobody reads stops no server.
//
// The package may import exit and printable. Begin reading with logs.go; pipe.go drops what
// nobody reads, and says so.
package logs

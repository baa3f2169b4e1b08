// Package template makes payloads that differ from one another: each time that a text such
// as
//
//	{"id":{{.Count}},"at":"{{.Time}}","key":"{{.UUID}}","amount":{{.Random 1 100}}}
//
// is executed, what is between the braces is replaced by another value:
//
//	{{.Count}}           the number of the message, from 1
//	{{.Time}}            now, as RFC 3339 with milliseconds, in UTC
//	{{.Time.Unix}}       now, in seconds since 1970; also .UnixMilli and .UnixNano
//	{{.Time.Format "…"}} now, in a layout of Go's package time
//	{{.UUID}}            a random UUID (version 4)
//	{{.Random}}          a random number from 0 to 999999999
//	{{.Random 1 100}}    a random number from 1 to 100, both included
//
// The language is that of text/template, as far as it can neither run long nor grow large:
// there is {{if}} with eq, ne, lt, le, gt, ge, and, or, not, there is printf with widths
// below 1000, and there are no loops, variables or templates within templates.
//
// The package imports no other one of this module. Begin reading with template.go;
// check.go refuses what the language leaves out, values.go has the values.
package template

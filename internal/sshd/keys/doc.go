// Package keys says who may log in over SSH, and what they may do then. It reads a file in the
// format of OpenSSH's authorized_keys, with options of its own, and checks certificates whose
// authority is in that file.
//
// The file is trusted as a whole or not at all: a line that cannot be read, an option that is
// not known here, a name that two lines have, each refuses the file. An option that is passed
// over would be a limit that somebody relies on and that does not exist.
//
// It may import internal/bom, internal/printable and internal/topiclist. Begin reading with
// viewer.go; parse.go reads a file, line.go and options.go one line of it, admit.go and
// certificate.go decide, file.go reads the file again.
package keys

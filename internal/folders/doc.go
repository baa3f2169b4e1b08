// Package folders says where joltui keeps files of its user: the folders of the XDG base
// directories, or of the system where it has others. It imports nothing of joltui.
// Begin reading at [Config].
package folders

// Package palette is the page that finds an action or a command by what is typed, asks for
// its arguments, and runs it. What can be run is given to it as [Command] values.
//
// It may import the internal packages, keys and kit, but no other pane. Begin reading with
// page.go; rows.go finds and ranks the commands.
package palette

// Package help is the page that lists all keys, in columns, and searches them. What it
// shows is made from the actions of the whole dashboard, as [Group] values.
//
// It may import the internal packages, keys and kit, but no other pane. Begin reading with
// page.go.
package help

// Package recordings is the page that lists the recordings in the folder where they go, the
// newest first, and asks for one to be played.
//
// It may import the internal packages, keys and kit, but no other pane. Begin reading with
// page.go.
package recordings

// Package profiles is the page that lists the profiles of the configuration file, tries
// their connections, and asks the dashboard to switch to one, to add one, or to edit the
// file.
//
// It may import the internal packages, jolt, keys and kit, but no other pane. Begin
// reading with page.go; question.go asks for a new profile.
package profiles

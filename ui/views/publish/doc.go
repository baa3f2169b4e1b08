// Package publish is the box in which messages are written and sent: a topic, an editor
// for the payload, a check of its JSON or of its template, a history, and the questions
// about sending it again and again.
//
// It may import the internal packages, keys, kit, intent and repeats, but no other pane.
// Begin reading with box.go; send.go is what happens at the key that sends.
package publish

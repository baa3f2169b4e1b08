// Package ui is the dashboard: a Bubble Tea program that shows what happens on a broker's
// topics, and lets the user subscribe and publish.
//
// [Model] is the only tea.Model of the program. It routes: a key to the pane or action
// that it is for, an intent of a pane to the feature that carries it out, a message to the
// feature whose command brought it. The panes, below ui/views, are plain values with
// methods. What happens on the connection reaches the model as a [loop.Batch], which a
// [loop.Pump] makes of a client's events. What the user asks for leaves it as a command
// that calls the [Client], and its outcome comes back in a batch. So the whole dashboard
// can be driven without a network: send it batches and keys.
//
// The package may import everything but cli. Begin reading with model.go, then
// features.go: each feature (publishing, subscribing, recording, …) has a file of its own.
package ui

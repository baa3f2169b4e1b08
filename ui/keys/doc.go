// Package keys knows what a user can do: each [Action] is one record, with its name, the
// keys that do it, where they work, what it does in words, and what it runs. The footer,
// the help, the palette, the mouse and the configuration of keys are made from these
// records and from nothing else, so they tell the truth.
//
// A pane or a feature lists its own actions as a [Set] for its own type; the dashboard
// puts all sets together in a [Table]. Begin reading with action.go. The package may
// import feed and kit.
package keys

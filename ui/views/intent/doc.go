// Package intent has the intents that more than one pane asks for, such as [Inspect],
// [Diff] and [Copy], and the question for a filter, which more than one pane asks. An
// intent of a single pane is in the package of that pane; [kit.Ask], [kit.Do] and
// [kit.Leave] are in kit.
//
// It may import feed and kit, and no pane. Begin reading with intent.go.
package intent

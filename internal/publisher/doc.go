// Package publisher publishes a stream of messages and counts what becomes of each. It
// is what joltui pub, joltui replay --publish, and whoever else publishes the one message
// after the other have in common: where messages come from, how fast they go, and how
// the outcomes are told, is theirs.
//
// Begin reading at [Publisher.Publish]. The package knows jolt and nothing else.
package publisher

// Package monitor keeps up with what a broker tells of itself on its $SYS topics: its
// state, the topics and the connections that it has, and what happens to them. A [Monitor]
// has a connection of its own, so that what it hears is neither counted, recorded nor shown
// among the messages that a user has asked for. docs/PROTOCOL.md describes the topics.
//
// It may import jolt, internal/human and internal/system. Begin reading at [Snapshot].
package monitor

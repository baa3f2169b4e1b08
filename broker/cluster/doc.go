// Package cluster says through which cluster of NATS several brokers share what is
// published, so that each serves the clients of all. It checks that, and reads the files it
// names; internal/stream, which it may import, does the rest. docs/CLUSTER.md of the
// repository says what is promised. Begin reading with Config.
package cluster

// Package stream shares what brokers publish through one stream of NATS JetStream, so
// that several of them serve the clients of one another.
//
// What is published goes into blocks. There is one block under way at a time; all that
// is published meanwhile goes into the next. A block is acknowledged when a quorum of
// the stream's replicas has stored it; one that is not acknowledged is published again
// with the same id, which the stream stores once. Each engine reads the whole stream in
// order, and goes on where it was after its connection was lost. Where the stream no
// longer has what comes next, that is told: it is never passed over in silence.
//
// block.go encodes, publisher.go publishes, gather.go waits for more to be in a block, cursor.go knows what comes next,
// engine.go keeps a connection and reads, health.go knows how it does, lag.go how far behind it is, stats.go counts; conn.go is what a
// connection has to do, nats.go and follow.go do it, setup.go makes or checks the stream,
// and config.go says where it is.
package stream

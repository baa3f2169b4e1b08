// Package load puts a load on a Jolt broker and measures what comes of it: how
// long acknowledgements take, how long messages take to reach each subscriber,
// how many of both there are in a second, and exactly how many messages were
// lost, came twice or came out of order.
//
// # What is sent
//
// Each publisher has a connection of its own and publishes to all topics in
// turn. Each subscriber has one too, and subscribes to all topics, so that it
// is owed every message that was acknowledged. A payload begins with a header:
// run, publisher, number and the time at which the message was due. The rest is
// filler that JSON does not have to escape.
//
// # What is measured
//
// Publishers and subscribers are in one process, so all times are of one clock.
// A latency begins when the message was due. With a rate that is what the rate
// says, whether it could be sent then or not: a broker that stalls for a second
// delays all messages of that second, and they all count ("coordinated
// omission" is leaving them out). Without a rate a message is due when its
// publisher's window has room: the latencies are those of a broker that is
// given as much as it takes. A latency ends when the read that brought the
// reply, or the message, returned.
//
// The warm-up is a run of its own on the same connections, and is thrown away.
// After the last outcome subscribers have time for what is still under way, and
// what has not come by then is lost. What a publisher knows no outcome of, and
// what was rejected or never sent, is owed to nobody.
//
// The package may import jolt, and nothing that draws. Begin reading with run.go; publisher.go
// and subscriber.go are the two ends, tracker.go knows what was lost.
package load

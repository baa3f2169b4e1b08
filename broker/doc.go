// Package broker is the message broker behind "joltui broker": it speaks the
// Jolt protocol as package jolt describes it. Everything is in memory; nothing
// is stored, and delivery is at most once.
//
//	b, err := broker.New(broker.Config{})
//	ln, err := net.Listen("tcp", cfg.Addr())
//	err = b.Serve(ctx, ln) // until ctx ends; then delivers what is queued
//
// # Configuration
//
// [LoadConfig] reads a JSON file. Every key may be left out; the limits below
// show the defaults. The reading is strict: an unknown key, a key that comes
// twice or a value out of range is an error that names the line.
//
//	{
//	  "host": "127.0.0.1",
//	  "port": 8080,
//	  "security": true,
//	  "users": [
//	    {"name": "admin", "password_hash": "pbkdf2-sha256$600000$…$…", "permissions": ["admin"]},
//	    {"name": "alice", "password_hash": "pbkdf2-sha256$600000$…$…",
//	     "permissions": ["publish:orders.eu", "subscribe:orders.eu"]}
//	  ],
//	  "tls": {"cert": "cert.pem", "key": "key.pem", "client_ca": "clients.pem"},
//	  "limits": {
//	    "line_bytes": 1048576,  "topic_bytes": 256,    "connections": 10000,
//	    "queue_bytes": 8388608, "queue_stall": "10s",  "auth_timeout": "5s",
//	    "drain": "10s"
//	  }
//	}
//
// # Guarantees
//
// Every request gets exactly one reply, in order. A message that was
// acknowledged is in the queue of each connection subscribed at that moment,
// exactly once and in its publisher's order, its payload escaped as the
// publisher has escaped it, and after the reply to an unsub
// none comes for that topic. The publisher's own copy may come before the
// acknowledgement.
//
// Each connection has one queue for replies and messages; one that grows past
// [Limits.QueueBytes], or from which the peer takes nothing for
// [Limits.QueueStall], ends its own connection with a slow_consumer error and
// disturbs no other. A publisher does not wait for subscribers that have
// stalled for half a second. Those that read, but are more than half their limit
// behind, can slow it down to 13 MB/s, and hold it up for a second when their
// queues are nearly full; see pace.go.
//
// # Map of the package
//
// broker.go serves and shuts down, accept.go lets connections in; session.go is
// one of them and requests.go its operations; lines.go cuts the input, burst.go
// gathers what one read publishes, registry.go knows the subscribers of each
// topic; outbox.go is the queue of one connection, which writer.go empties, and
// buffers.go the memory for what is queued;
// pace.go slows down publishers that are too fast; access.go and password.go
// decide who may do what; config.go, parse.go and strict.go read the
// configuration, and reload.go takes over another one; tls.go encrypts, on
// unbroken.go.
package broker

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
//	  "name": "eu-1",
//	  "security": true,
//	  "users": [
//	    {"name": "admin", "password_hash": "pbkdf2-sha256$600000$…$…", "permissions": ["admin"]},
//	    {"name": "alice", "password_hash": "pbkdf2-sha256$600000$…$…",
//	     "permissions": ["publish:orders.eu", "subscribe:orders.eu"]}
//	  ],
//	  "patterns": false,
//	  "last_value": ["config.>", "state.*"],
//	  "tls": {"cert": "cert.pem", "key": "key.pem", "client_ca": "clients.pem"},
//	  "limits": {
//	    "line_bytes": 1048576,  "topic_bytes": 256,    "topics": 100000,
//	    "connections": 10000,   "admin_connections": 4,
//	    "address_connections": 10000, "user_connections": 10000, "user_requests": 0,
//	    "queue_bytes": 8388608, "queue_stall": "10s",  "pace_bytes": 13000000,
//	    "last_value_bytes": 4194304,
//	    "auth_timeout": "5s",   "idle_timeout": "0s",  "drain": "10s"
//	  }
//	}
//
// With "engine" several brokers share what is published through NATS; package cluster has
// its keys, which docs/CLUSTER.md of the repository explains.
//
// "memory_bytes" is another limit, by default a part of what the machine has.
//
// # Guarantees
//
// Every request gets exactly one reply, in order. A message that was
// acknowledged is in the queue of each connection subscribed at that moment,
// exactly once and in its publisher's order, its topic and payload escaped as the
// publisher has escaped them, in whatever shape the request was, and after the reply to
// an unsub none comes for that topic. The publisher's own copy may come before the
// acknowledgement.
//
// A request that is refused is told a code and why. Texts that are about a login have
// "auth" in them, and no others: clients tell by it that they have to log in.
//
// What the machine has received is carried out, in order, whatever becomes of the
// replies: when the client has gone, is cut off, or the broker shuts down.
//
// Each connection has one queue for replies and messages; one that grows past
// [Limits.QueueBytes], or from which the peer takes nothing for
// [Limits.QueueStall], ends its own connection with a slow_consumer error, for which
// it is given half a minute, and disturbs no other. A publish waits, before it is queued,
// for subscribers whose queues are nearly full, as long as they read
// [Limits.PaceBytes] a second; for those that read less, no longer than that allows,
// and for a second in a minute. See pace.go.
//
// A user whose rights are taken away by [Broker.Reload] is disconnected at once:
// nothing that it has sent is carried out after that, and nothing more is delivered.
//
// # System topics
//
// Names that begin with $SYS. are the broker's own: it tells there of itself, its topics,
// its clients and what happens. docs/PROTOCOL.md of the repository describes them.
//
// # Map of the package
//
// broker.go serves and shuts down, accept.go lets connections in and census.go counts
// them; session.go is one of them, and ends.go how it ends, auth.go its logins and requests.go its
// other operations, dialects.go what other clients call those, refusal.go says why something is not
// carried out, and counts that; arrivals.go is what it reads from, lines.go cuts that, firstline.go turns
// away other protocols; burst.go gathers what one read publishes, registry.go knows the
// subscribers of each topic, and from internal/lastvalue what it keeps for new ones; matched.go
// has the subscriptions to patterns, with internal/trie; fleet.go is in its place where brokers share
// what is published, and pending.go what a session waits for then; outbox.go is the queue of one connection, which writer.go
// empties, and buffers.go the memory for what is queued; settle.go queues that, and pace.go slows down publishers
// that are too fast, and delays.go tells for whom; memory.go refuses what there is no
// memory for; access.go decides who may do what, internal/login checks passwords;
// config.go, parse.go and strict.go read the configuration, warnings.go says what is
// unwise in it, and reload.go takes over another one; tls.go encrypts, on unbroken.go;
// stats.go is what can be asked, and board.go what is told on topics of the broker's own,
// from board_state.go and internal/traffic. internal/episodes logs what comes in crowds,
// internal/shrink is a map that gives memory back, and internal/machine knows how much
// memory there is.
package broker

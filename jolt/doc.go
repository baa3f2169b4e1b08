// Package jolt speaks the line-JSON protocol of the Jolt message broker: a
// codec for both ends of the wire and a client that reconnects.
//
// # The protocol
//
// Plain TCP, by default on 127.0.0.1:8080. Each frame is one JSON object on a
// line of its own, UTF-8, ended by LF; CRLF is accepted and blank lines are
// ignored. A client sends requests:
//
//	{"op":"auth","user":"username","pass":"password"}
//	{"op":"sub","topic":"channel.name"}
//	{"op":"unsub","topic":"channel.name"}
//	{"op":"pub","topic":"channel.name","data":"message"}
//	{"op":"ping"}
//
// A broker sends replies and messages:
//
//	{"ok":true}
//	{"ok":false,"error":"error_message"}
//	{"topic":"channel.name","data":"message"}
//
// Every request gets exactly one reply, in the order in which the requests
// were sent. A reply carries no id and does not say which request it answers.
// Messages come between replies at any time. Topics are exact names: there are
// no wildcards, and no way to list them. Nothing is stored: what is published
// while a subscriber is disconnected is lost to it.
//
// # The client
//
// [Dial] connects; [New] starts a client that keeps trying for ever. Each of
// [Client.Subscribe], [Client.Unsubscribe], [Client.Publish], [Client.Ping] and
// [Client.Auth] returns when its own reply has come. Everything that happens
// on the connection is also an [Event]; events reach [Config.Handler] in
// batches, in wire order. [Client.Start] publishes without waiting.
//
// The package depends on nothing outside the standard library.
package jolt

// Package system is what a broker tells of itself, on topics of its own: their names,
// the JSON objects that their messages hold, and how a client keeps up with them.
// docs/PROTOCOL.md describes all of it for other clients.
package system

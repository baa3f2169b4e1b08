// Package replay is the command joltui replay: it opens a recording in the dashboard, or
// publishes it to a broker.
//
// The package may import record, publisher, dashboard, connect, look, and what all commands
// need: exit, process, arg, figures. Begin reading with replay.go; plan.go picks the
// messages and says when each is due, publish.go sends them.
package replay

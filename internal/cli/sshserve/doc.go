// Package sshserve is the command joltui serve: the dashboard for those who log in over SSH.
//
// The package may import internal/sshd, which lets them in, dashboard, which shows it, and of
// the commands sub, logs, connect, look, and what all need: exit, process, arg. Begin reading
// with serve.go, the flags, then run.go; viewer.go is one session, gate.go what a viewer may do
// at the broker, commands.go what is served without a terminal, logins.go as whom.
package sshserve

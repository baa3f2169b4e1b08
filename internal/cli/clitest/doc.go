// Package clitest has what tests of commands need beside a broker, which is brokertest's.
//
// It is for tests only. It has one file, clitest.go.
package clitest

package process

import (
	"io"
	"os"
	"slices"

	"joltui/broker/cluster"
	"joltui/internal/dashboard"
)

// System is the process's own surroundings; a test makes others. It takes the
// password out of the process's environment, so that no program that a command
// starts, such as an editor, gets it.
func System() Env {
	password := os.Getenv(PasswordVariable)
	os.Unsetenv(PasswordVariable)
	getenv := func(name string) string {
		if name == PasswordVariable {
			return password
		}
		return os.Getenv(name)
	}
	return Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: getenv, Keyring: systemKeyring{}}
}

// Env is what a command sees of the process around it. It is a value; what it holds is safe
// for concurrent use as far as files and writers are.
type Env struct {
	Stdin          *os.File
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Keyring        Keyring
	Hooks          dashboard.Hooks // for tests that look into a dashboard; empty in the program
	Engine         *cluster.Config // what a broker has that is given none; nil in joltui
}

// Without is e with some variables not set.
func (e Env) Without(variables []string) Env {
	all := e.Getenv
	e.Getenv = func(name string) string {
		if slices.Contains(variables, name) {
			return ""
		}
		return all(name)
	}
	return e
}

// PasswordVariable is the one with the password, which no flag may have.
const PasswordVariable = "JOLT_PASSWORD"

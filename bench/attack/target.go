package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"joltui/bench/driver"
)

// password is that of every user.
const password = "correct horse battery staple"

// hashIterations is what "joltui broker hash-password" uses.
const hashIterations = 600_000

// target is a broker that is attacked.
type target struct {
	name string
	path string
	server
	dir string // for the files of its runs
}

// server is a kind of broker: how it is spoken to, and how it is started. What a
// case does not ask for is left as that broker has it by default.
type server interface {
	driver.Protocol
	// Login takes the place of Hello where there are users.
	Login(user, pass string) driver.Exchange
	// command writes the files that the broker needs, and returns its arguments.
	command(config) ([]string, error)
}

// config is what a case asks of a broker.
type config struct {
	dir         string // for its files; filled in by start, as both ports are
	port        int    // on 127.0.0.1
	metricsPort int    // 0 where there are no metrics
	metrics     bool
	users       []user // nobody logs in if there are none
	tls         bool
	connections int      // at most; 0 leaves the default
	log         *os.File // gets what the broker writes in place of process.log, if not nil
}

type user struct {
	name        string
	permissions []string
	iterations  int // of the hash; 0 means hashIterations
}

func admin(name string) user { return user{name: name, permissions: []string{"admin"}} }

func (c config) file(name string) string { return filepath.Join(c.dir, name) }

// write writes one of the broker's files.
func (c config) write(name, content string) error {
	return os.WriteFile(c.file(name), []byte(content), 0o600)
}

// start runs the broker until [process.stop], or the end of ctx.
func (t *target) start(ctx context.Context, c config) (*process, error) {
	var err error
	if c.dir, err = os.MkdirTemp(t.dir, "run-"); err != nil {
		return nil, err
	}
	if c.port, err = freePort(); err != nil {
		return nil, err
	}
	if c.metrics {
		if c.metricsPort, err = freePort(); err != nil {
			return nil, err
		}
	}
	if c.tls {
		if err := writeCertificate(c); err != nil {
			return nil, err
		}
	}
	args, err := t.command(c)
	if err != nil {
		return nil, err
	}
	return startProcess(ctx, t, c, args)
}

// reload writes the broker's files anew, with other users. It does not tell the
// broker.
func (t *target) reload(c config, users []user) error {
	c.users = users
	_, err := t.command(c)
	return err
}

// find looks for a server, which may be where only root looks.
func find(program string) (string, error) {
	for _, name := range []string{program, "/usr/sbin/" + program, "/usr/local/sbin/" + program} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%s is not installed", program)
}

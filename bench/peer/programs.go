package peer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
)

// NATS builds nats-server, from the version in go.mod, into dir. The first
// build needs the module proxy, and a minute.
func NATS(ctx context.Context, dir string) (Program, error) {
	path := filepath.Join(dir, "nats-server")
	if _, err := goTool(ctx, "build", "-o", path, "github.com/nats-io/nats-server/v2"); err != nil {
		return Program{}, fmt.Errorf("building nats-server: %w", err)
	}
	return Program{"nats", path, func(port int) []string {
		return []string{"--addr", "127.0.0.1", "--port", strconv.Itoa(port)}
	}}, nil
}

// Joltui builds joltui from the folder above into dir and runs its broker.
func Joltui(ctx context.Context, dir string) (Program, error) {
	source, err := goTool(ctx, "list", "-m", "-f", "{{.Dir}}", "joltui")
	if err != nil {
		return Program{}, fmt.Errorf("finding joltui, for which this has to run in the folder bench: %w", err)
	}
	path := filepath.Join(dir, "joltui")
	if _, err := goTool(ctx, "build", "-C", source, "-trimpath", "-o", path, "."); err != nil {
		return Program{}, fmt.Errorf("building joltui: %w", err)
	}
	return JoltuiAt("joltui", path), nil
}

// JoltuiAt runs the broker of a joltui that was built before.
func JoltuiAt(name, path string) Program {
	return Program{name, path, func(port int) []string {
		return []string{"broker", "--port", strconv.Itoa(port)}
	}}
}

// ErrNoRedis: there is no redis-server on this machine.
var ErrNoRedis = errors.New("redis-server is not installed (on Debian: apt-get install redis-server)")

// Redis runs the redis-server of this machine, without persistence, and without
// the limit that would disconnect subscribers which are behind.
func Redis() (Program, error) {
	path, err := exec.LookPath("redis-server")
	if err != nil {
		return Program{}, ErrNoRedis
	}
	return Program{"redis", path, func(port int) []string {
		return []string{"--bind", "127.0.0.1", "--port", strconv.Itoa(port),
			"--save", "", "--appendonly", "no", "--client-output-buffer-limit", "pubsub 0 0 0"}
	}}, nil
}

// goTool runs the go command and returns its output, or an error with what it
// said.
func goTool(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w: %s", args[0], err, bytes.TrimSpace(errs.Bytes()))
	}
	return string(bytes.TrimSpace(out)), nil
}

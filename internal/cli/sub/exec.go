package sub

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"time"

	"joltui/internal/cli/process"
	"joltui/internal/format"
)

// runner runs a command for each message, one after the other: the next message waits,
// as it does for a reader of the output that is slow.
type runner struct {
	ctx       context.Context // ends a command that is running, with SIGINT
	stop      func()          // ends ctx, when nothing more is to be printed
	command   string
	out, errs io.Writer
}

// newRunner returns nil where there is no command.
func newRunner(ctx context.Context, command string, env process.Env) *runner {
	if command == "" {
		return nil
	}
	ctx, stop := context.WithCancel(ctx)
	r := &runner{ctx: ctx, stop: stop, command: command, out: env.Stdout, errs: env.Stderr}
	if f, ok := process.FileOf(env.Stdout); ok {
		r.out = f // the command's own stdout, with no pipe between
	}
	return r
}

// execWait is how long a command may take to end once it was interrupted.
const execWait = 500 * time.Millisecond

// run gives a message, as it would be printed, to the command's stdin.
func (r *runner) run(m format.Message, record []byte) error {
	cmd := exec.CommandContext(r.ctx, "sh", "-c", r.command)
	if runtime.GOOS == "windows" {
		cmd = exec.CommandContext(r.ctx, "cmd", "/c", r.command)
	} else {
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	}
	cmd.WaitDelay = execWait
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(record), r.out, r.errs
	// Not JOLT_…: those are flags of joltui, which the command may run as well.
	cmd.Env = append(os.Environ(), "JOLTUI_TOPIC="+m.Topic, "JOLTUI_TIME="+m.Time.Format(time.RFC3339Nano),
		"JOLTUI_COUNT="+strconv.FormatUint(m.Count, 10))
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("message %d of %s: --exec: %w", m.Count, m.Topic, err)
	}
	return nil
}

package connect

import (
	"fmt"
	"io"
	"sync"

	"github.com/spf13/pflag"

	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
)

// TraceFlag is for commands that can show what is on the wire.
func (c *Connection) TraceFlag(fs *pflag.FlagSet) {
	fs.BoolVar(&c.trace, "trace", false, "show every line on the wire on stderr: when, > sent or < received, and the line, passwords masked")
}

// tracer writes the lines on the wire. A client sends and receives at the same time.
type tracer struct {
	mu sync.Mutex
	w  io.Writer
}

// Traced has a client of cfg tell its lines to errs, if that was asked for.
func (c *Connection) Traced(cfg *jolt.Config, errs io.Writer) {
	if c.trace {
		cfg.Trace = (&tracer{w: errs}).line
	}
}

func (t *tracer) line(l jolt.TraceLine) {
	arrow := "<"
	if l.Sent {
		arrow = ">"
	}
	text := fmt.Sprintf("%s %s %s\n", human.Clock(l.At), arrow, printable.Line(jolt.MaskPasswords(l.Raw(), l.Err != nil)))
	t.mu.Lock()
	defer t.mu.Unlock()
	io.WriteString(t.w, text)
}

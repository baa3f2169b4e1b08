package logs

import (
	"io"
	"log/slog"

	"github.com/spf13/pflag"

	"joltui/internal/cli/exit"
	"joltui/internal/printable"
)

// Flags say what a server logs, and how.
type Flags struct{ Format, Level string }

// Flags adds them to those of a command.
func (l *Flags) Flags(fs *pflag.FlagSet) {
	fs.StringVar(&l.Format, "log-format", "text", "how to log: text, or json for an object a line")
	fs.StringVar(&l.Level, "log-level", "info", "the least that is logged: debug, info, warn or error")
}

func (l *Flags) logger(w io.Writer) (*slog.Logger, error) {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	level, ok := levels[l.Level]
	if !ok {
		return nil, exit.Usagef("--log-level %q is none of debug, info, warn and error", l.Level)
	}
	o := &slog.HandlerOptions{Level: level}
	switch l.Format {
	case "text":
		return slog.New(slog.NewTextHandler(printableWriter{w, printable.Block}, o)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(printableWriter{w, printable.JSON}, o)), nil
	}
	return nil, exit.Usagef("--log-format %q is neither text nor json", l.Format)
}

// printableWriter makes log records printable. slog itself escapes what acts on
// a terminal, but not all that cannot be seen there.
type printableWriter struct {
	w      io.Writer
	escape func(record string) string
}

func (p printableWriter) Write(record []byte) (int, error) {
	if _, err := io.WriteString(p.w, p.escape(string(record))); err != nil {
		return 0, err
	}
	return len(record), nil
}

// Log is where a server that a command runs logs to.
type Log struct {
	*slog.Logger
	pipe *logPipe
}

// Close returns when all is written, or somebody has had a second to read it.
func (l *Log) Close() { l.pipe.close() }

// Dropped returns how many records were dropped because nobody read them.
func (l *Log) Dropped() uint64 { return l.pipe.dropped.Load() }

// Open returns the log; whoever gets it has to close it.
func (l *Flags) Open(w io.Writer) (*Log, error) {
	direct, err := l.logger(w)
	if err != nil {
		return nil, err
	}
	pipe := newLogPipe(w, func(dropped uint64) {
		direct.Warn("log records were dropped: nobody read the log for a while", "records", dropped)
	})
	logger, err := l.logger(pipe)
	return &Log{logger, pipe}, err
}

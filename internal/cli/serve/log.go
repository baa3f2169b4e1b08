package serve

import (
	"io"
	"log/slog"

	"github.com/spf13/pflag"

	"joltui/internal/cli/exit"
	"joltui/internal/printable"
)

// logFlags say what a broker logs, and how.
type logFlags struct{ format, level string }

func (l *logFlags) flags(fs *pflag.FlagSet) {
	fs.StringVar(&l.format, "log-format", "text", "how to log: text, or json for an object a line")
	fs.StringVar(&l.level, "log-level", "info", "the least that is logged: debug, info, warn or error")
}

func (l *logFlags) logger(w io.Writer) (*slog.Logger, error) {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	level, ok := levels[l.level]
	if !ok {
		return nil, exit.Usagef("--log-level %q is none of debug, info, warn and error", l.level)
	}
	o := &slog.HandlerOptions{Level: level}
	switch l.format {
	case "text":
		return slog.New(slog.NewTextHandler(printableWriter{w, printable.Block}, o)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(printableWriter{w, printable.JSON}, o)), nil
	}
	return nil, exit.Usagef("--log-format %q is neither text nor json", l.format)
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

// brokerLog is where a broker run by a command logs to.
type brokerLog struct {
	*slog.Logger
	pipe *logPipe
}

// open returns the log; whoever gets it has to close it.
func (l *logFlags) open(w io.Writer) (*brokerLog, error) {
	direct, err := l.logger(w)
	if err != nil {
		return nil, err
	}
	pipe := newLogPipe(w, func(dropped uint64) {
		direct.Warn("log records were dropped: nobody read the log for a while", "records", dropped)
	})
	logger, err := l.logger(pipe)
	return &brokerLog{logger, pipe}, err
}

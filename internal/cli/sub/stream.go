package sub

import (
	"context"
	"io"

	"joltui/internal/cli/process"
	"joltui/jolt"
)

// Stream prints the messages of topics as joltui sub --json does, until ctx ends or nothing can
// be printed any more.
func Stream(ctx context.Context, cfg jolt.Config, topics []string, out, errs io.Writer) error {
	s := flags{format: formatFlags{json: true}}
	p, err := newPrinter(ctx, s, &output{Writer: out}, process.Env{Stdout: out, Stderr: errs, Getenv: func(string) string { return "" }})
	if err != nil {
		return err
	}
	cfg.Handler = p.handle
	client, err := s.conn.Dial(ctx, errs, cfg)
	if err != nil {
		return err
	}
	defer client.Close()
	defer p.end(nil)
	if err := subscribeAll(ctx, client, topics); err != nil {
		return err
	}
	p.subscribed.Store(true)
	return p.wait(ctx)
}

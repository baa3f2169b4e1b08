package sshserve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/crypto/ssh"

	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/heed"
	"joltui/internal/sshd"
	"joltui/internal/sshd/hostkey"
	"joltui/internal/sshd/keys"
	"joltui/ui"
)

// server is what all sessions share.
type server struct {
	logins   *logins
	log      *slog.Logger
	topics   []string // that viewers begin with
	options  ui.Options
	readOnly bool // nobody may publish
}

// run serves until a signal ends it.
func run(ctx context.Context, env process.Env, f *flags, topics []string) error {
	// From the first moment: a hangup that nobody waits for ends the process.
	hangups := make(chan os.Signal, 1)
	heed.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	if err := f.check(); err != nil {
		return err
	}
	key, made, err := hostkey.Load(f.hostKeyPath())
	if err != nil {
		return &exit.Error{Code: exit.Usage, Err: err}
	}
	if f.fingerprint {
		_, err := fmt.Fprintln(env.Stdout, hostkey.Fingerprint(key))
		return err
	}
	s := &server{topics: topics, readOnly: f.conn.ReadOnly}
	if s.options, err = f.options(); err != nil {
		return err
	}
	s.logins = &logins{env: env, path: f.conn.Path}
	if s.logins.own, err = ownLogin(env, &f.conn); err != nil {
		return err
	}
	file, err := keys.Open(f.keysPath(), func(g keys.Grant) error { return s.logins.check(g.Profile) })
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return exit.Usagef("--authorized-keys %s: there is no such file: put the public key of each viewer in it, one a line", f.keysPath())
	case err != nil:
		return &exit.Error{Code: exit.Usage, Err: err}
	}
	logger, err := f.log.Open(env.Stderr)
	if err != nil {
		return err
	}
	defer logger.Close()
	s.log = logger.Logger
	return s.listen(ctx, f, key, made, file, hangups)
}

// check says what is wrong with the flags.
func (f *flags) check() error {
	switch {
	case f.idle < 0:
		return exit.Usagef("--idle-timeout %s must not be negative", f.idle)
	case f.sessions < 1:
		return exit.Usagef("--max-sessions %d must be at least 1", f.sessions)
	case f.perKey < 1:
		return exit.Usagef("--max-per-key %d must be at least 1", f.perKey)
	}
	return f.conn.Check()
}

// listen lets viewers in until a signal ends it, and reads the keys again at each hangup.
func (s *server) listen(ctx context.Context, f *flags, key ssh.Signer, made bool, file *keys.File, hangups <-chan os.Signal) error {
	server, err := sshd.New(sshd.Config{
		HostKey: key, Keys: file, Handler: s.serve, Logger: s.log,
		IdleTimeout: f.idle, MaxSessions: f.sessions, MaxPerKey: f.perKey,
	})
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", f.listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", f.listen, err)
	}
	ctx, stop := signal.NotifyContext(ctx, heed.Heeded(os.Interrupt, syscall.SIGTERM)...)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	s.log.Info("serving", "address", ln.Addr().String(), "host_key", hostkey.Fingerprint(key), "host_key_made", made, "keys", file.Len(),
		"broker", s.logins.own.config.Addr)
	reloading := make(chan struct{})
	go func() {
		defer close(reloading)
		s.reloadAt(ctx, server, file, hangups)
	}()
	err = server.Serve(ctx, ln)
	stop()
	<-reloading
	return err
}

// reloadAt reads the keys again at each signal until ctx ends. What is wrong with them changes
// nothing.
func (s *server) reloadAt(ctx context.Context, server *sshd.Server, file *keys.File, hangups <-chan os.Signal) {
	for {
		select {
		case <-hangups:
			if err := file.Reload(); err != nil {
				s.log.Error("the keys were not read again: nothing has changed", "error", err)
				continue
			}
			server.Recheck()
			s.log.Info("the keys were read again", "keys", file.Len())
		case <-ctx.Done():
			return
		}
	}
}

package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"joltui/broker"
	"joltui/printable"
)

func newBroker(env Env) *cobra.Command {
	var (
		cfg  broker.Config
		path string
	)
	cmd := &cobra.Command{
		Use:   "broker",
		Short: "Run a Jolt broker",
		Long: `Runs a Jolt broker until SIGINT or SIGTERM, which let it deliver what is queued;
a second one ends it at once. Messages are kept in memory only.

Without a configuration everybody may do everything, and only this machine can
connect. Logs go to stderr.`,
		Example: `  joltui broker --port 8080
  joltui broker --config broker.json`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := fromEnvironment(cmd, env); err != nil {
				return err
			}
			host, port := cfg.Host, cfg.Port
			if path != "" {
				loaded, err := broker.LoadConfig(path)
				if err != nil {
					return &exitError{exitUsage, err}
				}
				cfg = loaded
			}
			if cmd.Flags().Changed("host") || cfg.Host == "" {
				cfg.Host = host
			}
			if cmd.Flags().Changed("port") || cfg.Port == 0 {
				cfg.Port = port
			}
			return runBroker(cmd.Context(), env, cfg)
		},
	}
	fs := cmd.Flags()
	fs.StringVarP(&cfg.Host, "host", "H", "127.0.0.1", "the address to listen at")
	fs.IntVarP(&cfg.Port, "port", "p", 8080, "the port to listen at")
	fs.StringVarP(&path, "config", "c", "", "a JSON file with address, users and limits")
	cmd.AddCommand(newHashPassword(env))
	return cmd
}

func runBroker(ctx context.Context, env Env, cfg broker.Config) error {
	cfg.Logger = slog.New(slog.NewTextHandler(printableWriter{env.Stderr}, nil))
	b, err := broker.New(cfg)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	addr := net.JoinHostPort(cfg.Host, strconv.Itoa(cfg.Port))
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return listenError(addr, err)
	}
	ctx, drain := context.WithCancel(ctx)
	defer drain()
	signalled, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second signal finds nobody listening and ends the process at once, as
	// soon as clients can see that the broker drains.
	context.AfterFunc(signalled, func() {
		stop()
		drain()
	})
	return b.Serve(ctx, ln)
}

// printableWriter makes log records printable. slog itself escapes what acts on
// a terminal, but not all that cannot be seen there.
type printableWriter struct{ w io.Writer }

func (p printableWriter) Write(record []byte) (int, error) {
	if _, err := io.WriteString(p.w, printable.Block(string(record))); err != nil {
		return 0, err
	}
	return len(record), nil
}

func listenError(addr string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("%s is in use, perhaps by another broker: choose another port with --port", addr)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("not allowed to listen at %s: choose a port above 1023 with --port", addr)
	}
	return fmt.Errorf("cannot listen at %s: %w", addr, err)
}

func newHashPassword(env Env) *cobra.Command {
	return &cobra.Command{
		Use:   "hash-password",
		Short: "Ask for a password and print what to put into the broker's configuration",
		Long: `Asks for a password, twice and without an echo, and prints its salted hash for
"password_hash" in the broker's configuration. Without a terminal it reads the
password from the first line of stdin.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			password, err := newPassword(env)
			if err != nil {
				return err
			}
			hash, err := broker.HashPassword(password)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(env.Stdout, hash)
			return err
		},
	}
}

func newPassword(env Env) (string, error) {
	if !term.IsTerminal(env.Stdin.Fd()) {
		password, err := readLine(env.Stdin)
		if err == nil && password == "" {
			err = usageError("no password on stdin")
		}
		return password, err
	}
	first, err := prompt(env, "Password: ")
	if err != nil {
		return "", err
	}
	second, err := prompt(env, "The same again: ")
	if err == nil && first != second {
		err = usageError("the two passwords differ")
	}
	return first, err
}

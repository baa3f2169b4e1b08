package serve

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"joltui/broker"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/jolt"
)

// What --check looks at.
const (
	CheckAll    = "all"
	CheckFiles  = "config" // the configuration and what it names, as for a broker that runs
	healthLimit = 3 * time.Second
)

// check says whether a broker could start, and starts none.
func check(ctx context.Context, env process.Env, f flags) error {
	if f.check != CheckAll && f.check != CheckFiles {
		return exit.Usagef("--check=%s is neither %s nor %s", f.check, CheckAll, CheckFiles)
	}
	logger, err := f.log.Open(env.Stderr) // which tells what is right, but hardly meant
	if err != nil {
		return err
	}
	defer logger.Close()
	cfg, err := f.load()
	if err != nil {
		return &exit.Error{Code: exit.Usage, Err: err}
	}
	cfg.Logger = logger.Logger
	b, err := broker.New(cfg)
	if err != nil {
		return &exit.Error{Code: exit.Usage, Err: err}
	}
	defer b.Close()
	addr := f.addr(cfg)
	if f.metrics != "" {
		if _, err := metricsAddr(f.metrics); err != nil {
			return err
		}
	}
	if f.check == CheckAll {
		ln, err := net.Listen(family(cfg.Host), addr)
		if err != nil {
			return ListenError(ctx, addr, err)
		}
		ln.Close()
	}
	what := "the configuration"
	if f.config != "" {
		what = f.config
	}
	_, err = fmt.Fprintf(env.Stdout, "%s is in order, for a broker at %s\n", what, addr)
	return err
}

// health asks the broker that these flags would start whether it answers. It logs
// in as nobody: a broker that says that it wants a login answers. Every failure is exit
// code 1, as Docker wants it.
func health(ctx context.Context, env process.Env, f flags) error {
	cfg, err := f.load()
	if err != nil {
		return err
	}
	client := jolt.Config{Addr: reachable(f.addr(cfg)), NoReconnect: true}
	if cfg.TLS != nil {
		// It is this machine, and it is told nothing: whose certificate it has is no question here.
		client.TLS = &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: true}
	}
	ctx, cancel := context.WithTimeout(ctx, healthLimit)
	defer cancel()
	if err := healthError(client.Addr, pinged(ctx, client)); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Stdout, "the broker at %s answers\n", client.Addr)
	return err
}

func pinged(ctx context.Context, cfg jolt.Config) error {
	_, err := connect.Ping(ctx, cfg)
	return err
}

// healthError is nil where a broker has answered, with whatever but that it is about to
// end, or has asked for the certificate of a client.
func healthError(addr string, err error) error {
	var (
		rejected *jolt.RejectedError
		goodbye  *jolt.BrokerError
		alert    *net.OpError
	)
	switch {
	case err == nil, errors.As(err, &rejected):
		return nil
	case errors.As(err, &goodbye) && !strings.HasPrefix(goodbye.Text, jolt.CodeShuttingDown):
		return nil
	case errors.As(err, &alert) && alert.Op == "remote error":
		return nil
	}
	return errors.New(connect.Failure(addr, err).Error())
}

package serve

import (
	"context"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"syscall"

	"joltui/broker"
	"joltui/broker/metrics"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/heed"
)

// running is a broker and what its operator has a hold of.
type running struct {
	*broker.Broker
	log      *slog.Logger
	load     func() (broker.Config, error)
	exporter *metrics.Exporter
}

func run(ctx context.Context, env process.Env, f flags) error {
	var hangups chan os.Signal
	if f.config != "" {
		// From the first moment: a hangup that nobody waits for ends the process.
		hangups = make(chan os.Signal, 1)
		notifyHangup(hangups)
		defer signal.Stop(hangups)
	}
	logger, err := f.log.Open(env.Stderr)
	if err != nil {
		return err
	}
	defer logger.Close()
	cfg, err := f.load()
	if err != nil {
		return &exit.Error{Code: exit.Usage, Err: err}
	}
	cfg.Logger, cfg.Version = logger.Logger, process.FullVersion()
	b, err := broker.New(cfg)
	if err != nil {
		return &exit.Error{Code: exit.Usage, Err: err}
	}
	if err := b.Connect(ctx); err != nil {
		b.Close()
		return err
	}
	addr := f.addr(cfg)
	boundMemory(b.Limits().MemoryBytes)
	ln, err := net.Listen(family(cfg.Host), addr)
	if err != nil {
		return ListenError(ctx, addr, err)
	}
	defer ln.Close()
	r := &running{b, b.Logger(), f.load, metrics.New(b)}
	r.exporter.CountLogDropped(logger.Dropped)
	return r.serve(ctx, ln, f.metrics, hangups)
}

// serve serves, metrics too if they have an address, until a signal ends it, and
// reloads at each of hangups. Without those, because there is no configuration to
// read again, SIGHUP ends it too. Signals are waited for before the log says
// anything: who reads it may send one.
func (r *running) serve(ctx context.Context, ln net.Listener, metricsAt string, hangups <-chan os.Signal) error {
	ctx, drain := context.WithCancel(ctx)
	var reloading sync.WaitGroup
	defer reloading.Wait()
	defer drain()
	reloading.Go(func() { r.reloadAt(ctx, hangups) })
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if hangups == nil {
		ends = append(ends, syscall.SIGHUP)
	}
	signalled, stop := signal.NotifyContext(ctx, heed.Heeded(ends...)...)
	defer stop()
	// A second signal finds nobody listening and ends the process at once, as
	// soon as clients can see that the broker drains.
	context.AfterFunc(signalled, func() {
		stop()
		drain()
	})
	if metricsAt != "" {
		stopMetrics, err := r.serveMetrics(metricsAt)
		if err != nil {
			return err
		}
		defer stopMetrics()
	}
	if err := notifyReady(); err != nil {
		r.log.Warn("the service manager was not told that the broker is ready", "error", err)
	}
	return r.Serve(ctx, ln)
}

// reloadAt reloads at each signal until ctx ends.
func (r *running) reloadAt(ctx context.Context, signals <-chan os.Signal) {
	for {
		select {
		case <-signals:
			r.reload()
		case <-ctx.Done():
			return
		}
	}
}

func (r *running) reload() {
	cfg, err := r.load()
	if err == nil {
		err = r.Reload(cfg)
	}
	r.exporter.Reloaded(err)
	if err != nil {
		r.log.Error("the configuration was not reloaded: nothing has changed", "error", err)
	}
}

// boundMemory has the garbage collector work harder before the broker refuses clients
// for want of memory. GOMEMLIMIT is the operator's own choice.
func boundMemory(limit int) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(int64(limit) / 10 * 9)
	}
}

// family is the network to listen on: an IPv4 address, 0.0.0.0 too, means IPv4 alone.
func family(host string) string {
	if ip := net.ParseIP(host); ip != nil && ip.To4() != nil {
		return "tcp4"
	}
	return "tcp"
}

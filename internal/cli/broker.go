package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"joltui/broker"
	"joltui/broker/cluster"
	"joltui/internal/config"
)

func newBroker(env Env) *cobra.Command {
	var f brokerFlags
	cmd := &cobra.Command{
		Use:   "broker",
		Short: "Run a Jolt broker",
		Long: `Runs a Jolt broker until SIGINT or SIGTERM, which let it deliver what is queued;
a second one ends it at once. Messages are kept in memory only.

Without a configuration everybody may do everything, and only this machine can
connect. Logs go to stderr.

SIGHUP makes it read its configuration again: users, permissions and TLS
certificates change, and connections stay, but for those whose user may do less
than before. A configuration that is wrong changes nothing, and the log says what
is wrong. Host, port and limits need a restart.`,
		Example: `  joltui broker --port 8080
  joltui broker --config broker.json
  joltui broker --config broker.json --log-format json --metrics-addr :9090
  joltui broker --engine nats://10.0.0.1,10.0.0.2,10.0.0.3`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := fromEnvironment(cmd, env); err != nil {
				return err
			}
			if f.engine == "" {
				f.engine = env.Getenv(engineVariable)
			}
			f.given = cmd.Flags().Changed
			return runBroker(cmd.Context(), env, f)
		},
	}
	fs := cmd.Flags()
	f.host = "127.0.0.1"
	fs.VarP((*hostValue)(&f.host), "host", "H", "the address to listen at")
	fs.IntVarP(&f.port, "port", "p", 8080, "the port to listen at")
	fs.VarP((*pathValue)(&f.config), "config", "c", "a JSON file with address, users, TLS and limits; SIGHUP reads it again")
	fs.StringVar(&f.engine, "engine", "", "share messages with other brokers through NATS at nats://HOST[:PORT],HOST[:PORT],…; "+
		"also from "+engineVariable)
	f.log.flags(fs)
	fs.StringVar(&f.metrics, "metrics-addr", "", "answer HTTP at this HOST:PORT: /healthz, /readyz and, for Prometheus, /metrics; "+
		"without a host only this machine can ask")
	cmd.AddCommand(newHashPassword(env))
	return cmd
}

// engineVariable is what --engine has its value from where it is not given.
const engineVariable = "JOLT_BROKER_ENGINE"

// brokerFlags say how the broker is run.
type brokerFlags struct {
	host    string
	port    int
	config  string
	engine  string
	log     logFlags
	metrics string
	given   func(flag string) bool
}

// load reads the configuration. Flags that were given beat it.
func (f *brokerFlags) load() (broker.Config, error) {
	var cfg broker.Config
	if f.config != "" {
		var err error
		if cfg, err = broker.LoadConfig(f.config); err != nil {
			return cfg, err
		}
	}
	if f.given("host") || cfg.Host == "" {
		cfg.Host = f.host
	}
	host, err := config.Host(cfg.Host)
	if err != nil {
		return cfg, fmt.Errorf("%s: host %w", f.config, err)
	}
	cfg.Host = host
	if f.given("port") || cfg.Port == 0 {
		cfg.Port = f.port
	}
	if f.engine != "" {
		if cfg.Engine == nil {
			cfg.Engine = new(cluster.Config)
		}
		cfg.Engine.URL = f.engine
	}
	return cfg, nil
}

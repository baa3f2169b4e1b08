package serve

import (
	"fmt"
	"net"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"joltui/broker"
	"joltui/broker/cluster"
	"joltui/internal/cli/arg"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/logs"
	"joltui/internal/cli/process"
	"joltui/internal/config"
)

// New returns the command joltui broker, with hash-password below it.
func New(env process.Env) *cobra.Command {
	var f flags
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
is wrong. Host, port and limits need a restart.

It tells of itself on topics of its own: $SYS.broker, $SYS.topics, $SYS.clients and
$SYS.events. With security on they are for admins, and for users who were granted
the very topic, as in "subscribe:$SYS.broker".

With "last_value": ["config.>", "state.*"] in the configuration, it keeps the latest
message of each of these topics, and a new subscriber gets it at once.

Limits are in "limits" of the configuration. Those of what there may be at once:
  connections           10,000 clients
  admin_connections     4 more, for admins
  address_connections   clients of one address; as connections
  user_connections      clients of one user; as connections
  topics                100,000 subscriptions of one client, of some 250 bytes each
  user_requests         requests a second of one user, without logins of one
                        address; 0, any number
  last_value_bytes      half of queue_bytes, the messages that "last_value" keeps
  memory_bytes          70 % of the machine or container
Those of one client:
  line_bytes            1 MiB, the longest request
  topic_bytes           256, the longest topic
  queue_bytes           8 MiB may wait for it, before it is disconnected
  queue_stall           "10s" may it take nothing of that
  pace_bytes            13 MB a second, how slowly it may read at least without being
                        disconnected
  auth_timeout          "5s" to log in
  idle_timeout          "0s", silence, for ever
And drain, "10s" to deliver what is queued when the broker ends. README says what
happens at each; go doc joltui/broker.Limits is the whole story. The file as a whole is described in
joltui-broker.json(5).

--check says whether a broker could start, and what is wrong where it could not.
--health asks one that runs, with the same flags and variables, whether it answers.

Exit codes: 0 ended by a signal, or all is in order; 1 failed, such as a port that is
taken, or a broker that does not answer; 2 usage, or a wrong configuration.`,
		Example: `  joltui broker --port 8080
  joltui broker --config broker.json
  joltui broker --config broker.json --check
  joltui broker --config broker.json --log-format json --metrics-addr :9090
  joltui broker --engine nats://10.0.0.1,10.0.0.2,10.0.0.3`,
		Args: arg.None,
		RunE: func(cmd *cobra.Command, _ []string) error {
			origins, err := connect.FromEnvironment(cmd, env)
			if err != nil {
				return err
			}
			if f.config == "" && strings.HasSuffix(env.Getenv("JOLT_CONFIG"), ".json") {
				return exit.Usagef("JOLT_CONFIG is the configuration of clients: name that of the broker with --config or JOLT_BROKER_CONFIG")
			}
			f.given, f.shared = cmd.Flags().Changed, env.Engine
			switch {
			case f.print != "":
				return printConfig(env, f, cmd.Flags(), origins)
			case f.check != "" && f.health:
				return exit.Usagef("--check and --health exclude each other")
			case f.check != "":
				return check(cmd.Context(), env, f)
			case f.health:
				return health(cmd.Context(), env, f)
			}
			return run(cmd.Context(), env, f)
		},
	}
	fs := cmd.Flags()
	f.host = "127.0.0.1"
	fs.VarP((*arg.Host)(&f.host), "host", "H", "the address to listen at")
	fs.IntVarP(&f.port, "port", "p", 8080, "the port to listen at; 0 takes a free one")
	fs.VarP((*arg.Path)(&f.config), "config", "c", "a JSON file with address, users, TLS and limits; SIGHUP reads it again")
	fs.BoolVar(&f.patterns, "patterns", false, "let clients subscribe to patterns: orders.* is one level, orders.> all further ones")
	fs.StringVar(&f.engine, "engine", "", "share messages with other brokers through NATS at nats://HOST[:PORT],HOST[:PORT],…")
	f.log.Flags(fs)
	fs.StringVar(&f.metrics, "metrics-addr", "", "answer HTTP at this HOST:PORT: /healthz, /readyz and, for Prometheus, /metrics; "+
		"without a host only this machine can ask")
	fs.StringVar(&f.check, "check", "", "look whether a broker could start so, with its configuration, certificates and port, and start none; "+
		"--check=config leaves the port out, for a broker that runs")
	fs.Lookup("check").NoOptDefVal = CheckAll
	fs.BoolVar(&f.health, "health", false, "ask the broker that would start so whether it answers, with no login, and start none")
	connect.PrintFlag(fs, &f.print)
	cmd.AddCommand(newHashPassword(env))
	return cmd
}

// flags say how the broker is run.
type flags struct {
	host     string
	port     int
	config   string
	engine   string
	log      logs.Flags
	metrics  string
	check    string // what to check, in place of running a broker
	health   bool
	print    string // the form in which to print what is in force
	patterns bool
	given    func(flag string) bool
	shared   *cluster.Config // that of a broker that is given none, or nil
}

// addr is where a broker of a configuration listens; port 0 is a free one.
func (f *flags) addr(cfg broker.Config) string {
	return net.JoinHostPort(cfg.Host, strconv.Itoa(cfg.Port))
}

// load reads the configuration. Flags that were given beat it.
func (f *flags) load() (broker.Config, error) {
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
	if f.given("patterns") {
		cfg.Patterns = f.patterns
	}
	if f.given("port") || cfg.Port == 0 {
		cfg.Port = f.port
	}
	if f.engine == "" && cfg.Engine == nil {
		cfg.Engine = f.shared
	}
	if f.engine != "" {
		if cfg.Engine == nil {
			cfg.Engine = new(cluster.Config)
		}
		cfg.Engine.URL = f.engine
	}
	return cfg, nil
}

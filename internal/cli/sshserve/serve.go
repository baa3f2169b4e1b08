package sshserve

import (
	"cmp"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/complete"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/logs"
	"joltui/internal/cli/look"
	"joltui/internal/cli/process"
	"joltui/internal/folders"
	"joltui/ui"
)

// flags are what a server is told.
type flags struct {
	conn        connect.Connection
	look        look.Flags
	log         logs.Flags
	listen      string
	hostKey     string
	keys        string
	idle        time.Duration
	sessions    int
	perKey      int
	fingerprint bool
}

// New returns the command joltui serve.
func New(env process.Env) *cobra.Command {
	var f flags
	cmd := &cobra.Command{
		Use:   "serve [TOPIC…]",
		Short: "Show the dashboard to those who log in over SSH",
		Long: `Shows the dashboard to everybody who logs in with ssh and a key that is in the file
of keys, until SIGINT or SIGTERM: they need nothing but ssh. The topics are those
that a viewer begins with who names none.

A viewer only looks, unless the line of the key has "publish". Each dashboard keeps
away from this machine: it reads and writes no file and starts no program.

  ssh -p 2222 HOST                                   the dashboard
  ssh -p 2222 -t HOST 'orders.eu chat /failed'       topics, and a filter
  ssh -p 2222 HOST sub --json orders.eu | jq .data   messages, a line of JSON each
  ssh -p 2222 HOST ping                              does the broker answer

The file of keys is authorized_keys of your configuration folder, as that of sshd
but with options of its own: publish, topics="a,b", profile="name", from=,
expiry-time=, cert-authority and principals=. Each key has a name behind it. The
key of the server is made at the first start. SIGHUP reads the keys again: whose key
is gone, or may do something else now, is out at once.

Logs, who came, left, was refused and published what where, go to stderr.

Exit codes: 0 ended by a signal; 1 failed, such as an address that is taken; 2 usage,
a wrong configuration, host key or file of keys.`,
		Example: `  joltui serve --fingerprint
  joltui serve orders.eu chat --profile prod
  joltui serve --listen 10.0.0.5:2222 --log-format json --read-only`,
		ValidArgsFunction: complete.Topics(-1),
		RunE: f.conn.Settled(env, func(cmd *cobra.Command, topics []string) error {
			return run(cmd.Context(), env, &f, topics)
		}),
	}
	f.flags(cmd.Flags())
	return cmd
}

func (f *flags) flags(fs *pflag.FlagSet) {
	fs.StringVar(&f.listen, "listen", "127.0.0.1:2222", "the address to let viewers in at")
	fs.Var((*arg.Path)(&f.hostKey), "host-key", "the private key of the server, made if it is not there; default is in your state folder")
	fs.Var((*arg.Path)(&f.keys), "authorized-keys", "the file of keys; default is authorized_keys in your configuration folder")
	fs.DurationVar(&f.idle, "idle-timeout", 30*time.Minute, "end the session of a viewer who types nothing for this long; 0 is never")
	fs.IntVar(&f.sessions, "max-sessions", 50, "how many sessions there may be at once")
	fs.IntVar(&f.perKey, "max-per-key", 4, "how many of them with the same key")
	fs.BoolVar(&f.fingerprint, "fingerprint", false, "print the fingerprint of the server's key, and do nothing else")
	f.log.Flags(fs)
	f.conn.Flags(fs)
	f.conn.PublishFlags(fs)
	f.look.Flags(fs)
}

// hostKeyPath is where the server's key is.
func (f *flags) hostKeyPath() string { return cmp.Or(f.hostKey, folders.State("host_key")) }

// keysPath is where the file of keys is.
func (f *flags) keysPath() string { return cmp.Or(f.keys, folders.Config("authorized_keys")) }

// options are how each dashboard begins.
func (f *flags) options() (ui.Options, error) {
	o, err := f.look.Options(ui.Options{}, f.conn.Profile, f.conn.File)
	o.Notes = nil // of what is kept here, which is nothing
	return o, err
}

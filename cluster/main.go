package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"joltui/broker/cluster"
	"joltui/internal/cli"
	"joltui/internal/cli/process"
	"joltui/internal/startline"
)

const usage = `A joltui broker with a node of NATS in its process. Three machines that share messages:

  joltui-cluster --node a --store /var/lib/joltui --cluster-listen 10.0.0.1:6222 \
    --routes 10.0.0.1:6222,10.0.0.2:6222,10.0.0.3:6222 --cluster-password-file secret \
    -- --host 0.0.0.0 --config broker.json

and with --node b and c on the others. What follows -- is for joltui broker, see joltui broker --help.
Without --routes the node is alone, and a cluster of one.

`

func main() { os.Exit(run(os.Args[1:], os.Stderr)) }

// run returns the exit code.
func run(args []string, stderr io.Writer) int {
	const failed, wrongUsage = 1, 2
	var broker []string
	if i := slices.Index(args, "--"); i >= 0 {
		args, broker = args[:i], args[i+1:]
	}
	o, err := parse(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintf(stderr, "joltui-cluster: %v\n", err)
		return wrongUsage
	}
	code, err := o.serve(broker)
	if err != nil {
		fmt.Fprintf(stderr, "joltui-cluster: %v\n", err)
		return failed
	}
	return code
}

// parse reads the flags.
func parse(args []string, stderr io.Writer) (o options, err error) {
	fs := flag.NewFlagSet("joltui-cluster", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&o.name, "node", "", "the node's `name`, another one on each machine")
	fs.StringVar(&o.store, "store", "", "a `folder` for what the nodes agree on, and for messages with \"storage\": \"file\"")
	fs.StringVar(&o.listen, "cluster-listen", "", "the `HOST:PORT` at which the node listens for others")
	fs.StringVar(&o.routes, "routes", "", "`HOST:PORT,…` of all nodes")
	fs.StringVar(&o.secret, "cluster-password-file", "", "a `file` with the password by which nodes know one another")
	fs.StringVar(&o.config, "nats-config", "", "a configuration `file` of nats-server, for TLS between nodes and all else; flags beat it")
	switch err = fs.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stderr, usage)
		fs.SetOutput(stderr)
		fs.PrintDefaults()
		return o, err
	case err != nil:
		return o, fmt.Errorf("%w: joltui-cluster --help lists its flags; those of the broker come after --", err)
	case fs.NArg() > 0:
		return o, fmt.Errorf("%q is no flag: those of the broker come after --", fs.Arg(0))
	}
	return o, o.check()
}

// serve runs the node, and the broker until a signal ends it. It returns the broker's exit
// code.
func (o options) serve(broker []string) (int, error) {
	dir, err := os.MkdirTemp("", "joltui-cluster")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	n, err := o.start()
	if err != nil {
		return 0, err
	}
	defer n.stop()
	password := filepath.Join(dir, "password")
	if err := os.WriteFile(password, []byte(n.password), 0o600); err != nil {
		return 0, err
	}
	env := process.System()
	env.Engine = &cluster.Config{URL: n.url, User: n.user, PasswordFile: password, Replicas: o.replicas()}
	args := append([]string{"joltui", "broker"}, broker...)
	return cli.Main(startline.Arguments(args), env), nil
}

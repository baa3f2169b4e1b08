package clustertest

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joltui/broker"
	"joltui/broker/cluster"
	"joltui/internal/load"
)

// server is the path of the nats-server that TestMain has built.
var server string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "clustertest")
	if err == nil {
		server = filepath.Join(dir, "nats-server")
		var out []byte
		if out, err = exec.Command("go", "build", "-o", server, "github.com/nats-io/nats-server/v2").CombinedOutput(); err != nil {
			err = fmt.Errorf("%w: %s", err, out)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "building nats-server:", err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// node is a process of nats-server.
type node struct {
	t    *testing.T
	name string
	port int
	args []string
	cmd  *exec.Cmd
}

// nodes starts so many nodes with JetStream: a cluster, if they are several.
func nodes(t *testing.T, count int, more ...string) []*node {
	t.Helper()
	var all []*node
	var routes []string
	ports := freePorts(t, 2*count)
	for i := range count {
		routes = append(routes, fmt.Sprintf("nats://127.0.0.1:%d", ports[count+i]))
	}
	for i := range count {
		n := &node{t: t, name: fmt.Sprintf("n%d", i+1), port: ports[i]}
		n.args = append([]string{"-js", "-sd", t.TempDir(), "-a", "127.0.0.1", "-p", fmt.Sprint(n.port), "-n", n.name}, more...)
		if count > 1 {
			n.args = append(n.args, "--cluster_name", "test", "--cluster", routes[i], "--routes", strings.Join(routes, ","))
		}
		n.start()
		all = append(all, n)
	}
	return all
}

func (n *node) start() {
	n.t.Helper()
	n.cmd = exec.Command(server, n.args...)
	if err := n.cmd.Start(); err != nil {
		n.t.Fatal(err)
	}
	cmd := n.cmd
	n.t.Cleanup(func() { // also of one that was killed
		cmd.Process.Kill()
		cmd.Wait()
	})
}

func (n *node) kill() {
	n.cmd.Process.Kill()
	n.cmd.Wait()
}

func freePorts(t *testing.T, count int) (ports []int) {
	t.Helper()
	for range count {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer ln.Close()
		ports = append(ports, ln.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

func url(nodes []*node) string {
	var hosts []string
	for _, n := range nodes {
		hosts = append(hosts, fmt.Sprintf("127.0.0.1:%d", n.port))
	}
	return "nats://" + strings.Join(hosts, ",")
}

// gateway is a broker that shares messages.
func gateway(t *testing.T, cfg cluster.Config) *net.TCPAddr {
	t.Helper()
	return serve(t, broker.Config{Engine: &cfg})
}

func serve(t *testing.T, cfg broker.Config) *net.TCPAddr {
	t.Helper()
	_, addr := start(t, cfg)
	return addr
}

func start(t *testing.T, cfg broker.Config) (*broker.Broker, *net.TCPAddr) {
	t.Helper()
	cfg.Logger = slog.New(slog.NewTextHandler(t.Output(), nil))
	b, err := broker.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- b.Serve(context.Background(), ln) }()
	t.Cleanup(func() {
		b.Close()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return b, ln.Addr().(*net.TCPAddr)
}

// turns dials the gateways in turn.
func turns(gateways ...*net.TCPAddr) func(context.Context, string, string) (net.Conn, error) {
	next := make(chan int, 1)
	next <- 0
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		i := <-next
		next <- i + 1
		return (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, network, gateways[i%len(gateways)].String())
	}
}

// run puts a load on the gateways and keeps the ledger.
func run(t *testing.T, cfg load.Config) *load.Result {
	t.Helper()
	r, err := load.Run(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%.0f/s acknowledged in at most %v, %d of %d; %+v; %d outages",
		r.AcknowledgedPerSecond(), r.Ack.Max, r.Outcomes.Acknowledged, r.Outcomes.Published(), r.Deliveries, r.Outages)
	return r
}

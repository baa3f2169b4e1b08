package clustertest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/broker/cluster"
	"joltui/internal/load"
)

// The nodes are told to stop one after the other, as for an update, and started again:
// nothing is lost, nobody loses a connection, and the gateways have gone to another node before
// theirs stops.
func TestRollingRestart(t *testing.T) {
	t.Parallel()
	all := nodes(t, 3)
	cfg := cluster.Config{URL: url(all)}
	l := load.Defaults()
	a, atA := start(t, broker.Config{Engine: &cfg})
	b, atB := start(t, broker.Config{Engine: &cfg})
	reconnects := func() uint64 { return a.Stats().Engine.Reconnects + b.Stats().Engine.Reconnects }
	l.Client.Dial = turns(atA, atB)
	l.Publishers, l.Subscribers, l.Topics = 4, 4, 5
	l.Rate, l.Window, l.Warmup, l.Duration, l.Grace, l.MaxOutage = 1000, 5000, 0, 12*time.Second, 20*time.Second, time.Minute
	var restarting sync.WaitGroup
	restarting.Go(func() {
		for _, n := range all {
			time.Sleep(time.Second)
			n.leave(t)
			time.Sleep(time.Second / 2)
			before := reconnects()
			n.kill()
			n.start()
			current(t, cfg.URL)
			if got := reconnects(); got != before {
				t.Errorf("%s was stopped under %d connections", n.name, got-before)
			}
		}
		if reconnects() < 2 {
			t.Errorf("%d connections were made anew", reconnects())
		}
	})
	r := run(t, l)
	restarting.Wait()
	if d := r.Deliveries; d.Lost+d.Duplicates+d.Reordered > 0 || r.Outages > 0 || !r.Sound() {
		t.Errorf("%+v, %+v, %d outages", r.Outcomes, d, r.Outages)
	}
}

// leave tells a node that it is to stop, and waits until it has told its clients; before that
// it hands over what it leads.
func (n *node) leave(t *testing.T) {
	told := make(chan struct{})
	conn, err := nats.Connect(fmt.Sprintf("nats://127.0.0.1:%d", n.port), nats.NoReconnect(),
		nats.LameDuckModeHandler(func(*nats.Conn) { close(told) }))
	if err != nil {
		t.Error(err)
		return
	}
	defer conn.Close()
	n.cmd.Process.Signal(syscall.SIGUSR2)
	select {
	case <-told:
	case <-time.After(30 * time.Second):
		t.Errorf("%s does not say that it stops", n.name)
	}
}

// current waits until all replicas of the stream have all of it.
func current(t *testing.T, url string) {
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		if replicasCurrent(url) == 3 {
			return
		}
		if time.Now().After(deadline) {
			t.Error("the replicas do not become equal")
			return
		}
	}
}

// replicasCurrent counts them, the leader too.
func replicasCurrent(url string) int {
	conn, err := nats.Connect(url)
	if err != nil {
		return 0
	}
	defer conn.Close()
	js, err := conn.JetStream(nats.MaxWait(time.Second))
	if err != nil {
		return 0
	}
	info, err := js.StreamInfo("jolt")
	if err != nil || info.Cluster == nil || info.Cluster.Leader == "" {
		return 0
	}
	n := 1
	for _, r := range info.Cluster.Replicas {
		if r.Current && !r.Offline {
			n++
		}
	}
	return n
}

// A stream in files outlasts its only node: what was acknowledged comes, and nobody is told
// that something is missing. The node asks for TLS, a certificate and a password.
func TestFilesAndTLS(t *testing.T) {
	authority := brokertest.NewAuthority(t)
	later := time.Now().Add(time.Hour)
	node, gateway := authority.Issue("127.0.0.1", later), authority.Issue("gateway", later)
	secret := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(secret, []byte("hush\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	all := nodes(t, 1, "--tlsverify", "--tlscert", node.CertFile, "--tlskey", node.KeyFile, "--tlscacert", authority.File,
		"--user", "gateway", "--pass", "hush")
	cfg := cluster.Config{
		URL: strings.Replace(url(all), "nats:", "tls:", 1), Storage: "file", User: "gateway", PasswordFile: secret,
		CA: authority.File, Cert: gateway.CertFile, Key: gateway.KeyFile,
	}
	addr := serve(t, broker.Config{Engine: &cfg})
	subscriber, publisher := dial(t, addr), dial(t, addr)
	const ok = `{"ok":true}`
	if got := subscriber.ask(`{"op":"sub","topic":"a"}`); got != ok {
		t.Fatal(got)
	}
	for _, data := range []string{"1", "2"} {
		if got := publisher.ask(`{"op":"pub","topic":"a","data":"` + data + `"}`); got != ok {
			t.Fatal(got)
		}
		if got := subscriber.read(); got != `{"topic":"a","data":"`+data+`"}` {
			t.Fatal(got)
		}
		if data == "1" {
			all[0].kill()
			all[0].start()
		}
	}
}

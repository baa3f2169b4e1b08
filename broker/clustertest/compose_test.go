package clustertest

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"
)

// service is what this test knows of one in the compose file.
type service struct {
	Image       string            `yaml:"image"`
	Command     []string          `yaml:"command"`
	Environment map[string]string `yaml:"environment"`
	DependsOn   []string          `yaml:"depends_on"`
	Ports       []string          `yaml:"ports"`
	Volumes     []string          `yaml:"volumes"`
	Restart     string            `yaml:"restart"`
	StopSignal  string            `yaml:"stop_signal"`
	StopGrace   string            `yaml:"stop_grace_period"`
}

// With the commands and variables of the compose file three nodes and two gateways find one
// another, in processes in place of containers, and tell their names.
func TestComposeFile(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "packaging", "docker", "cluster.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]service `yaml:"services"`
		Volumes  map[string]any     `yaml:"volumes"`
	}
	d := yaml.NewDecoder(strings.NewReader(string(text)))
	d.KnownFields(true)
	if err := d.Decode(&file); err != nil {
		t.Fatal(err)
	}
	ports := make(map[string]string) // as the host has them, by what a container listens at
	for i, port := range freePorts(t, 6) {
		ports[fmt.Sprintf("nats%d:%s", i/2+1, []string{"4222", "6222"}[i%2])] = fmt.Sprintf("127.0.0.1:%d", port)
	}
	here := func(s, service string) string {
		s = strings.ReplaceAll(s, "0.0.0.0", service)
		return regexp.MustCompile(`nats\d:\d+`).ReplaceAllStringFunc(s, func(at string) string { return ports[at] })
	}
	joltui := filepath.Join(t.TempDir(), "joltui")
	build := exec.Command("go", "build", "-o", joltui, ".")
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	gateways := make(map[string]*net.TCPAddr)
	for name, s := range file.Services {
		if s.Image == "joltui" {
			port := freePorts(t, 1)[0]
			gateways[name] = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port}
			cmd := exec.Command(joltui, "broker")
			cmd.Env = append(os.Environ(), "JOLT_BROKER_HOST=127.0.0.1", fmt.Sprintf("JOLT_BROKER_PORT=%d", port))
			for key, value := range s.Environment {
				cmd.Env = append(cmd.Env, key+"="+here(value, name))
			}
			launch(t, cmd)
			continue
		}
		_, port, _ := strings.Cut(ports[name+":4222"], ":")
		cmd := exec.Command(server, "-a", "127.0.0.1", "-p", port)
		for _, arg := range s.Command {
			cmd.Args = append(cmd.Args, strings.ReplaceAll(here(arg, name), "/data", t.TempDir()))
		}
		launch(t, cmd)
	}
	acrossGateways(t, gateways)
}

// launch starts a program, which ends with the test.
func launch(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	cmd.Stderr = t.Output()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
}

// acrossGateways has a message come from one gateway to the other, and both say their names.
func acrossGateways(t *testing.T, gateways map[string]*net.TCPAddr) {
	t.Helper()
	const ok = `{"ok":true}`
	for name, addr := range gateways {
		for deadline := time.Now().Add(40 * time.Second); ; time.Sleep(100 * time.Millisecond) {
			conn, err := net.Dial("tcp", addr.String())
			if err == nil {
				conn.Close()
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s does not listen", name)
			}
		}
		c := dial(t, addr)
		if got := c.ask(`{"op":"sub","topic":"$SYS.broker"}`); got != ok {
			t.Fatal(got)
		}
		var frame struct{ Data string }
		var told struct{ Name string }
		if json.Unmarshal([]byte(c.read()), &frame) != nil || json.Unmarshal([]byte(frame.Data), &told) != nil || told.Name != name {
			t.Errorf("it is called %q, want %q", told.Name, name)
		}
	}
	one, other := dial(t, gateways["gateway1"]), dial(t, gateways["gateway2"])
	if got := other.ask(`{"op":"sub","topic":"orders.eu"}`); got != ok {
		t.Fatal(got)
	}
	if got := one.ask(`{"op":"pub","topic":"orders.eu","data":"1"}`); got != ok {
		t.Fatal(got)
	}
	if got := other.read(); got != `{"topic":"orders.eu","data":"1"}` {
		t.Error(got)
	}
}

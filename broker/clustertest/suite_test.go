package clustertest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// What clients can rely on is the same with an engine: the tests of package broker pass with
// brokers that share messages, too, with one and with two of them, but for a few that say why
// not.
func TestSuite(t *testing.T) {
	for _, gateways := range []string{"1", "2"} {
		t.Run(gateways, func(t *testing.T) {
			t.Parallel() // only with the other one
			suite(t, "JOLT_TEST_GATEWAYS="+gateways)
		})
	}
}

func suite(t *testing.T, gateways string) {
	conf := filepath.Join(t.TempDir(), "nats.conf")
	if err := os.WriteFile(conf, []byte("max_payload: 2MB\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	// Those left out have no broker, or one in fake time, and no engine.
	cmd := exec.Command("go", "test", "-count", "1", "-timeout", "4m", "-skip", "Model|Fuzz|Pace|TheStream|Password|Parse", "./broker")
	cmd.Dir = filepath.Join("..", "..")
	cmd.Env = append(os.Environ(), gateways, "JOLT_TEST_ENGINE="+url(nodes(t, 1, "-c", conf)))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

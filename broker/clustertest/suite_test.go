package clustertest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// What clients can rely on is the same with an engine: the tests of package broker pass with
// brokers that share messages, too, but for a few that say why not.
func TestSuite(t *testing.T) {
	conf := filepath.Join(t.TempDir(), "nats.conf")
	if err := os.WriteFile(conf, []byte("max_payload: 2MB\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	// Those left out have no broker, or one in fake time, and no engine.
	cmd := exec.Command("go", "test", "-count", "1", "-timeout", "4m", "-skip", "Model|Fuzz|Pace|TheStream|Password|Parse", "./broker")
	cmd.Dir = filepath.Join("..", "..")
	cmd.Env = append(os.Environ(), "JOLT_TEST_ENGINE="+url(nodes(t, 1, "-c", conf)))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

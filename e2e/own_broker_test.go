package e2e

import (
	"os/exec"
	"testing"
)

// What a new user has with no broker at all: one key starts it, another program publishes to
// it, and quitting says what ends with it.
func TestABrokerFromThePage(t *testing.T) {
	port := freePort(t)
	x := open(t, 80, 24, "--port", port, "orders.eu")
	x.see("No broker at 127.0.0.1:"+port, "connection refused", "H  start a broker here", "T  try the demo")
	x.press("H")
	x.see("● connected", "own broker", "● orders.eu")

	if out, err := exec.Command(binary, "pub", "--port", port, "orders.eu", "from elsewhere").CombinedOutput(); err != nil {
		t.Fatalf("publishing: %v\n%s", err, out)
	}
	x.see(" from elsewhere ")

	other := exec.Command(binary, "sub", "--port", port, "chat.room")
	out, err := other.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		other.Process.Kill()
		other.Wait()
	})
	if _, err := out.Read(make([]byte, 1)); err != nil { // it says that it is connected
		t.Fatal(err)
	}
	x.press("q")
	x.see("q again quits", "with 1 other client")
	x.press("q")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.see("the broker at 127.0.0.1:" + port + " has ended with the dashboard")
	x.restored()
}

// The demo from the same page: its topics are subscribed to, and the tour begins.
func TestTheDemoFromThePage(t *testing.T) {
	port := freePort(t)
	x := open(t, 80, 24, "--port", port)
	x.see("T  try the demo")
	x.press("T")
	x.see("● connected", "own broker", "● orders.eu", "✗ payroll", `"status":`, "Tour, 1 of 4")
	x.press("\x1b")
	x.gone("Tour, 1 of 4")
	x.press("q")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.gone("has ended with the dashboard") // nobody else was connected
	x.restored()
}

// The tour of joltui demo goes on by the keys that it teaches; --no-tour has none.
func TestTheTour(t *testing.T) {
	x := open(t, 80, 24, "demo")
	x.see("Tour, 1 of 4", `"status":`)
	x.press("jjjj\r")
	x.see("Tour, 2 of 4")
	x.press("/failed\r")
	x.see("Tour, 3 of 4", `"failed"`)
	x.press("\x03")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x = open(t, 80, 24, "demo", "--no-tour")
	x.see("● orders.eu", `"status":`)
	x.gone("Tour, ")
	x.press("\x03")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

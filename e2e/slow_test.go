package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A terminal that takes nothing stops neither the messages nor the keys, and as
// soon as it goes on it shows how things are by then, not all that was between.
func TestSlowTerminal(t *testing.T) {
	const rounds, each = 50, 600 // fewer messages than the pump holds
	asked := make(chan string, rounds+1)
	broker := startFake(t, func(op, topic string) string {
		if op == "sub" && !strings.HasPrefix(topic, "$SYS.") { // that is for what topics there are
			asked <- topic
		}
		return ""
	})
	x := open(t, 160, 30, "--port", broker.port, "orders") // so wide that all counters have room
	x.see("● connected", "1 topic subscribed")
	<-asked
	before := len(x.bytes())

	x.mu.Lock() // which keeps draw from reading on
	for round := range rounds {
		for i := range each {
			broker.message("orders", fmt.Sprintf("message %d of round %d", i, round))
		}
		topic := fmt.Sprintf("topic%d", round)
		x.press("s" + topic + "\r")
		select {
		case got := <-asked:
			if got != topic {
				t.Errorf("the broker was asked for %q, not for %q", got, topic)
			}
		case <-time.After(patience):
			x.mu.Unlock()
			t.Fatalf("in round %d the keys were not answered", round)
		}
	}
	x.mu.Unlock()

	x.see(fmt.Sprintf("received %d,%03d", rounds*each/1000, rounds*each%1000), "dropped 0", fmt.Sprintf("topic%d", rounds-1))
	if wrote := len(x.bytes()) - before; wrote > 128<<10 {
		t.Errorf("it wrote %d bytes", wrote)
	}
	// Drawn from scratch, the screen is the same: nothing is left of what was
	// between.
	screen := messages(x.text())
	x.press("?")
	x.see("Help")
	x.resize(101, 30)
	x.press("q")
	x.until(func(now string) bool { return messages(now) == screen }, "as before:\n"+screen)

	begin := time.Now()
	x.press("\x03")
	if code := x.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.restoredSince(begin)
	checkBytes(t, x.bytes())
}

// messages are those on the screen, with their times.
func messages(screen string) string {
	return strings.Join(regexp.MustCompile(`[\d:.]+ +message \d+ of round \d+`).FindAllString(screen, -1), "\n")
}

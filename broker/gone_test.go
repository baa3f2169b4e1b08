package broker

import (
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
)

// A shutdown carries out what has arrived and was not read yet.
func TestShutdownReadsWhatHasArrived(t *testing.T) {
	oneGateway(t, "its own end")
	const messages = 5000
	r := startBroker(t, Config{})
	subscriber := r.dial(t)
	subscriber.ask(`{"op":"sub","topic":"t"}`, ok)
	conn := dialRaw(t, r.next())
	newClient(t, conn).ask(`{"op":"ping"}`, ok)
	var all strings.Builder
	for m := range messages {
		fmt.Fprintf(&all, `{"op":"pub","topic":"t","data":"%d"}`+"\n", m)
	}
	if _, err := io.WriteString(conn, all.String()); err != nil {
		t.Fatal(err)
	}
	r.cancel()
	for m := range messages {
		subscriber.expect(fmt.Sprintf(`{"topic":"t","data":"%d"}`, m))
	}
	subscriber.expect(failed("shutting_down: the broker is shutting down"))
	if err := <-r.served; err != nil {
		t.Error(err)
	}
}

// One who is cut off for not reading has what it sent before carried out.
func TestSlowConsumersRequestsAreCarriedOut(t *testing.T) {
	r := serve(t, Config{Limits: Limits{LineBytes: 32 << 10, QueueBytes: 64 << 10}, lastWords: lastWords}, smallBuffers{listen(t)})
	other := r.dial(t)
	other.ask(`{"op":"sub","topic":"last"}`, ok)
	slow := dialRaw(t, r.next())
	slow.(*net.TCPConn).SetReadBuffer(4 << 10)
	newClient(t, slow).ask(`{"op":"sub","topic":"flood"}`, ok)
	publisher := r.dial(t)
	message := `{"op":"pub","topic":"flood","data":"` + strings.Repeat("x", 30<<10) + `"}`
	for n := 0; r.Stats().SlowConsumers == 0; n++ {
		if n == 1000 {
			t.Fatal("nobody was cut off")
		}
		if n == 5 { // its replies will never be read
			io.WriteString(slow, strings.Repeat(`{"op":"pub","topic":"last","data":"1"}`+"\n", 100))
		}
		publisher.ask(message, ok)
	}
	for range 100 {
		other.expect(`{"topic":"last","data":"1"}`)
	}
}

package broker

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
)

// The log tells who came, who failed to log in and who left, and holds neither
// passwords nor payloads nor anything that a terminal would obey.
func TestLog(t *testing.T) {
	var log bytes.Buffer
	cfg := secure(t)
	cfg.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	r := startBroker(t, cfg)
	c := r.dial(t)
	c.ask(`{"op":"auth","user":"mallory\u001b[2J","pass":"s3cret-guess"}`, failed("auth_failed: unknown user or wrong password"))
	c.ask(loginLine("alice", "wonder:land"), ok)
	c.ask(`{"op":"pub","topic":"orders.eu","data":"p4yload"}`, ok)
	c.conn.Close()
	r.await(t, "the client to go", func(s Stats) bool { return s.Connections == 0 })
	if err := r.Shutdown(context.Background()); err != nil {
		t.Fatal(err)
	}
	<-r.served
	text := log.String()
	for _, want := range []string{
		"msg=serving", "msg=connected remote=127.0.0.1:", `msg="login failed"`, `user="mallory\x1b[2J"`,
		`msg="logged in"`, "user=alice", "msg=disconnected", "msg=stopped",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in the log:\n%s", want, text)
		}
	}
	for _, secret := range []string{"s3cret-guess", "wonder:land", "p4yload", "\x1b"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in the log:\n%s", secret, text)
		}
	}
}

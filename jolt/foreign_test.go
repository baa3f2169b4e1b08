package jolt

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
)

// What answers is named, once, however its bytes come and however many lines it has.
func TestForeignProtocols(t *testing.T) {
	for said, want := range map[string]string{
		"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n":     "HTTP",
		"<!DOCTYPE HTML>\n<html>\n":                                 "HTTP",
		"\x15\x03\x01\x00\x02\x02\x46":                              "TLS",
		"SSH-2.0-OpenSSH_9.6\r\n":                                   "SSH",
		"220 mail.example ESMTP\r\n502 unknown command\r\n":         "SMTP or FTP",
		"-ERR unknown command '{\"op\":\"ping\"}'\r\n":              "Redis",
		"INFO {\"server_id\":\"x\"}\r\n-ERR 'Unknown Protocol'\r\n": "NATS",
		"AMQP\x00\x00\x09\x01":                                      "AMQP",
	} {
		for _, size := range []int{1, len(said)} {
			start(t, Config{NoReconnect: true}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
				p := b.accept()
				p.expect(`{"op":"ping"}`)
				for rest := said; rest != ""; rest = rest[min(size, len(rest)):] {
					p.Write([]byte(rest[:min(size, len(rest))])) // the client may have hung up
				}
				synctest.Wait()
				p.Close()
				synctest.Wait()
				var bad []*BadLine
				var cause error
				for _, e := range rec.events {
					switch e := e.(type) {
					case *BadLine:
						bad = append(bad, e)
					case *StateChange:
						cause = e.Cause
					}
				}
				var foreign *ForeignError
				if !errors.As(cause, &foreign) || foreign.Protocol != want || !errors.Is(cause, ErrMalformed) {
					t.Fatalf("%q, %d bytes at a time: %v", said, size, cause)
				}
				if len(bad) != 1 || !strings.HasPrefix(said, bad[0].Raw) || bad[0].Raw == "" {
					t.Errorf("%q, %d bytes at a time: %d bad lines: %+v", said, size, len(bad), bad)
				}
			})
		}
	}
}

// A frame is none of them, and what comes later is judged as a line.
func TestFramesAreNotForeign(t *testing.T) {
	start(t, Config{}, func(t *testing.T, b *fakeBroker, c *Client, rec *recorder) {
		p := b.accept()
		p.expect(`{"op":"ping"}`)
		p.send("\r\n", " ", "{\"ok\":true}\nHTTP/1.1 400 Bad Request\n")
		if synctest.Wait(); !c.IsConnected() {
			t.Errorf("not up; events:\n%s", rec.take())
		}
	})
}

package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"joltui/internal/trace"
	"joltui/jolt"
)

// traced returns a dashboard whose wire has the lines of its connection until now.
func traced(t *testing.T, w, h int) (*screen, *trace.Trace) {
	wire := trace.New()
	s := watchOrders(t, w, h, Options{Wire: wire})
	r := &jolt.Request{Op: jolt.OpSubscribe, Topic: "orders.eu"}
	wire.Add(jolt.TraceLine{At: noon(), Sent: true, Line: `{"op":"sub","topic":"orders.eu"}`, Size: 32, Request: r})
	ok := jolt.Frame{Kind: jolt.FrameAck}
	wire.Add(jolt.TraceLine{At: noon().Add(123 * time.Microsecond), Line: `{"ok":true}`, Size: 11, Frame: ok, Request: r})
	return s, wire
}

func traceOrder(wire *trace.Trace, n int) {
	data := fmt.Sprintf(`{"id":%d}`, n)
	line := strings.TrimSuffix(string(jolt.AppendMessage(nil, "orders.eu", data)), "\n")
	at := noon().Add(time.Duration(n) * time.Millisecond)
	f := jolt.Frame{Kind: jolt.FrameMessage, Topic: "orders.eu", Data: data}
	wire.Add(jolt.TraceLine{At: at, Line: line, Size: len(line), Frame: f})
}

func TestGoldenWire(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s, wire := traced(t, size.w, size.h)
			traceOrder(wire, 1)
			traceOrder(wire, 2)
			s.press("i")
			traceOrder(wire, 3)
			s.press("k", "k", "o", "o", "o")
			s.golden()
		})
	}
}

// Messages are kept from when the wire is opened until it is closed.
func TestWireIsWatchedWhileItIsOpen(t *testing.T) {
	s, wire := traced(t, 120, 40)
	traceOrder(wire, 1)
	s.press("i")
	s.contains("Wire", "subscribe orders.eu", "ok for subscribe", "1 message left out", "messages since 12:01:26")
	traceOrder(wire, 2)
	s.press("G")
	s.contains(`\"id\":2`)
	s.press("enter")
	s.contains("← 41 B ─ message on orders.eu 8 B")
	s.press("esc")
	traceOrder(wire, 3)
	s.press("esc")
	s.lacks("subscribe orders.eu")
	traceOrder(wire, 4)
	s.press("i", "G")
	s.contains(`\"id\":3`, "1 message left out")
	s.lacks(`\"id\":4`)
}

func TestWireFilterIsTriedAsItIsTyped(t *testing.T) {
	s, _ := traced(t, 120, 40)
	s.press("i", "/", "text:ok")
	s.contains("filter /ok/", "ok for subscribe")
	s.lacks("subscribe orders.eu")
	s.press("text:(")
	s.contains("✗", "filter /ok/")
	s.press("esc")
	s.contains("subscribe orders.eu")
	s.lacks("filter /")
	s.press("/", "text:sub", "enter", "q", "tab", "/")
	s.contains("filter / ")
	s.press("esc", "i")
	s.contains("filter /sub/")
}

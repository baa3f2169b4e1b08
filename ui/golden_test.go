package ui

import (
	"fmt"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"joltui/jolt"
	"joltui/ui/loop"
)

// scenes are what the golden files show, each in the named sizes.
func scenes() map[string]func(t *testing.T, w, h int, o Options) *screen {
	return map[string]func(t *testing.T, w, h int, o Options) *screen{
		"no broker": func(t *testing.T, w, h int, o Options) *screen {
			o.Addr, o.Topics = address, []string{"orders.eu"}
			s := newScreen(t, w, h, o)
			s.events(&jolt.StateChange{At: noon(), State: jolt.Connecting, Addr: address, Attempt: 1})
			s.events(down(noon(), 3, 3*time.Second, refused()))
			return s
		},
		"login refused": func(t *testing.T, w, h int, o Options) *screen {
			s := newScreen(t, w, h, o)
			s.events(reject(jolt.Request{Op: jolt.OpAuth, User: "alice", Auto: true}, "auth_failed: wrong name or password"))
			s.events(&jolt.StateChange{At: noon(), State: jolt.Closed, Addr: address,
				Cause: &jolt.RejectedError{Op: jolt.OpAuth, Text: "auth_failed: wrong name or password"}})
			return s
		},
		"connected": func(t *testing.T, w, h int, o Options) *screen {
			s := newScreen(t, w, h, o)
			s.events(up(0), ping(400*time.Microsecond))
			return s
		},
		"flowing": watchOrders,
		"one topic": func(t *testing.T, w, h int, o Options) *screen {
			s := watchOrders(t, w, h, o)
			s.press("G", "enter")
			return s
		},
		"filtered": func(t *testing.T, w, h int, o Options) *screen {
			s := watchOrders(t, w, h, o)
			s.press("G", "enter", "/", `text:"failed"`, "enter")
			return s
		},
		"tiled": func(t *testing.T, w, h int, o Options) *screen {
			s := watchOrders(t, w, h, o)
			s.press("G", "v", "k", "v", "k", "v", "tab")
			return s
		},
		"published": func(t *testing.T, w, h int, o Options) *screen {
			s := watchOrders(t, w, h, o)
			s.press("G", "p", `text:{"id":1,"status":"new"}`, "enter")
			s.events(ack(s.client.last(t), 310*time.Microsecond))
			s.press(`text:{"id":2,`, "alt+enter", `text: "status":"new"}`)
			return s
		},
		"publish rejected": func(t *testing.T, w, h int, o Options) *screen {
			s := watchOrders(t, w, h, o)
			s.press("j", "p", "text:hello", "enter")
			s.events(reject(s.client.last(t), "forbidden: publish:audit is not granted to alice"))
			s.press("esc")
			return s
		},
		"forbidden topic": func(t *testing.T, w, h int, o Options) *screen {
			s := watchOrders(t, w, h, o)
			s.press("s", "text:secret", "enter")
			s.events(reject(s.client.last(t), "forbidden: subscribe:secret is not granted to alice"))
			return s
		},
		"disconnected": func(t *testing.T, w, h int, o Options) *screen {
			s := watchOrders(t, w, h, o)
			s.events(down(s.now, 1, 3*time.Second, fmt.Errorf("read: %w", refused())))
			s.pass(time.Second)
			return s
		},
		"paused": func(t *testing.T, w, h int, o Options) *screen {
			s := watchOrders(t, w, h, o)
			s.press(" ")
			for range 3 {
				s.events(orders(s.now, 900, 402)...)
				s.pass(time.Second)
			}
			return s
		},
		"dropping": func(t *testing.T, w, h int, o Options) *screen {
			s := watchOrders(t, w, h, o)
			s.send(loop.Batch{Drops: []loop.Drop{{Topic: "orders.eu", Messages: 1204331, Bytes: 96346480}}})
			s.pass(time.Second)
			return s
		},
		"help": func(t *testing.T, w, h int, o Options) *screen {
			s := watchOrders(t, w, h, o)
			s.press("?")
			return s
		},
		"inspector": func(t *testing.T, w, h int, o Options) *screen {
			s := watchOrders(t, w, h, o)
			s.press("G", "enter", "enter")
			return s
		},
		"subscribing": func(t *testing.T, w, h int, o Options) *screen {
			s := watchOrders(t, w, h, o)
			s.press("s", "text:orders.us, billing")
			return s
		},
		"bad filter": func(t *testing.T, w, h int, o Options) *screen {
			s := watchOrders(t, w, h, o)
			s.press("/", "tab", "text:(failed")
			return s
		},
	}
}

func TestGolden(t *testing.T) {
	for name, scene := range scenes() {
		for _, size := range []struct{ w, h int }{{80, 24}, {120, 40}, {200, 60}} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size.w, size.h), func(t *testing.T) {
				scene(t, size.w, size.h, Options{}).golden()
			})
		}
	}
}

func TestGoldenSmall(t *testing.T) {
	all := scenes()
	for _, name := range []string{"no broker", "connected", "flowing", "one topic", "published", "help", "disconnected"} {
		for _, size := range []struct{ w, h int }{{60, 15}, {40, 12}, {30, 8}} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size.w, size.h), func(t *testing.T) {
				all[name](t, size.w, size.h, Options{}).golden()
			})
		}
	}
}

func TestGoldenColoured(t *testing.T) {
	for name, scene := range scenes() {
		t.Run(name, func(t *testing.T) {
			scene(t, 120, 40, Options{Renderer: renderer(termenv.TrueColor, true)}).golden()
		})
	}
}

// TestGoldenFind: looking for something, while more comes.
func TestGoldenFind(t *testing.T) {
	for name, keys := range map[string][]string{
		"typing":    {"/", "tab", `text:.status == "failed" and (`},
		"jq dimmed": {"/", `text:jq .status == "failed"`, "enter", "x", "g", "b", "n", "n", "b", "n"},
		"context":   {"/", `text:"id":4[78]3[37]`, "enter", "c", "G", "N", "N"},
		"wrapped":   {"/", "text:failed", "enter", "x", "x", "g", "N", "N"},
		"resume":    {" "},
	} {
		for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size.w, size.h), func(t *testing.T) {
				s := watchOrders(t, size.w, size.h, Options{})
				s.press("G", "tab")
				s.press(keys...)
				s.events(orders(s.now, 6000, 200)...)
				s.golden()
			})
		}
	}
}

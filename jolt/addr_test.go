package jolt

import (
	"errors"
	"testing"
)

// An address is host:port, or a host alone, as people have it at hand.
func TestAddr(t *testing.T) {
	for addr, want := range map[string]string{
		"":                    "127.0.0.1:8080",
		"example.org":         "example.org:8080",
		"example.org:":        "example.org:8080",
		"example.org:9000":    "example.org:9000",
		"10.0.0.1":            "10.0.0.1:8080",
		"::1":                 "[::1]:8080",
		"[::1]":               "[::1]:8080",
		"[::1]:9000":          "[::1]:9000",
		"fe80::1%eth0":        "[fe80::1%eth0]:8080",
		":9000":               ":9000",
		"unix-like_name":      "unix-like_name:8080",
		"no port":             "",
		" 127.0.0.1":          "",
		"127.0.0.1\n":         "",
		"tcp://example.org":   "",
		"ann@example.org":     "",
		"example.org:80:90":   "",
		"[::1":                "",
		"::1]":                "",
		"[example.org]":       "",
		"[10.0.0.1]":          "",
		"example.org/path:80": "",
	} {
		cfg, err := Config{Addr: addr}.withDefaults()
		if cfg.Addr != want && want != "" || errors.Is(err, ErrBadConfig) != (want == "") {
			t.Errorf("%q became %q, %v; want %q", addr, cfg.Addr, err, want)
		}
	}
	c, err := New(Config{Addr: "[::1]", NoReconnect: true})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if got := c.Addr(); got != "[::1]:8080" {
		t.Errorf("Addr() = %q", got)
	}
}

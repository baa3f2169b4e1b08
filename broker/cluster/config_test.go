package cluster

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Every node of a URL has a URL of its own.
func TestServers(t *testing.T) {
	for url, want := range map[string][]string{
		"nats://a":                    {"nats://a:4222"},
		"nats://a,b:1,[::1],[::1]:2/": {"nats://a:4222", "nats://b:1", "nats://[::1]:4222", "nats://[::1]:2"},
		"tls://a, tls://b":            {"tls://a:4222", "tls://b:4222"},
	} {
		got, err := servers(url)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v\n%s", url, err, diff)
		}
	}
}

// What is wrong is said, and what to do; a secret that was in the URL is not repeated.
func TestCheck(t *testing.T) {
	ok := Config{URL: "nats://a,b,c"}
	for want, change := range map[string]func(*Config){
		"":                           func(*Config) {},
		"must begin with nats://":    func(c *Config) { c.URL = "http://a" },
		"no user and no password":    func(c *Config) { c.URL = "nats://me:hush@a" },
		`has "a:x" where a host`:     func(c *Config) { c.URL = "nats://a:x" },
		`has ":4222" where a host`:   func(c *Config) { c.URL = "nats://" },
		`"prefix" must be`:           func(c *Config) { c.Prefix = "a.b" },
		`"replicas" must be 1, 3`:    func(c *Config) { c.Replicas = 2 },
		`"storage" must be "memory"`: func(c *Config) { c.Storage = "disk" },
		`"max_age" must be from 30s`: func(c *Config) { c.MaxAge = time.Second },
		`"max_bytes" must be from`:   func(c *Config) { c.MaxBytes = 1 },
		"exclude each other":         func(c *Config) { c.Credentials, c.User, c.PasswordFile = "c", "u", "p" },
		`"user" and "password_file"`: func(c *Config) { c.User = "u" },
		`"cert" and "key"`:           func(c *Config) { c.Cert = "c" },
	} {
		c := ok
		change(&c)
		if got := c.Check(); !strings.Contains(got, want) || want == "" && got != "" || strings.Contains(got, "hush") {
			t.Errorf("%+v: %q, want %q", c, got, want)
		}
	}
}

// Three nodes keep three replicas, and a password comes from a file.
func TestStream(t *testing.T) {
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("hush\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Config{URL: "nats://a,b,c", User: "me", PasswordFile: file}.Stream(1000)
	if err != nil || s.Replicas != 3 || s.Password != "hush" || s.MaxAge != defaultMaxAge || s.Prefix != "jolt" {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err = (Config{URL: "nats://a,b", Prefix: "p"}).Stream(1000); err != nil || s.Replicas != 1 || s.Prefix != "p" {
		t.Errorf("%+v, %v", s, err)
	}
	for want, c := range map[string]Config{
		"must begin with": {},
		"password_file":   {URL: "nats://a", User: "me", PasswordFile: file + "x"},
		"credentials":     {URL: "nats://a", Credentials: file + "x"},
		"begins with nats://: begin it with tls://": {URL: "nats://a", CA: file},
		"holds no certificate":                      {URL: "tls://a", CA: file},
	} {
		if _, err := c.Stream(1000); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", c, err, want)
		}
	}
}

// What NATS takes by default has room for the longest line of the default.
func TestDefaultLineFits(t *testing.T) {
	s, err := Config{URL: "nats://a"}.Stream(LineBytes)
	if err != nil || s.Payload > 1<<20 {
		t.Errorf("%d bytes are needed, %v", s.Payload, err)
	}
}

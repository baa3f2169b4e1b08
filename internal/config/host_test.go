package config

import (
	"strings"
	"testing"
)

func TestHost(t *testing.T) {
	for text, want := range map[string]string{
		"127.0.0.1": "127.0.0.1", "::1": "::1", "[::1]": "::1", "fe80::1%lo": "fe80::1%lo", "[fe80::1%lo]": "fe80::1%lo",
		"127.0.0.1\n": "127.0.0.1", " broker.example \t": "broker.example", "localhost": "localhost",
	} {
		if got, err := Host(text); got != want || err != nil {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"": "is empty", " \n": "is empty", "[::1]:8080": "has a port in it", "a:1": "has a port in it", "127.0.0.1:8080": "has a port in it",
		"tcp://127.0.0.1": "has a scheme in it", "a b": "is no host name", "a/b": "is no host name", "ann@a": "is no host name", "[::1": "bracket",
		"[127.0.0.1]": "no IPv6", "[::1]x": "no IPv6", "a\nb": "is no host name",
	} {
		if got, err := Host(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is %q, %v; want %q", text, got, err, want)
		}
	}
}

// A profile has the same rule, with file and line.
func TestHostOfAProfile(t *testing.T) {
	f, err := Parse("c.toml", []byte("[profiles.a]\nhost = \" [::1] \"\n"))
	if err != nil || f.Profiles["a"].Settings["host"].Text != "::1" {
		t.Errorf("%+v, %v", f, err)
	}
	_, err = Parse("c.toml", []byte("[profiles.a]\nuser = \"b\"\nhost = \"127.0.0.1:8080\"\n"))
	if err == nil || err.Error() != `c.toml:3: host "127.0.0.1:8080" has a port in it: the port is a setting of its own` {
		t.Error(err)
	}
	if _, err := (Addition{Name: "b", Host: "tcp://x", Port: 1}).Text("c.toml", nil); err == nil || !strings.Contains(err.Error(), "scheme") {
		t.Error(err)
	}
}

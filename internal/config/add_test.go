package config

import (
	"errors"
	"strings"
	"testing"
)

func TestAddition(t *testing.T) {
	const before = "# mine\nprofile = \"a\"\n[profiles.a] # the first\nhost = \"h\"\n[profiles.a.keys]"
	for _, tt := range []struct {
		name string
		data string
		add  Addition
		want string
	}{
		{"to nothing", "", Addition{"prod", "10.0.0.7", 8080, ""}, "[profiles.prod]\nhost = \"10.0.0.7\"\nport = 8080\n"},
		{"after a line without an end", before, Addition{"b", "::1", 9000, "ann"},
			"\n\n[profiles.b]\nhost = \"::1\"\nport = 9000\nuser = \"ann\"\n"},
		{"with names that need quotes", before + "\n", Addition{`x.y "z"`, "h", 1, `<\>`},
			"\n[profiles.\"x.y \\\"z\\\"\"]\nhost = \"h\"\nport = 1\nuser = \"<\\\\>\"\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.add.Text("c.toml", []byte(tt.data))
			if err != nil || got != tt.want {
				t.Fatalf("%q, %v", got, err)
			}
			f, err := Parse("c.toml", []byte(tt.data+got))
			if err != nil {
				t.Fatal(err)
			}
			p := f.Profiles[tt.add.Name]
			if p.Settings["host"].Text != tt.add.Host || p.Settings["user"].Text != tt.add.User {
				t.Errorf("it came back as %+v", p)
			}
		})
	}
	for name, tt := range map[string]struct {
		data string
		add  Addition
		want string
	}{
		"taken":      {before, Addition{"a", "h", 1, ""}, `c.toml:3: there is a profile "a" already`},
		"a bad port": {"", Addition{"a", "h", 0, ""}, "c.toml:3: port must be from 1 to 65535"},
		"a bad file": {"x = 1\n", Addition{"a", "h", 1, ""}, `c.toml:1: unknown setting "x"`},
		"inline":     {"profiles = {}\n", Addition{"a", "h", 1, ""}, "c.toml:"},
	} {
		var wrong *Error
		if text, err := tt.add.Text("c.toml", []byte(tt.data)); text != "" || !errors.As(err, &wrong) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

// TestBindingLines: a key can be found again.
func TestBindingLines(t *testing.T) {
	f, err := Parse("c.toml", []byte("[keys]\nquit = [\"x\"]\n\"stream.inspect\" = [\"o\"]\n[profiles.a.keys]\nquit = [\"y\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := f.Profile("a")
	if err != nil || p.BindingLines["quit"] != 5 || p.BindingLines["stream.inspect"] != 3 {
		t.Errorf("%+v, %v", p.BindingLines, err)
	}
}

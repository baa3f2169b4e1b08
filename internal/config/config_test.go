package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const example = `# a comment
profile = "prod"
theme = "dark"
topics = ["audit"]

[limits]
log_rows = 100

[profiles.prod]
host = "10.0.0.7"
port = 9090
tls = true
connect_timeout = "3s"
theme = "light"

[profiles.prod.groups]
orders = ["orders.eu", "orders.us"]

[profiles.prod.keys]
"stream.inspect" = ["enter", "o"]

[profiles.dev]
topics = []
`

func TestParse(t *testing.T) {
	f, err := Parse("c.toml", []byte(example))
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Profile("")
	if err != nil {
		t.Fatal(err)
	}
	want := Profile{
		Name: "prod", Line: 9,
		Settings: map[string]Value{
			"host": {"10.0.0.7", 10}, "port": {"9090", 11}, "tls": {"true", 12}, "connect_timeout": {"3s", 13}, "theme": {"light", 14},
		},
		Topics:   []string{"audit"},
		Groups:   map[string][]string{"orders": {"orders.eu", "orders.us"}},
		Bindings: map[string][]string{"stream.inspect": {"enter", "o"}},
		Limits:   map[string]int{"log_rows": 100},

		BindingLines: map[string]int{"stream.inspect": 20},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the default profile (-want +got):\n%s", diff)
	}
	dev, err := f.Profile("dev")
	if err != nil || len(dev.Topics) != 0 || dev.Settings["theme"] != (Value{"dark", 3}) {
		t.Errorf("dev: %+v, %v", dev, err)
	}
}

func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		"host = 5":                            "c.toml:1: host must be text in quotes",
		"\nport = \"8080\"":                   "c.toml:2: port must be a number, without quotes",
		"port = 99999":                        "c.toml:1: port must be from 1 to 65535, not 99999",
		"tls = \"yes\"":                       "c.toml:1: tls must be true or false, without quotes",
		"connect_timeout = \"soon\"":          `c.toml:1: connect_timeout must be a duration in quotes, such as "10s" and more than 0, not "soon"`,
		"theme = \"drak\"":                    `c.toml:1: theme "drak" is unknown: did you mean "dark"?`,
		"hots = \"a\"":                        `c.toml:1: unknown setting "hots": did you mean "host"?`,
		"[profiles.a]\nuser=\"x\"\ncolours=1": `c.toml:3: unknown setting "colours": did you mean "colour"?`,
		"[profiles.a]\nuser=\"x\"\nsound=1":   `c.toml:3: unknown setting "sound": there are `,
		"colour = \"pink\"":                   `c.toml:1: colour "pink" is unknown: `,
		"[profiles.a]\npassword = \"hunter2\"": "c.toml:2: a password does not belong in this file: say where it comes from " +
			"with password_from, or with password_file",
		"profile = \"prd\"\n[profiles.prod]\n":    `c.toml:1: no profile "prd": did you mean "prod"?`,
		"profile = \"prod\"":                      `c.toml:1: no profile "prod": there are none yet`,
		"profiles = 1":                            "c.toml:1: profiles must be tables",
		"[profiles]\na = 1":                       "c.toml:2: profiles.a must be a table",
		"topics = \"a\"":                          `c.toml:1: topics must be a list of text`,
		"topics = [\"\"]":                         `c.toml:1: topics must be a list of text in quotes, none of it empty`,
		"[groups]\na = \"x\"":                     `c.toml:2: a must be a list of text`,
		"groups = 1":                              "c.toml:1: groups must be a table of lists: [groups]",
		"[limits]\nlog_row = 1":                   `c.toml:2: limit "log_row" is unknown: did you mean "log_rows"?`,
		"[limits]\nlog_rows = 0":                  "c.toml:2: log_rows must be from 1 to ",
		"a = ":                                    "c.toml:1: ",
		"host = \"a\"\nhost = \"b\"":              "c.toml:",
		"host = \"\xff\"":                         "c.toml: not valid UTF-8",
		"[profiles.a.keys]\n\"stream.x\" = [1]\n": `c.toml:2: stream.x must be a list of text in quotes`,
	} {
		_, err := Parse("c.toml", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) || !errors.As(err, new(*Error)) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v; want %s", text, err, want)
		}
	}
}

func TestNoSuchProfile(t *testing.T) {
	f, err := Parse("c.toml", []byte(example))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"prd": `c.toml: no profile "prd": did you mean "prod"?`, "staging": `c.toml: no profile "staging": there are dev, prod`,
	} {
		if _, err := f.Profile(name); err == nil || err.Error() != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	if f, err := LoadIfExists(path); err != nil || len(f.Names()) != 0 {
		t.Errorf("no file: %+v, %v", f, err)
	}
	if _, err := Load(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if err := os.WriteFile(path, make([]byte, maxBytes+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); err == nil || !strings.Contains(err.Error(), "longer than 1 MiB") {
		t.Errorf("a huge file: %v", err)
	}
}

// TestTemplate: the file to begin with is valid, and so is all that it proposes.
func TestTemplate(t *testing.T) {
	text := Template()
	if f, err := Parse("t", []byte(text)); err != nil || len(f.Profiles) != 1 {
		t.Errorf("%+v, %v", f, err)
	}
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		if rest, ok := strings.CutPrefix(line, "# "); ok && (strings.Contains(rest, " = ") || strings.HasPrefix(rest, "[")) {
			line = rest
		}
		all = append(all, line)
	}
	f, err := Parse("t", []byte(strings.Join(all, "\n")))
	if err != nil {
		t.Fatalf("%v in\n%s", err, strings.Join(all, "\n"))
	}
	if p := f.Profiles["prod"]; len(p.Settings) != len(Keys()) || len(p.Limits) != len(Limits()) {
		t.Errorf("the template leaves something out: %+v", p)
	}
}

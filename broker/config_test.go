package broker

import (
	"bytes"
	"errors"
	"io/fs"
	"joltui/broker/internal/machine"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParseConfig(t *testing.T) {
	hash := testHash(t, "x")
	got, err := ParseConfig("broker.json", []byte(`{
		"host": "::1", "port": 65535, "name": "eu-1", "security": true,
		"users": [
			{"name": "admin", "password_hash": "`+hash+`", "permissions": ["admin"]},
			{"permissions": ["publish:a", "subscribe:b:c"], "password_hash": "`+hash+`", "name": "älice"},
			{"name": "nobody", "password_hash": "`+hash+`"}],
		"last_value": ["config.>", "state.*", "one"],
		"limits": {"line_bytes": 128, "topic_bytes": 1, "connections": 3, "address_connections": 2,
			"user_connections": 1, "user_requests": 7, "admin_connections": 5, "topics": 6, "memory_bytes": 16777216, "queue_bytes": 65536, "last_value_bytes": 1024,
			"pace_bytes": 65536, "queue_stall": "1m30s", "auth_timeout": "10ms", "idle_timeout": "1m", "drain": "1h"}
	}`+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		Host: "::1", Port: 65535, Name: "eu-1", Security: true,
		Users: []User{
			{"admin", hash, []string{"admin"}},
			{"älice", hash, []string{"publish:a", "subscribe:b:c"}},
			{"nobody", hash, nil},
		},
		LastValue: []string{"config.>", "state.*", "one"},
		Limits: Limits{LineBytes: 128, TopicBytes: 1, Connections: 3, AddressConnections: 2, UserConnections: 1,
			AdminConnections: 5, UserRequests: 7, Topics: 6, MemoryBytes: 16 << 20, QueueBytes: 65536, LastValueBytes: 1024, PaceBytes: 65536,
			QueueStall: 90 * time.Second, AuthTimeout: 10 * time.Millisecond, IdleTimeout: time.Minute, Drain: time.Hour},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Config{})); diff != "" {
		t.Error(diff)
	}
	if _, err := New(got); err != nil {
		t.Errorf("New refuses what ParseConfig accepts: %v", err)
	}
	if addr := got.Addr(); addr != "[::1]:65535" {
		t.Errorf("Addr() = %s", addr)
	}
}

// The files of a configuration are beside it, unless it says otherwise.
func TestParseTLS(t *testing.T) {
	got, err := ParseConfig(filepath.FromSlash("/etc/jolt/broker.json"),
		[]byte(`{"tls": {"cert": "cert.pem", "key": "keys/key.pem", "client_ca": "/ca.pem"}}`))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.FromSlash("/etc/jolt")
	want := &TLS{Cert: filepath.Join(dir, "cert.pem"), Key: filepath.Join(dir, "keys", "key.pem"), ClientCA: "/ca.pem"}
	if diff := cmp.Diff(want, got.TLS); diff != "" {
		t.Error(diff)
	}
}

func TestDefaults(t *testing.T) {
	cfg, err := ParseConfig("broker.json", []byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range (Limits{}).Keys() {
		if b.cfg.Limits.Value(key) == "" {
			t.Errorf("%s has no value", key)
		}
	}
	if l := b.cfg.Limits; l.Value("drain") != "10s" || l.Value("topic_bytes") != "256" || l.Value("x") != "" {
		t.Errorf("drain %q, topic_bytes %q, x %q", l.Value("drain"), l.Value("topic_bytes"), l.Value("x"))
	}
	want := Limits{LineBytes: 1 << 20, TopicBytes: 256, Connections: 10_000, AddressConnections: 10_000,
		UserConnections: 10_000, AdminConnections: 4, Topics: 100_000, MemoryBytes: machine.Memory() / 10 * 7,
		QueueBytes: 8 << 20, LastValueBytes: 4 << 20, PaceBytes: 13_000_000,
		QueueStall: 10 * time.Second, AuthTimeout: 5 * time.Second, Drain: 10 * time.Second}
	if diff := cmp.Diff(want, b.cfg.Limits); diff != "" || cfg.Addr() != "127.0.0.1:8080" || cfg.Security {
		t.Errorf("%s\n%s security %v", diff, cfg.Addr(), cfg.Security)
	}
}

func TestConfigErrors(t *testing.T) {
	hash := testHash(t, "x")
	tests := []struct{ name, config, want string }{
		{"empty file", "", `broker.json:1: the file ends too early: close every quote, bracket and brace`},
		{"cut short", "{\n\"port\": 1,\n", `broker.json:3: the file ends too early: close every quote, bracket and brace`},
		{"cut in a string", "{\n\"ho", `broker.json:2: the file ends too early: close every quote, bracket and brace`},
		{"a list", "\n[]", `broker.json:2: the configuration must be an object in braces, not a list`},
		{"syntax", "{\n\"port\" 1}", `broker.json:2: not valid JSON: invalid character '1' after object key: check the commas and quotes there`},
		{"trailing comma", "{\"port\": 1,\n}", `broker.json:2: not valid JSON: invalid character '}' looking for beginning of object key string: check the commas and quotes there`},
		{"comment", "{\n// x\n}", `broker.json:2: not valid JSON: invalid character '/': check the commas and quotes there`},
		{"two documents", "{}\n\n{}", `broker.json:3: text after the end of the configuration: remove it`},
		{"not UTF-8", "{\n\"host\": \"\xff\"}", `broker.json:2: not valid UTF-8: save the file as UTF-8`},
		{"unknown key", "{\n\n\n\n\n\n\"prot\": 1}", `broker.json:7: unknown key "prot": did you mean "port"?`},
		{"wrong case", `{"Port": 1}`, `broker.json:1: unknown key "Port": did you mean "port"?`},
		{"last values of many brokers", `{"last_value": ["a"], "engine": {"url": "nats://a"}}`,
			`broker.json: "last_value" and "engine" exclude each other, because a broker that starts later than another would not have the same last values: remove one`},
		{"far key", `{"bind": 1}`, `broker.json:1: unknown key "bind": the configuration can have "engine", "host", "last_value", "limits", "name", "patterns", "port", "security", "tls", "users"`},
		{"limit at the top", "{\n\"drain\": \"1s\"}", `broker.json:2: "drain" belongs in "limits": write "limits": {"drain": …}`},
		{"certificate at the top", `{"cert": "c.pem"}`, `broker.json:1: "cert" belongs in "tls": write "tls": {"cert": …}`},
		{"duplicate key", "{\"port\": 1,\n\"port\": 1}", `broker.json:2: duplicate key "port": keep one`},
		{"port as text", `{"port": "8080"}`, `broker.json:1: "port" must be a number without quotes, not a string`},
		{"port is a fraction", `{"port": 80.5}`, `broker.json:1: "port" must be a whole number, not 80.5`},
		{"port 0", `{"port": 0}`, `broker.json:1: "port" must be from 1 to 65535, not 0`},
		{"port 65536", `{"port": 65536}`, `broker.json:1: "port" must be from 1 to 65535, not 65536`},
		{"host null", `{"host": null}`, `broker.json:1: "host" must be a string in quotes, not null`},
		{"host empty", `{"host": ""}`, `broker.json:1: "host" is empty: give it a value or remove it`},
		{"name too long", "{\n\"name\": \"" + strings.Repeat("n", 101) + "\"}", `broker.json: "name" must be a line of 100 bytes at most, not "` + strings.Repeat("n", 100) + `"`},
		{"name of two lines", `{"name": "a\nb"}`, `broker.json: "name" must be a line of 100 bytes at most, not "a\nb"`},
		{"security as text", `{"security": "on"}`, `broker.json:1: "security" must be true or false, not a string`},
		{"security without users", `{"security": true}`, `broker.json: "security" is true but there are no users, so nobody could log in: add "users", or set "security" to false`},
		{"users as object", `{"users": {}}`, `broker.json:1: "users" must be a list in brackets, not an object`},
		{"user as text", `{"users": ["alice"]}`, `broker.json:1: a user must be an object in braces, not a string`},
		{"plain password", "{\"users\": [\n{\"name\": \"a\",\n\"password\": \"hunter2\"}]}", `broker.json:3: passwords are not stored in plain text: run "joltui broker hash-password" and use its output as "password_hash"`},
		{"plain pass", `{"users": [{"pass": "hunter2"}]}`, `broker.json:1: passwords are not stored in plain text: run "joltui broker hash-password" and use its output as "password_hash"`},
		{"password for a hash", "{\"users\": [{\n\"password_hash\": \"hunter2\"}]}", `broker.json:2: "password_hash" is not a password hash: run "joltui broker hash-password" and use its output`},
		{"no name", `{"users": [{"password_hash": "` + hash + `"}]}`, `broker.json:1: a user needs a "name"`},
		{"no hash", "{\"users\": [\n{\"name\": \"a\"}\n]}", `broker.json:2: user "a" needs a "password_hash": run "joltui broker hash-password"`},
		{"same user twice", "{\"users\": [{\"name\": \"a\", \"password_hash\": \"" + hash + "\"},\n{\"name\": \"a\", \"password_hash\": \"" + hash + "\"}]}", `broker.json:2: user "a" comes twice: keep one`},
		{"unknown permission", `{"users": [{"permissions": ["read:x"]}]}`, `broker.json:1: permission "read:x" is none of "admin", "publish:<topic>" and "subscribe:<topic>"`},
		{"permission without topic", `{"users": [{"permissions": ["publish:"]}]}`, `broker.json:1: permission "publish:" is none of "admin", "publish:<topic>" and "subscribe:<topic>"`},
		{"permission is a number", `{"users": [{"permissions": [1]}]}`, `broker.json:1: "permissions" must be a string in quotes, not the number 1`},
		{"unknown user key", `{"users": [{"permission": []}]}`, `broker.json:1: unknown key "permission": did you mean "permissions"?`},
		{"TLS is true", `{"tls": true}`, `broker.json:1: "tls" must be an object in braces, not true`},
		{"TLS without a key", "{\"tls\": {\n\"cert\": \"c.pem\"}}", `broker.json:2: "tls" needs a "cert" and its "key", both PEM files`},
		{"TLS with an empty key", `{"tls": {"key": ""}}`, `broker.json:1: "key" is empty: give it a value or remove it`},
		{"unknown TLS key", `{"tls": {"ca": "ca.pem"}}`, `broker.json:1: unknown key "ca": "tls" can have "cert", "client_ca", "key"`},
		{"unknown limit", `{"limits": {"line_byte": 1}}`, `broker.json:1: unknown key "line_byte": did you mean "line_bytes"?`},
		{"limit 0", `{"limits": {"connections": 0}}`, `broker.json:1: "connections" must be from 1 to 1000000, not 0`},
		{"limit too large", `{"limits": {"line_bytes": 67108865}}`, `broker.json:1: "line_bytes" must be from 128 to 67108864, not 67108865`},
		{"limit overflows", `{"limits": {"line_bytes": 99999999999999999999}}`, `broker.json:1: "line_bytes" must be a whole number, not 99999999999999999999`},
		{"time without unit", `{"limits": {"drain": 10}}`, `broker.json:1: "drain" must be a time with its unit, such as "10s" or "500ms"`},
		{"time too short", `{"limits": {"drain": "1ms"}}`, `broker.json:1: "drain" must be from 10ms to 1h0m0s, not 1ms`},
		{"last value in the middle", "{\n\"last_value\": [\"a.>.b\"]}", `broker.json:2: "last_value" has "a.>.b": each is a topic, or a pattern such as "state.*" or "config.>"`},
		{"last value of nothing", `{"last_value": [""]}`, `broker.json:1: "last_value" has "": each is a topic, or a pattern such as "state.*" or "config.>"`},
		{"last values beyond the queue", `{"limits": {"last_value_bytes": 4194305}}`, `broker.json:1: "last_value_bytes" must be at most half of "queue_bytes", 4194304, not 4194305: lower it, or raise "queue_bytes"`},
		{"queue too small for lines", "{\"limits\": {\n\"queue_bytes\": 100000\n}}", `broker.json:3: "queue_bytes" must be at least twice "line_bytes", 2097152, not 100000: raise it, or lower "line_bytes"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := ParseConfig("broker.json", []byte(test.config))
			if err == nil || err.Error() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
			if !errors.Is(err, ErrBadConfig) {
				t.Errorf("%v does not wrap ErrBadConfig", err)
			}
		})
	}
}

// Every prefix of a good file is refused with an error, not with a panic.
func TestConfigCutAnywhere(t *testing.T) {
	text := `{"host":"h","port":1,"security":true,"users":[{"name":"a","password_hash":"` + testHash(t, "x") +
		`","permissions":["admin"]}],"tls":{"cert":"c","key":"k"},"limits":{"drain":"1s"}}`
	if _, err := ParseConfig("broker.json", []byte(text)); err != nil {
		t.Fatal(err)
	}
	for i := range text {
		if _, err := ParseConfig("broker.json", []byte(text[:i])); !errors.Is(err, ErrBadConfig) {
			t.Errorf("cut at %d: %v", i, err)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	hash := testHash(t, "x")
	tests := []struct {
		name string
		cfg  Config
		want string
	}{
		{"port", Config{Port: -1}, `"port" must be from 1 to 65535, not -1`},
		{"no users", Config{Security: true}, `"security" is true but there are no users, so nobody could log in: add "users", or set "security" to false`},
		{"nameless", Config{Security: true, Users: []User{{PasswordHash: hash}}}, `a user needs a "name"`},
		{"twice", Config{Security: true, Users: []User{{"a", hash, nil}, {"a", hash, nil}}}, `user "a" comes twice: keep one`},
		{"hash", Config{Security: true, Users: []User{{"a", "hunter2", nil}}}, `the "password_hash" of user "a" is not a password hash: run "joltui broker hash-password" and use its output`},
		{"permission", Config{Security: true, Users: []User{{"a", hash, []string{"x"}}}}, `permission "x" is none of "admin", "publish:<topic>" and "subscribe:<topic>"`},
		{"limit", Config{Limits: Limits{LineBytes: -1}}, `"line_bytes" must be from 128 to 67108864, not -1`},
		{"time", Config{Limits: Limits{Drain: -1}}, `"drain" must be from 10ms to 1h0m0s, not -1ns`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b, err := New(test.cfg)
			if want := "broker: bad configuration: " + test.want; b != nil || err == nil || err.Error() != want {
				t.Errorf("got  %v\nwant %s", err, want)
			}
		})
	}
}

func TestLoadConfig(t *testing.T) {
	path := filepath.Join(t.TempDir(), "broker.json")
	if _, err := LoadConfig(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	text := `{"security":true,"users":[{"name":"a","password_hash":"` + testHash(t, "x") + `"}]}`
	for _, test := range []struct {
		mode    fs.FileMode
		exposed bool
	}{{0o600, false}, {0o640, false}, {0o604, true}, {0o644, true}} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, test.mode); err != nil {
			t.Fatal(err)
		}
		cfg, err := LoadConfig(path)
		if err != nil {
			t.Fatal(err)
		}
		var log bytes.Buffer
		cfg.Logger = slog.New(slog.NewTextHandler(&log, nil))
		if _, err := New(cfg); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(log.String(), "chmod 600"); got != test.exposed {
			t.Errorf("mode %o: warned %v: %s", test.mode, got, &log)
		}
		if !strings.Contains(log.String(), "weak password hash") {
			t.Errorf("no warning about a hash of one iteration: %s", &log)
		}
	}
}

func TestLoadConfigNamesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b.json")
	if err := os.WriteFile(path, []byte("{\n\"x\": 1}"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := LoadConfig(path)
	if err == nil || !strings.HasPrefix(err.Error(), path+":2: unknown key") {
		t.Errorf("got %v", err)
	}
}

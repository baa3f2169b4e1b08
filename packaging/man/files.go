package main

import (
	"fmt"
	"strings"

	"joltui/internal/cli"
	"joltui/internal/cli/process"
	"joltui/internal/config"
)

func version() string { return cli.Command(process.System()).Version }

// clientPage is that of the configuration file of profiles.
func clientPage() string {
	p := newPage("joltui.toml", "5", version(), "the configuration file of joltui")
	p.section("DESCRIPTION")
	p.paragraph(`joltui reads config.toml in joltui's folder below $XDG_CONFIG_HOME, ~/.config by default, or the
file that --config or JOLT_CONFIG names. It is TOML. What stands at the top is for all profiles; a table
[profiles.NAME] is a profile, for --profile NAME, and "profile" names the one that is used when none is named.
What is not known is refused, with its line. "joltui config init" writes a file to begin with, "joltui config check"
checks one.`)
	p.section("SETTINGS")
	p.paragraph("A file that is not named from the root is looked for beside the configuration file; ~/ is the home folder.")
	for _, k := range config.Keys() {
		text := k.Doc
		if len(k.OneOf) > 0 {
			text += ": " + strings.Join(k.OneOf, ", ")
		}
		p.entry(k.Name, text+" ("+k.Kind.String()+")")
	}
	p.entry("topics", "a list of topics that the dashboard subscribes to when none are named")
	p.entry("[profiles.NAME.groups]", "lists of topics by a name, to be subscribed to together")
	p.entry("[profiles.NAME.keys]", "lists of keys by the name of an action of the dashboard; its help shows the names")
	p.entry("[profiles.NAME.limits]", "what the dashboard keeps in memory:")
	for _, k := range config.Limits() {
		p.entry("    "+k.Name, fmt.Sprintf("%s (default %s)", k.Doc, k.Default))
	}
	p.section("EXAMPLE")
	p.example(`profile = "prod"

[profiles.prod]
host = "10.0.0.7"
user = "alice"
password_from = "keyring"
tls_ca = "ca.pem"
read_only = true
topics = ["orders.eu"]`)
	p.section("SEE ALSO")
	p.paragraph("joltui(1), joltui-config(1)")
	return p.String()
}

// brokerKeys are the settings of a broker, with what they mean. A test compares them
// with those that the broker knows.
func brokerKeys() [][2]string {
	return [][2]string{
		{"host", "the address to listen at; 127.0.0.1 by default"},
		{"port", "the port to listen at; 8080 by default"},
		{"name", "what tells the broker from others in $SYS.broker, on the dashboard's broker page and in logs of a cluster; up to 100 bytes, the name of the machine by default"},
		{"security", "true: clients have to log in, and may do what they are permitted. It needs users, and they need it"},
		{"users", `a list of {"name": …, "password_hash": …, "permissions": […]}. The hash is what joltui broker hash-password prints; permissions are "publish:TOPIC", "subscribe:TOPIC" and "admin"`},
		{"tls", `{"cert": FILE, "key": FILE, "client_ca": FILE}; the last may be left out. Files are beside the configuration`},
		{"patterns", `true: clients may subscribe to patterns, such as orders.* for one level and orders.> for the rest; permissions are patterns, too. Off by default`},
		{"last_value", `a list of topics, or patterns, whose latest message a new subscriber gets at once, such as ["config.>", "state.*"]; in memory only`},
		{"engine", "where the NATS is through which brokers share messages; a restart is needed to change it:"},
	}
}

// brokerEngine are the keys of "engine".
func brokerEngine() [][2]string {
	return [][2]string{
		{"url", "the nodes, as in nats://HOST,HOST,HOST, or tls:// where connections are encrypted; without user and password"},
		{"prefix", "the name of the stream; jolt"},
		{"credentials", "a file with a JWT and its seed, as nsc makes it"},
		{"user", "or a user, with password_file"},
		{"password_file", "a file with the password alone"},
		{"tls", `{"ca": FILE, "cert": FILE, "key": FILE}; the last two where the nodes ask for them`},
		{"replicas", "how many nodes keep a message: 1, 3 or 5; 3 with three nodes in url"},
		{"storage", `"memory" or "file"`},
		{"max_age", "how long the stream keeps a message, and so how long a broker may be away without a gap; 1m"},
		{"max_bytes", "how much it keeps at most; 512 MiB"},
	}
}

func brokerLimits() [][2]string {
	return [][2]string{
		{"line_bytes", "the longest request, in bytes; 1 MiB"},
		{"topic_bytes", "the longest topic, in bytes; 256"},
		{"connections", "clients at once; 10,000"},
		{"address_connections", "of them from one IPv4 address, or IPv6 network of 64 bits; as connections"},
		{"user_connections", "of them of one user; as connections"},
		{"user_requests", "requests in a second of one user, on all connections, or without logins of one address; 0, any number, is the default"},
		{"admin_connections", "how many more of users with the permission admin; 4"},
		{"topics", "subscriptions of one client; 100,000"},
		{"memory_bytes", "memory of the process above which clients are refused; 70 % of the machine or container"},
		{"queue_bytes", "what may wait for one client, in bytes; 8 MiB"},
		{"last_value_bytes", "what the last values may take together; half of queue_bytes"},
		{"pace_bytes", "how slowly a subscriber may read without being disconnected, in bytes a second; 13 MB"},
		{"queue_stall", "how long a client may take nothing of what waits for it; 10s"},
		{"auth_timeout", "how long a client may take to log in; 5s"},
		{"idle_timeout", "how long a client may send nothing; 0s is for ever, and the default"},
		{"drain", "how long what is queued is delivered after a signal to end; 10s"},
	}
}

// brokerPage is that of the broker's configuration.
func brokerPage() string {
	p := newPage("joltui-broker.json", "5", version(), "the configuration file of joltui broker")
	p.section("DESCRIPTION")
	p.paragraph(`"joltui broker --config FILE" reads it at its start, and users, permissions and certificates again at
SIGHUP. It is JSON; unknown and duplicate keys are refused, with their line. All keys may be left out. "joltui broker
--check --config FILE" checks one. With password hashes in it nobody else should be able to read the file.`)
	p.section("SETTINGS")
	for _, k := range brokerKeys() {
		p.entry(k[0], k[1])
	}
	for _, k := range brokerEngine() {
		p.entry("    "+k[0], k[1])
	}
	p.entry("limits", "what clients can make the broker spend:")
	for _, k := range brokerLimits() {
		p.entry("    "+k[0], k[1])
	}
	p.section("EXAMPLE")
	p.example(`{
  "host": "0.0.0.0",
  "security": true,
  "users": [
    {"name": "alice", "password_hash": "pbkdf2-sha256$600000$…", "permissions": ["publish:orders.eu"]}
  ],
  "tls": {"cert": "cert.pem", "key": "key.pem"},
  "limits": {"connections": 1000, "drain": "5s"}
}`)
	p.section("SEE ALSO")
	p.paragraph("joltui-broker(1), joltui-broker-hash-password(1)")
	return p.String()
}

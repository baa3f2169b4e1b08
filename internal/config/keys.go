package config

import (
	"fmt"
	"strconv"
	"time"
)

// Kind is the kind of the values of a setting.
type Kind uint8

// The kinds.
const (
	Text Kind = iota
	Number
	Switch   // true or false
	Duration // 10s, 1m30s
)

// String names the kind, in words for an error.
func (k Kind) String() string {
	switch k {
	case Number:
		return "a number"
	case Switch:
		return "true or false"
	case Duration:
		return `a duration in quotes, such as "10s"`
	default:
		return "text in quotes"
	}
}

// Key is a setting that a profile may have. The flag with the same name, and hyphens in
// place of underscores, sets it for one run.
type Key struct {
	Name string
	Kind Kind
	Doc  string
	// File is for text that names a file: one that is not absolute is beside the
	// configuration file.
	File bool
	// OneOf are the only valid values; nil: any.
	OneOf []string
	// Min and Max bound a number, unless both are 0.
	Min, Max int
	// Default is the value without the setting, if that is a fixed one.
	Default string
}

// Keys returns every setting, in the order of the file that Init writes.
func Keys() []Key {
	return []Key{
		{Name: "host", Doc: "the broker's host name or address"},
		{Name: "port", Kind: Number, Doc: "the broker's port", Min: 1, Max: 65535},
		{Name: "user", Doc: "log in as this user"},
		{Name: "password_from", Doc: "where the password comes from; never the password itself", OneOf: []string{"prompt", "env", "keyring"}},
		{Name: "password_file", File: true, Doc: "a file with the password, which nobody else may be able to read"},
		{Name: "insecure_plaintext_auth", Kind: Switch, Doc: "allow the password to cross the network in clear"},
		{Name: "connect_timeout", Kind: Duration, Doc: "give up an attempt to connect after this long"},
		{Name: "tls", Kind: Switch, Doc: "connect over TLS"},
		{Name: "tls_ca", File: true, Doc: "trust the authorities in this PEM file, in place of the system's"},
		{Name: "tls_cert", File: true, Doc: "the certificate to show the broker"},
		{Name: "tls_key", File: true, Doc: "its private key"},
		{Name: "tls_server_name", Doc: "the name that the broker's certificate must have"},
		{Name: "tls_insecure", Kind: Switch, Doc: "accept any certificate"},
		{Name: "read_only", Kind: Switch, Doc: "publish nothing"},
		{Name: "confirm_publish", Kind: Switch, Doc: "ask before each publish"},
		{Name: "bell", Kind: Switch, Doc: "ring the bell when an alert begins"},
		{Name: "colour", Doc: "the colour of its name in the dashboard", OneOf: Colours()},
		{Name: "theme", Doc: "the colours", OneOf: []string{"auto", "dark", "light", "high-contrast", "no-colour", "none"}},
	}
}

// Colours returns the colours that a profile may have.
func Colours() []string { return []string{"red", "yellow", "green", "cyan", "blue", "magenta"} }

// Limits returns the keys of the table [limits]: what the dashboard keeps in memory.
func Limits() []Key {
	number := func(name, standard, doc string) Key {
		return Key{Name: name, Kind: Number, Doc: doc, Min: 1, Max: 1 << 40, Default: standard}
	}
	return []Key{
		number("topic_messages", "10000", "messages kept of each topic"),
		number("all_messages", "10000", "messages kept of all topics in one stream"),
		number("topic_bytes", "25165824", "bytes of all topics' messages together"),
		number("all_bytes", "8388608", "bytes of the stream of all topics"),
		number("body", "4194304", "the longest payload kept whole, in bytes"),
		number("log_rows", "5000", "rows of the log"),
		number("topics", "10000", "topics remembered"),
	}
}

// read returns a decoded TOML value as text, or an error if it is not valid for this key.
func (k Key) read(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return k.text(v)
	case int64:
		if k.Kind != Number {
			break
		}
		if k.Max > 0 && (v < int64(k.Min) || v > int64(k.Max)) {
			return "", fmt.Errorf("%s must be from %d to %d, not %d", k.Name, k.Min, k.Max, v)
		}
		return strconv.FormatInt(v, 10), nil
	case bool:
		if k.Kind == Switch {
			return strconv.FormatBool(v), nil
		}
	}
	return "", fmt.Errorf("%s must be %s", k.Name, k.Kind)
}

func (k Key) text(v string) (string, error) {
	switch {
	case k.Kind == Duration:
		if d, err := time.ParseDuration(v); err != nil || d <= 0 {
			return "", fmt.Errorf("%s must be %s and more than 0, not %q", k.Name, k.Kind, v)
		}
	case k.Kind != Text:
		return "", fmt.Errorf("%s must be %s, without quotes", k.Name, k.Kind)
	case k.Name == "host":
		host, err := Host(v)
		if err != nil {
			return "", fmt.Errorf("host %w", err)
		}
		return host, nil
	case k.OneOf != nil:
		return v, oneOf(k.Name, v, k.OneOf)
	}
	return v, nil
}

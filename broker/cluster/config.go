package cluster

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"joltui/broker/internal/stream"
	"joltui/internal/bom"
)

// Config says where the cluster is, and how it keeps what is published until every
// broker has it. What is zero has its default. All brokers that share messages have the
// same values.
type Config struct {
	// URL names the nodes: nats://HOST[:PORT][,HOST[:PORT]…], or tls:// where the
	// connections are encrypted. It has neither a user nor a password.
	URL string
	// Prefix is the name of the stream, and begins its subject; "jolt" by default.
	Prefix string
	// Credentials is the path of a file with a JWT and its seed, as nsc makes it. User
	// and PasswordFile, a file with the password alone, are another way to log in.
	Credentials, User, PasswordFile string
	// CA is the path of the authorities that the nodes' certificates come from, in
	// place of the system's. Cert and Key are those that the broker shows.
	CA, Cert, Key string
	// Replicas is how many nodes keep each message, 1, 3 or 5; by default 3 where the
	// URL names three nodes or more, else 1. One that is acknowledged is stored by more
	// than half of them.
	Replicas int
	// Storage is "memory", the default, or "file".
	Storage string
	// MaxAge and MaxBytes are how much the stream keeps; 1 minute and 512 MiB by
	// default. A broker that has been away for longer than that tells its subscribers
	// that messages are missing.
	MaxAge   time.Duration
	MaxBytes int
}

const (
	defaultPrefix   = "jolt"
	defaultPort     = "4222"
	defaultMaxAge   = time.Minute
	defaultMaxBytes = 512 << 20
	// leastMaxAge is several times what a block is tried to be published for.
	leastMaxAge = 30 * time.Second

	// TopicBytes is how long topics may be.
	TopicBytes = 1000
	// LineBytes is the default of how long lines may be: with what NATS takes by default
	// there is no room for a whole MiB.
	LineBytes = 1<<20 - 4<<10
)

// Check returns what is wrong with c, or "". It reads no files, and leaves out a URL that
// may still be given.
func (c Config) Check() string {
	if _, err := servers(c.URL); err != nil && c.URL != "" {
		return err.Error()
	}
	switch {
	case strings.ContainsAny(c.Prefix, " .*>/\\\t\r\n"):
		return fmt.Sprintf(`"prefix" must be without blanks, dots, slashes, * and >, not %q`, c.Prefix)
	case c.Replicas != 0 && c.Replicas != 1 && c.Replicas != 3 && c.Replicas != 5:
		return fmt.Sprintf(`"replicas" must be 1, 3 or 5, not %d`, c.Replicas)
	case c.Storage != "" && c.Storage != "memory" && c.Storage != "file":
		return fmt.Sprintf(`"storage" must be "memory" or "file", not %q`, c.Storage)
	case c.MaxAge != 0 && (c.MaxAge < leastMaxAge || c.MaxAge > 24*time.Hour):
		return fmt.Sprintf(`"max_age" must be from %v to 24h, not %v`, leastMaxAge, c.MaxAge)
	case c.MaxBytes != 0 && (c.MaxBytes < 16<<20 || c.MaxBytes > 1<<40):
		return fmt.Sprintf(`"max_bytes" must be from %d to %d, not %d`, 16<<20, 1<<40, c.MaxBytes)
	case c.Credentials != "" && c.User != "":
		return `"credentials" and "user" exclude each other: keep one`
	case (c.User == "") != (c.PasswordFile == ""):
		return `"user" and "password_file" need each other`
	case (c.Cert == "") != (c.Key == ""):
		return `"cert" and "key" need each other`
	}
	return ""
}

// servers returns the URL of each node.
func servers(url string) ([]string, error) {
	scheme, rest, ok := strings.Cut(url, "://")
	if !ok || scheme != "nats" && scheme != "tls" {
		return nil, fmt.Errorf(`the engine's URL must begin with nats:// or tls://, as in nats://10.0.0.1,10.0.0.2,10.0.0.3`)
	}
	if strings.Contains(rest, "@") {
		return nil, fmt.Errorf(`the engine's URL must have no user and no password, which logs and lists of processes would show: ` +
			`set "credentials", or "user" and "password_file", in the configuration's "engine"`)
	}
	var all []string
	for _, host := range strings.Split(strings.TrimSuffix(rest, "/"), ",") {
		host = strings.TrimPrefix(strings.TrimSpace(host), scheme+"://")
		if !strings.Contains(host, ":") || strings.HasSuffix(host, "]") {
			host += ":" + defaultPort
		}
		name, port, err := net.SplitHostPort(host)
		if n, wrong := strconv.Atoi(port); err != nil || wrong != nil || name == "" || n < 1 || n > 65535 || strings.ContainsAny(name, "/?# ") {
			return nil, fmt.Errorf(`the engine's URL has %q where a host and a port should be, as in nats://10.0.0.1:4222,10.0.0.2:4222`, host)
		}
		all = append(all, scheme+"://"+net.JoinHostPort(name, port))
	}
	return all, nil
}

// Stream reads the files, and returns what the stream is opened with where lines may
// have so many bytes. It is for package broker; c has passed Check.
func (c Config) Stream(lineBytes int) (stream.Config, error) {
	nodes, err := servers(c.URL)
	if err != nil {
		return stream.Config{}, err
	}
	s := stream.Config{
		Servers: nodes, Prefix: c.Prefix, Credentials: c.Credentials, User: c.User,
		Replicas: c.Replicas, File: c.Storage == "file", MaxAge: c.MaxAge, MaxBytes: int64(c.MaxBytes),
		Payload: stream.PayloadFor(lineBytes),
	}
	if s.Prefix == "" {
		s.Prefix = defaultPrefix
	}
	if s.Replicas == 0 {
		s.Replicas = 1
		if len(nodes) >= 3 {
			s.Replicas = 3
		}
	}
	if s.MaxAge == 0 {
		s.MaxAge = defaultMaxAge
	}
	if s.MaxBytes == 0 {
		s.MaxBytes = defaultMaxBytes
	}
	if c.PasswordFile != "" {
		password, err := bom.ReadFile(c.PasswordFile)
		if err != nil {
			return s, fmt.Errorf(`"password_file": %w`, err)
		}
		s.Password = strings.TrimRight(string(password), "\r\n")
	}
	if c.Credentials != "" {
		if _, err := os.Stat(c.Credentials); err != nil {
			return s, fmt.Errorf(`"credentials": %w`, err)
		}
	}
	s.TLS, err = c.tls(strings.HasPrefix(c.URL, "tls:"))
	return s, err
}

func (c Config) tls(on bool) (*tls.Config, error) {
	if !on {
		if c.CA != "" || c.Cert != "" {
			return nil, fmt.Errorf(`there is "tls", and the URL begins with nats://: begin it with tls://`)
		}
		return nil, nil
	}
	cfg := &tls.Config{MinVersion: tls.VersionTLS12}
	if c.CA != "" {
		pem, err := bom.ReadFile(c.CA)
		if err != nil {
			return nil, fmt.Errorf(`"ca": %w`, err)
		}
		cfg.RootCAs = x509.NewCertPool()
		if !cfg.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf(`"ca" %s holds no certificate in PEM form`, c.CA)
		}
	}
	if c.Cert != "" {
		pair, err := bom.LoadX509KeyPair(c.Cert, c.Key)
		if err != nil {
			return nil, fmt.Errorf(`"cert" %s and "key" %s: %w`, c.Cert, c.Key, err)
		}
		cfg.Certificates = []tls.Certificate{pair}
	}
	return cfg, nil
}

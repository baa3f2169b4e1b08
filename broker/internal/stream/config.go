package stream

import (
	"crypto/tls"
	"time"

	"github.com/nats-io/nats.go"
)

// Config says where the stream is, and how it is kept.
type Config struct {
	// Servers are the URLs of NATS nodes, without user and password.
	Servers []string
	// Prefix begins the subjects, and names the stream.
	Prefix string
	// Credentials is a file with a JWT and its seed. User and Password are another
	// way to log in.
	Credentials    string
	User, Password string
	// TLS, if not nil, is for the connections.
	TLS *tls.Config
	// Replicas is how many nodes keep the stream.
	Replicas int
	// File keeps the stream on disks, not in memory.
	File bool
	// MaxAge and MaxBytes are how much of the past the stream keeps.
	MaxAge   time.Duration
	MaxBytes int64
	// Payload is how large a message of NATS has to be able to be.
	Payload int64
}

func (c Config) stream() string  { return c.Prefix }
func (c Config) subject() string { return c.Prefix + ".blocks" }

func (c Config) options() (options []nats.Option) {
	if c.Credentials != "" {
		options = append(options, nats.UserCredentials(c.Credentials))
	}
	if c.User != "" {
		options = append(options, nats.UserInfo(c.User, c.Password))
	}
	if c.TLS != nil {
		options = append(options, nats.Secure(c.TLS))
	}
	return options
}

// wanted is the stream as it has to be.
func (c Config) wanted() *nats.StreamConfig {
	storage := nats.MemoryStorage
	if c.File {
		storage = nats.FileStorage
	}
	return &nats.StreamConfig{
		Name: c.stream(), Subjects: []string{c.subject()},
		Description: "What brokers publish to one another; made by joltui broker",
		Retention:   nats.LimitsPolicy, Discard: nats.DiscardOld,
		Storage: storage, Replicas: c.Replicas, MaxAge: c.MaxAge, MaxBytes: c.MaxBytes,
		// A block is published again for as long as patience lasts.
		Duplicates: min(c.MaxAge, 2*time.Minute),
	}
}

// payloadOverhead is what a block of one message, and its headers, take beyond the
// message's line.
const payloadOverhead = 2 << 10

// PayloadFor returns how large a message of NATS has to be able to be, where a line has
// so many bytes at most.
func PayloadFor(lineBytes int) int64 { return int64(max(lineBytes, 2*blockBytes)) + payloadOverhead }

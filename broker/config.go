package broker

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"joltui/broker/cluster"
	"joltui/broker/internal/machine"
	"joltui/internal/pattern"
	"joltui/jolt"
)

// Config says how a broker listens, whom it lets in and where its limits are.
// The zero value works: 127.0.0.1:8080, everybody may do everything.
type Config struct {
	// Host is the address to bind to. Empty means 127.0.0.1.
	Host string
	// Port is the TCP port, 1 to 65535. 0 means 8080.
	Port int
	// Security makes clients log in before anything else, and limits them to
	// their permissions. It needs at least one user.
	Security bool
	// Users are those who can log in. They need Security to be on.
	Users []User
	// Permit, if not nil, decides what may be published and subscribed to in
	// place of the users' permissions. It is for programs that embed a broker;
	// user is empty for a client that did not log in, and op is OpPublish or
	// OpSubscribe. It is called by many goroutines at once.
	Permit func(user string, op jolt.Op, topic string) bool
	// TLS, if not nil, encrypts the connections that Serve accepts. A listener
	// that speaks TLS itself is no match for it: its connections are of no use
	// any more after a write that has to wait for a slow client.
	TLS *TLS
	// Engine, if not nil, has the broker share what is published with others, through
	// NATS; LastValue is empty then. docs/CLUSTER.md of the repository describes it.
	Engine *cluster.Config
	// Limits bound what clients can make the broker spend.
	Limits Limits
	// Patterns lets clients subscribe to patterns: * stands for one level between dots, >
	// at the end for one or more. Permissions are patterns, too, then. Without it both
	// are characters as any other.
	Patterns bool
	// LastValue are patterns of the topics whose latest message the broker keeps, and
	// sends to each new subscriber at once: * stands for one level between dots, > at the
	// end for one or more. What is kept is in memory only.
	LastValue []string
	// Name tells the broker from others, in $SYS.broker and to those that it shares
	// messages with; up to 100 bytes. Empty means the name of the machine.
	Name string
	// Version is what the program that embeds the broker is called in $SYS.broker.
	Version string
	// Logger gets connections, failed logins, slow consumers and errors of the
	// listener, never a password or a payload. Nil discards.
	Logger *slog.Logger

	file    string // where it comes from, if that is a file
	exposed bool   // the file has password hashes, and anybody may read it
	// lastWords, if not zero, is in place of longLastWords.
	lastWords time.Duration
	// memoryUsed, if not nil, is in place of the function of that name.
	memoryUsed func() uint64
}

// User is somebody who can log in.
type User struct {
	Name string
	// PasswordHash is what [HashPassword] returned. The iterations that it
	// names are the ones that are verified.
	PasswordHash string
	// Permissions are "publish:<topic>", "subscribe:<topic>", both for exact
	// topics, or for patterns with Config.Patterns, and "admin", which is everything. What is not listed is denied.
	Permissions []string
}

// Limits bound what clients can make a broker spend. A field that is zero has
// its default.
type Limits struct {
	// LineBytes is the longest request line, without its line end; 1 MiB by
	// default. Before a client has logged in, where it has to, it is 4 KiB at
	// most.
	LineBytes int
	// TopicBytes is the longest topic; 256 by default.
	TopicBytes int
	// Connections is how many clients there may be at once; 10,000 by default.
	Connections int
	// AddressConnections is how many of them may come from one IPv4 address, or /64
	// network of IPv6, and UserConnections how many may have logged in as the same
	// user; as many as Connections by default.
	AddressConnections, UserConnections int
	// AdminConnections is how many more there may be of users with the permission
	// "admin", so that they get in when all is full; 4 by default. They count where
	// Config.Security is on.
	AdminConnections int
	// Topics is how many one client may be subscribed to at once; 100,000 by default.
	// A topic takes some 250 bytes, and its name.
	Topics int
	// UserRequests is how many requests a user may make in a second, on all connections
	// together, and without a login an address; 0, the default, is any number. Who has
	// made none for a second may make as many at once. More are refused as busy, which
	// says when to try again.
	UserRequests int
	// MemoryBytes is how much memory the process may use before clients are refused,
	// and those that hold most are disconnected. By default it is 70 percent of what
	// the container or the machine has, and 1 GiB where that is not known.
	MemoryBytes int
	// QueueBytes is how much may wait to be written to one client; 8 MiB by
	// default. It has to be at least twice LineBytes.
	QueueBytes int
	// LastValueBytes is how much memory the messages kept for Config.LastValue may take;
	// half of QueueBytes by default, and at most, so that one who is sent all of them can
	// take them. Where it is not enough, those published to longest ago are forgotten.
	LastValueBytes int
	// PaceBytes is what a client has to read in a second, 13 MB by default, for its
	// publishers to wait for it when its queue fills up, however many they are and
	// however much they publish. For one that reads less no publisher is held up below
	// that, but for a second in a minute; it is disconnected when its queue is full. A
	// high value lets nobody wait, a low one disconnects nobody that reads.
	PaceBytes int
	// QueueStall is how long a client may take nothing of what waits for it;
	// 10 s by default. It is noticed a quarter of that later at most.
	QueueStall time.Duration
	// AuthTimeout is how long a client may take to log in, where it has to;
	// 5 s by default. The time that checking a password takes does not count.
	AuthTimeout time.Duration
	// IdleTimeout is how long a client may send nothing before it is disconnected; 0,
	// the default, is for ever. Clients that only listen have to send pings then, as
	// those of package jolt do. That a peer is gone is noticed within a minute all the
	// same, by the keep-alive of TCP.
	IdleTimeout time.Duration
	// Drain is how long [Broker.Serve] goes on delivering what is queued after
	// its context has ended; 10 s by default.
	Drain time.Duration
}

// ErrBadConfig is wrapped by every error about a configuration's content.
var ErrBadConfig = errors.New("broker: bad configuration")

// ConfigError says what is wrong with a configuration, and what to do.
type ConfigError struct {
	File   string // empty when the configuration does not come from a file
	Line   int    // counts from 1; 0 when it is not about one line
	Reason string
}

// Error returns "file:line: reason".
func (e *ConfigError) Error() string {
	switch {
	case e.File == "":
		return ErrBadConfig.Error() + ": " + e.Reason
	case e.Line == 0:
		return e.File + ": " + e.Reason
	default:
		return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason)
	}
}

// Unwrap returns [ErrBadConfig].
func (e *ConfigError) Unwrap() error { return ErrBadConfig }

const (
	defaultHost = "127.0.0.1"
	defaultPort = 8080

	mostName           = 100 // bytes
	defaultConnections = 10_000
	defaultQueueBytes  = 8 << 20
)

// Addr returns host:port, the defaults filled in, as [net.Listen] takes it.
func (c Config) Addr() string {
	host, port := c.Host, c.Port
	if host == "" {
		host = defaultHost
	}
	if port == 0 {
		port = defaultPort
	}
	return net.JoinHostPort(host, strconv.Itoa(port))
}

// name returns Name, its default filled in. A machine that has none leaves it empty.
func (c Config) name() string {
	if c.Name != "" {
		return c.Name
	}
	machine, _ := os.Hostname()
	return machine
}

// check returns what is wrong with c as a whole, or "".
func (c Config) check() string {
	if c.Port < 0 || c.Port > 65535 {
		return fmt.Sprintf(`"port" must be from 1 to 65535, not %d`, c.Port)
	}
	if len(c.Name) > mostName || strings.ContainsFunc(c.Name, unicode.IsControl) || !utf8.ValidString(c.Name) {
		return fmt.Sprintf(`"name" must be a line of %d bytes at most, not %.100q`, mostName, c.Name)
	}
	if c.Security && len(c.Users) == 0 {
		return `"security" is true but there are no users, so nobody could log in: ` +
			`add "users", or set "security" to false`
	}
	if !c.Security && len(c.Users) > 0 {
		return `there are "users" but "security" is not true, so everybody could do everything: ` +
			`add "security": true, or remove "users"`
	}
	for _, p := range c.LastValue {
		if reason := badPattern(p); reason != "" {
			return reason
		}
	}
	if c.Engine == nil {
		return ""
	}
	if len(c.LastValue) > 0 {
		return `"last_value" and "engine" exclude each other, because a broker that starts later than another would not have ` +
			`the same last values: remove one`
	}
	return c.Engine.Check()
}

// badPattern returns what is wrong with one of Config.LastValue, or "".
func badPattern(p string) string {
	if err := pattern.Check(p); err != nil || p == "" {
		return fmt.Sprintf(`"last_value" has %q: each is a topic, or a pattern such as "state.*" or "config.>"`, p)
	}
	return ""
}

// bound is the range of one limit.
type bound[T int | time.Duration] struct {
	key                string
	value              *T
	standard, min, max T
}

// check returns what is wrong with the value, or "".
func (b bound[T]) check() string {
	if *b.value < b.min || *b.value > b.max {
		return fmt.Sprintf("%q must be from %v to %v, not %v", b.key, b.min, b.max, *b.value)
	}
	return ""
}

func (l *Limits) sizes() []bound[int] {
	return []bound[int]{
		{"line_bytes", &l.LineBytes, 1 << 20, 128, 64 << 20},
		{"topic_bytes", &l.TopicBytes, 256, 1, 64 << 10},
		{"connections", &l.Connections, defaultConnections, 1, 1_000_000},
		{"address_connections", &l.AddressConnections, l.Connections, 1, 1_000_000},
		{"user_connections", &l.UserConnections, l.Connections, 1, 1_000_000},
		{"admin_connections", &l.AdminConnections, 4, 1, 10_000},
		{"topics", &l.Topics, 100_000, 1, 100_000_000},
		{"user_requests", &l.UserRequests, 0, 0, 1_000_000_000},
		{"queue_bytes", &l.QueueBytes, defaultQueueBytes, 64 << 10, 1 << 30},
		{"last_value_bytes", &l.LastValueBytes, l.QueueBytes / 2, 1 << 10, 1 << 29},
		{"pace_bytes", &l.PaceBytes, 13_000_000, 64 << 10, 1 << 40},
		{"memory_bytes", &l.MemoryBytes, 0, 16 << 20, 1 << 50},
	}
}

func (l *Limits) times() []bound[time.Duration] {
	return []bound[time.Duration]{
		{"queue_stall", &l.QueueStall, 10 * time.Second, 10 * time.Millisecond, time.Hour},
		{"auth_timeout", &l.AuthTimeout, 5 * time.Second, 10 * time.Millisecond, time.Hour},
		{"idle_timeout", &l.IdleTimeout, 0, 0, 30 * 24 * time.Hour},
		{"drain", &l.Drain, 10 * time.Second, 10 * time.Millisecond, time.Hour},
	}
}

// Keys returns what the limits are called in "limits" of the configuration.
func (l Limits) Keys() []string {
	var keys []string
	for _, b := range l.sizes() {
		keys = append(keys, b.key)
	}
	for _, b := range l.times() {
		keys = append(keys, b.key)
	}
	return keys
}

// Value returns a limit by its key, as the configuration has it: a number, or a time such
// as "10s"; empty for a key that there is not.
func (l Limits) Value(key string) string {
	for _, b := range l.sizes() {
		if b.key == key {
			return strconv.Itoa(*b.value)
		}
	}
	for _, b := range l.times() {
		if b.key == key {
			return b.value.String()
		}
	}
	return ""
}

// fill gives the limits that are zero their defaults and returns what is wrong
// with the others, or "".
func (l *Limits) fill() string {
	if l.MemoryBytes == 0 {
		l.MemoryBytes = machine.Memory() / 10 * 7
	}
	if l.Connections == 0 { // others have it as their default
		l.Connections = defaultConnections
	}
	if l.QueueBytes == 0 {
		l.QueueBytes = defaultQueueBytes
	}
	for _, b := range l.sizes() {
		if *b.value == 0 {
			*b.value = b.standard
		}
		if reason := b.check(); reason != "" {
			return reason
		}
	}
	for _, b := range l.times() {
		if *b.value == 0 {
			*b.value = b.standard
		}
		if reason := b.check(); reason != "" {
			return reason
		}
	}
	if l.QueueBytes < 2*l.LineBytes {
		return fmt.Sprintf(`"queue_bytes" must be at least twice "line_bytes", %d, not %d: `+
			`raise it, or lower "line_bytes"`, 2*l.LineBytes, l.QueueBytes)
	}
	if l.LastValueBytes > l.QueueBytes/2 {
		return fmt.Sprintf(`"last_value_bytes" must be at most half of "queue_bytes", %d, not %d: `+
			`lower it, or raise "queue_bytes"`, l.QueueBytes/2, l.LastValueBytes)
	}
	return ""
}

package load

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"joltui/jolt"
)

// Bounds of a [Config], so that a typing mistake does not take all memory.
const (
	maxClients  = 10_000 // publishers, and subscribers
	maxTopics   = 10_000
	maxStreams  = 4 << 20 // 32 bytes for each publisher, topic and subscriber
	maxSize     = 8 << 20 // half the longest line that a client accepts
	maxWindow   = 100_000
	maxInFlight = 1 << 30 // bytes of payload that are in flight at once
	maxRate     = 10_000_000
	maxLength   = 24 * time.Hour
)

// Config says what load to put on which broker. Start from [Defaults].
type Config struct {
	// Client says where to connect and with which login. Run sets Handler, Topics and
	// Window.
	Client jolt.Config
	// SubscribeAddr is where subscribers connect, as Client's Addr; empty is there, too. It
	// is for brokers that share messages.
	SubscribeAddr string
	// Publishers and Subscribers are how many there are, each with a connection
	// of its own. Without subscribers only acknowledgements are measured.
	Publishers, Subscribers int
	// Topic is the topic's name. With Topics above 1 it is the prefix of
	// Topic.1, Topic.2 and so on.
	Topic  string
	Topics int
	// Size is how long a payload is, in bytes: [HeaderSize] or more.
	Size int
	// Window is how many publishes of one publisher may be without an outcome.
	Window int
	// Rate is how many messages a second are due, of all publishers together.
	// 0 sends as fast as windows have room.
	Rate int
	// Warmup is how long to run before the measurement. It may be 0.
	Warmup time.Duration
	// The measurement ends after Duration, or when Count messages were
	// published by all publishers together. One of the two is 0.
	Duration time.Duration
	Count    int
	// Grace is how long subscribers wait after the latest message before what has not come
	// counts as lost.
	Grace time.Duration
	// MaxOutage is how long a connection may be lost before the run fails.
	MaxOutage time.Duration
	// Progress, unless nil, is called a few times a second, by one goroutine
	// at a time, while the load runs.
	Progress func(Progress)

	dial  func(context.Context, jolt.Config) (client, error) // nil: jolt.Dial
	sleep func() sleeper                                     // nil: newSleeper
}

// Defaults returns a load of a few seconds that is meaningful for most brokers.
func Defaults() Config {
	return Config{
		Publishers:  1,
		Subscribers: 1,
		Topic:       "joltui.bench",
		Topics:      1,
		Size:        128,
		Window:      1000,
		Warmup:      time.Second,
		Duration:    8 * time.Second,
		Grace:       5 * time.Second,
		MaxOutage:   5 * time.Second,
	}
}

// ConfigError says which field of a [Config] is not valid, and why.
type ConfigError struct {
	Field  string
	Value  string
	Reason string
}

// Error returns "load: field value reason".
func (e *ConfigError) Error() string {
	return fmt.Sprintf("load: %s %s %s", e.Field, e.Value, e.Reason)
}

// Check returns a [*ConfigError] for the first field that is not valid, or nil.
func (c Config) Check() error {
	for _, check := range []func() *ConfigError{c.checkClients, c.checkMessages, c.checkTimes} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (c Config) checkClients() *ConfigError {
	streams := int64(c.Publishers) * int64(c.Topics) * int64(max(c.Subscribers, 1))
	switch {
	case c.Publishers < 1 || c.Publishers > maxClients:
		return outside("Publishers", c.Publishers, 1, maxClients)
	case c.Subscribers < 0 || c.Subscribers > maxClients:
		return outside("Subscribers", c.Subscribers, 0, maxClients)
	case c.Topics < 1 || c.Topics > maxTopics:
		return outside("Topics", c.Topics, 1, maxTopics)
	case streams > maxStreams:
		return wrong("Topics", c.Topics, "is too many: publishers × topics × subscribers is %d, and must be at most %d", streams, maxStreams)
	case c.Topic == "":
		return wrong("Topic", `""`, "is empty: give the topic to publish to")
	case !utf8.ValidString(c.Topic):
		return wrong("Topic", strconv.Quote(c.Topic), "is not valid UTF-8")
	}
	return nil
}

func (c Config) checkMessages() *ConfigError {
	switch {
	case c.Size < HeaderSize:
		return wrong("Size", c.Size, "is too small: each payload begins with a header of %d bytes that says which message it is", HeaderSize)
	case c.Size > maxSize:
		return wrong("Size", c.Size, "is too large: it must be at most %d bytes", maxSize)
	case c.Window < 1 || c.Window > maxWindow:
		return outside("Window", c.Window, 1, maxWindow)
	case int64(c.Publishers)*int64(c.Window)*int64(c.Size) > maxInFlight:
		return wrong("Window", c.Window, "is too large: publishers × window × size must be at most %d bytes", maxInFlight)
	case c.Rate < 0 || c.Rate > maxRate:
		return outside("Rate", c.Rate, 0, maxRate)
	}
	return nil
}

func (c Config) checkTimes() *ConfigError {
	switch {
	case c.Count < 0:
		return wrong("Count", c.Count, "is negative")
	case c.Count > 0 && c.Duration != 0:
		return wrong("Count", c.Count, "and a duration exclude each other: a run ends by one of them")
	case c.Count == 0 && c.Duration <= 0:
		return wrong("Duration", c.Duration, "must be more than 0")
	case c.Rate > 0 && c.Count/c.Rate > int(maxLength/time.Second):
		return wrong("Count", c.Count, "takes longer than %s at a rate of %d/s", maxLength, c.Rate)
	}
	for _, d := range []struct {
		field string
		value time.Duration
	}{{"Duration", c.Duration}, {"Warmup", c.Warmup}, {"Grace", c.Grace}, {"MaxOutage", c.MaxOutage}} {
		if d.value < 0 || d.value > maxLength {
			return outside(d.field, d.value, time.Duration(0), maxLength)
		}
	}
	return nil
}

func outside[T any](field string, value, least, most T) *ConfigError {
	return wrong(field, value, "must be from %v to %v", least, most)
}

func wrong(field string, value any, reason string, args ...any) *ConfigError {
	return &ConfigError{field, fmt.Sprint(value), fmt.Sprintf(reason, args...)}
}

// subscribeAddr returns where subscribers connect.
func (c Config) subscribeAddr() string { return cmp.Or(c.SubscribeAddr, c.Client.Addr) }

// topics returns the topics' names.
func (c Config) topics() []string {
	if c.Topics == 1 {
		return []string{c.Topic}
	}
	names := make([]string, c.Topics)
	for i := range names {
		names[i] = fmt.Sprintf("%s.%d", c.Topic, i+1)
	}
	return names
}

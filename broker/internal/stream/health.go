package stream

import (
	"sync"
	"time"
)

// grace is how long there may be no connection before nothing more is accepted. A
// stream that has no leader is waited for with patience.
const grace = 1500 * time.Millisecond

// health knows whether the stream is in reach. It is safe for concurrent use.
type health struct {
	link, reading *condition

	mu      sync.Mutex
	failing error // why nothing is stored, until something is
}

func newHealth() *health {
	return &health{link: &condition{grace: grace}, reading: &condition{grace: patience}}
}

// stored notes how a block has ended, or that the stream answers.
func (h *health) stored(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.failing = err
}

// failed returns why nothing is stored, or nil.
func (h *health) failed() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.failing
}

// ready returns why nothing can be published: there has been no connection for too
// long, or the stream could not be read, or did not store what was published last.
func (h *health) ready() error {
	if err := h.link.lasting(); err != nil {
		return err
	}
	if err := h.failed(); err != nil {
		return err
	}
	return h.reading.lasting()
}

// condition is something that has to be, and may not be for a while. It is safe for
// concurrent use.
type condition struct {
	grace time.Duration

	mu    sync.Mutex
	why   error // nil while it is
	since time.Time
}

func (c *condition) ok() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.why = nil
}

func (c *condition) broken(why error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.why == nil {
		c.since = time.Now()
	}
	c.why = why
}

// lasting returns why it is not, if that lasts for longer than grace.
func (c *condition) lasting() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.why == nil || time.Since(c.since) < c.grace {
		return nil
	}
	return c.why
}

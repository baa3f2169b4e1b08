package main

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"time"
)

const transcriptBytes = 256 << 10

// transcript keeps the end of what a broker writes.
type transcript struct {
	mu    sync.Mutex
	text  []byte
	total int // bytes
}

func (t *transcript) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.total += len(p)
	t.text = append(t.text, p...)
	if n := len(t.text) - transcriptBytes; n > 0 {
		t.text = append(t.text[:0], t.text[n:]...)
	}
	return len(p), nil
}

func (t *transcript) contains(words string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return bytes.Contains(t.text, []byte(words))
}

// await returns when the broker has written those words, or after the limit.
func (t *transcript) await(ctx context.Context, words string, limit time.Duration) bool {
	return until(ctx, limit, time.Millisecond, func() bool { return t.contains(words) })
}

// size returns how many bytes it has written in all.
func (t *transcript) size() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.total
}

// tail returns what it wrote last.
func (t *transcript) tail() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.text) == 0 {
		return "it said nothing"
	}
	return strings.TrimSpace(string(t.text[max(0, len(t.text)-500):]))
}

// until asks every so often, until the answer is yes or the limit is reached.
func until(ctx context.Context, limit, every time.Duration, done func() bool) bool {
	deadline := time.Now().Add(limit)
	for !done() {
		if time.Now().After(deadline) || !pause(ctx, every) {
			return false
		}
	}
	return true
}

// pause waits, and reports whether the whole time has passed.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

package episodes

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

const (
	// episodeLasts is how long what is logged again and again is only counted.
	episodeLasts = time.Minute
	// mostEpisodes bounds how many kinds are told apart: strangers can make them up.
	mostEpisodes = 1000
)

// Log logs what comes in crowds, such as failed logins: the first of a kind at
// once, and once a minute how many more there were. Its methods are safe for
// concurrent use, and are not to be called with a lock held that others wait for.
type Log struct {
	log *slog.Logger

	mu    sync.Mutex
	kinds map[string]*episode
	ended bool
}

type episode struct {
	level   slog.Level
	more    int // since it was logged
	message string
	attrs   []any // of the latest
	timer   *time.Timer
}

// New returns a log of episodes, which go to log.
func New(log *slog.Logger) *Log {
	return &Log{log: log, kinds: make(map[string]*episode)}
}

// Warn logs message, or counts it where the same kind was logged within a minute.
func (e *Log) Warn(kind, message string, attrs ...any) { e.note(slog.LevelWarn, kind, message, attrs) }

// Info is Warn for what is no reason to worry.
func (e *Log) Info(kind, message string, attrs ...any) { e.note(slog.LevelInfo, kind, message, attrs) }

func (e *Log) note(level slog.Level, kind, message string, attrs []any) {
	if e.begins(level, kind, message, attrs) {
		e.log.Log(context.Background(), level, message, attrs...)
	}
}

func (e *Log) begins(level slog.Level, kind, message string, attrs []any) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.ended {
		return true
	}
	if e.kinds[kind] == nil && len(e.kinds) >= mostEpisodes {
		kind = message // shared with all that are new
	}
	if ep := e.kinds[kind]; ep != nil {
		ep.more++
		ep.attrs = attrs
		return false
	}
	ep := &episode{level: level, message: message}
	ep.timer = time.AfterFunc(episodeLasts, func() { e.minute(kind, ep) })
	e.kinds[kind] = ep
	return true
}

// minute logs what came since the last time; a minute without any ends the episode.
func (e *Log) minute(kind string, ep *episode) {
	e.mu.Lock()
	more, attrs := ep.more, ep.attrs
	ep.more, ep.attrs = 0, nil
	switch {
	case e.ended:
	case more == 0:
		delete(e.kinds, kind)
	default:
		ep.timer.Reset(episodeLasts)
	}
	e.mu.Unlock()
	ep.log(e.log, more, attrs)
}

func (ep *episode) log(to *slog.Logger, more int, attrs []any) {
	if more > 0 {
		to.Log(context.Background(), ep.level, ep.message, append(attrs, "more", more)...)
	}
}

// End logs what was counted and not logged yet.
func (e *Log) End() {
	e.mu.Lock()
	kinds := e.kinds
	e.kinds, e.ended = nil, true
	e.mu.Unlock()
	for _, ep := range kinds {
		if ep.timer.Stop() {
			ep.log(e.log, ep.more, ep.attrs)
		}
	}
}

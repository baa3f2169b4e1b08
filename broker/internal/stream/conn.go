package stream

import (
	"context"
	"time"
)

// conn is one connection to the stream, for as long as it lasts: it never connects
// anew by itself. Its methods are safe for concurrent use.
type conn interface {
	// publish stores a block unless one with the same id is stored already, and
	// returns its number in the stream. After an error it may be stored all the same.
	publish(ctx context.Context, id string, block []byte) (uint64, error)
	// state returns what the stream has.
	state(ctx context.Context) (state, error)
	// follow hands over the blocks of the stream from the number on, or from the
	// first that is left, until it fails, which it does if nothing was heard of the
	// stream for long. It makes one call at a time, and none once it has returned.
	follow(ctx context.Context, from uint64, to follower) error
	// lost is closed when the connection has ended.
	lost() <-chan struct{}
	close()
}

// follower is handed what comes of a stream.
type follower interface {
	// block takes a block; an error ends the following.
	block(b stored) error
	// beat says that there is nothing new after the block of that number, which was
	// sent before; an error ends the following.
	beat(last uint64) error
}

// stored is a block as the stream has it.
type stored struct {
	seq  uint64
	id   string
	data []byte
	at   time.Time // when it was stored, by the clock of the stream
	left uint64    // how many come after it
}

// state is what a stream has. One without blocks has a first that is after its last.
type state struct {
	first, last uint64
	created     time.Time
	bytes       int64
	at          time.Time // when its last block was stored
}

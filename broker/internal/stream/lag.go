package stream

import (
	"sync"
	"time"
)

// lag knows whether a reader is late: so far behind that the stream may forget what it has
// not read. It is safe for concurrent use.
type lag struct {
	keep time.Duration // for so long the stream keeps a block
	most int64         // and so many bytes of them; 0 is any number

	mu   sync.Mutex
	last stored // that was read, without its data
	late bool
}

// reached is told of the block that is read now.
func (l *lag) reached(b stored) {
	b.data = nil
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = b
	if b.left == 0 {
		l.late = false
	}
}

// behind reports whether there was more to read, so that it is worth to look how much.
func (l *lag) behind() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last.left > 0
}

// look is told what the stream has. A reader is late when what it has not read is half of
// what the stream keeps.
func (l *lag) look(s state) {
	l.mu.Lock()
	defer l.mu.Unlock()
	unread := int64(0)
	if has := int64(s.last - s.first + 1); has > 0 && s.last > l.last.seq {
		unread = s.bytes / has * int64(s.last-l.last.seq)
	}
	l.late = unread > 0 && (s.at.Sub(l.last.at) > l.keep/2 || l.most > 0 && unread > l.most/2)
}

func (l *lag) isLate() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.late
}

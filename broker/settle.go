package broker

import "time"

// settle queues the messages and replies of the read so far, and lets them be
// written. Replies come last: an acknowledged message is queued already.
func (s *session) settle() {
	s.flush()
	s.fanOut.deliver()
	if len(s.replies) > 0 {
		s.out.reply(s.replies)
		s.replies = s.replies[:0]
	}
}

// flush queues the messages of the burst for their subscribers, unless the session is
// stopped while it waits for one of them: then they are not acknowledged either.
func (s *session) flush() {
	n := len(s.burst.messages)
	if n == 0 {
		return
	}
	if s.cut || !s.deliverBurst() {
		s.cut = true
		s.replies = s.replies[:0]
		s.burst.reset(len(s.in.buf))
		return
	}
	size := len(s.burst.frames)
	s.b.received.Add(uint64(n))
	s.b.receivedBytes.Add(uint64(size))
	s.published.add(n, size)
	s.b.board.count(s.burst)
	if n := s.fanOut.forgotten; n > 0 {
		s.fanOut.forgotten = 0
		s.b.lastValuesForgotten.Add(uint64(n))
		s.b.episodes.Warn("last values", `there is no room for all last values: those published to longest ago are forgotten; raise "last_value_bytes"`,
			"limit", s.b.cfg.Limits.LastValueBytes)
	}
	s.burst.reset(len(s.in.buf))
}

// deliverBurst queues the burst for its subscribers, when there is room with each of them.
// It reports false, and has queued nothing, where the session was stopped meanwhile.
func (s *session) deliverBurst() bool {
	n := len(s.burst.frames)
	defer s.keepPromises(n)
	pace := s.b.cfg.Limits.PaceBytes
	fair, most := time.Duration(float64(n)/float64(pace)*float64(time.Second)), longestWait
	for {
		slow := s.b.engine.publish(s.burst, &s.fanOut)
		if slow == nil {
			return true
		}
		s.fanOut.deliver() // it may be what makes room
		a := allowance{pace, fair, s.indulgence.left(time.Now()), most}
		waited, beyond := slow.admit(n, a, s.stopping)
		s.fanOut.admitted = append(s.fanOut.admitted, slow)
		s.indulgence.used += beyond
		fair, most = max(0, fair-waited), max(0, most-waited)
		s.b.delays.add(s, slow, waited)
		if s.atOnce.Load() {
			return false
		}
	}
}

// keepPromises ends those for a burst of n bytes.
func (s *session) keepPromises(n int) {
	for _, o := range s.fanOut.admitted {
		o.keepPromise(n)
	}
	clear(s.fanOut.admitted)
	s.fanOut.admitted = s.fanOut.admitted[:0]
}

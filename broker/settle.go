package broker

// settle queues the messages and replies of the read so far, and lets them be
// written. Replies come last: an acknowledged message is queued already.
func (s *session) settle() {
	s.flush()
	s.fanOut.deliver()
	if !s.await() {
		s.replies = s.replies[:0]
	}
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
	s.passed = false
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
	defer s.fanOut.keepPromises(n)
	a := allow(n, s.b.cfg.Limits.PaceBytes)
	for {
		slow := s.b.engine.publish(s.burst, &s.fanOut)
		if slow == nil {
			return true
		}
		s.b.heldUp(s.peer().remote, slow, s.fanOut.waitFor(slow, n, &a, &s.indulgence, s.stopping))
		if s.atOnce.Load() {
			return false
		}
	}
}

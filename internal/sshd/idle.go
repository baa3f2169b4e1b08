package sshd

import "time"

// watchIdle ends a session in which nothing is typed. What is drawn does not count: a dashboard
// draws for ever.
func (s *Session) watchIdle() {
	limit := s.conn.server.cfg.IdleTimeout
	if limit <= 0 {
		return
	}
	notice := min(time.Minute, limit/2)
	timer := time.NewTimer(limit - notice)
	defer timer.Stop()
	warned := false
	for {
		select {
		case <-s.Done():
			return
		case <-s.typed:
		case <-timer.C:
			if !s.typedSince() {
				if warned {
					s.end(ErrIdle)
					return
				}
				warned = true
				timer.Reset(notice)
				s.tellIdle(time.Now().Add(notice))
				continue
			}
		}
		timer.Reset(limit - notice)
		if warned {
			warned = false
			s.tellIdle(time.Time{})
		}
	}
}

// typedSince reports whether something was typed in the same instant as the time was up.
func (s *Session) typedSince() bool {
	select {
	case <-s.typed:
		return true
	default:
		return false
	}
}

func (s *Session) tellIdle(ends time.Time) {
	s.mu.Lock()
	f := s.onIdle
	s.mu.Unlock()
	if f != nil {
		f(ends)
	}
}

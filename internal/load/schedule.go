package load

import "time"

// schedule says when messages are due. Publishers take turns: message k of
// publisher p is number k × publishers + p of all.
type schedule struct {
	publishers int64
	rate       int64         // messages a second of all publishers; 0 is no rate
	count      int64         // messages of all publishers; 0: length decides the end
	length     time.Duration // 0: count decides the end
}

// due returns when message k of a publisher is due, counted from the start, and
// whether it is part of the load. Without a rate each is due at once.
func (s schedule) due(publisher int, k int64) (time.Duration, bool) {
	n := k*s.publishers + int64(publisher)
	if s.count > 0 && n >= s.count {
		return 0, false
	}
	if s.rate == 0 {
		return 0, true
	}
	at := time.Duration(n/s.rate)*time.Second + time.Duration(n%s.rate*int64(time.Second)/s.rate)
	return at, s.length == 0 || at < s.length
}

// dueBy returns how many messages of a publisher are due before t. Without a
// rate that is none: they are due only once they can be sent.
func (s schedule) dueBy(publisher int, t time.Duration) int64 {
	if s.length > 0 {
		t = min(t, s.length)
	}
	rest := int64(t%time.Second) * s.rate
	all := int64(t/time.Second)*s.rate + (rest+int64(time.Second)-1)/int64(time.Second)
	if s.count > 0 {
		all = min(all, s.count)
	}
	return max(0, (all-int64(publisher)+s.publishers-1)/s.publishers)
}

// end returns when publishing ends if all goes well; 0 if that depends on the broker.
func (s schedule) end() time.Duration {
	if s.length == 0 && s.rate > 0 {
		return time.Duration(float64(s.count) / float64(s.rate) * float64(time.Second))
	}
	return s.length
}

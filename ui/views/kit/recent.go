package kit

// Recent keeps what the latest two frames were made of, by a number. Most rows of a frame were
// in the one before it. The zero value keeps nothing yet.
type Recent[T any] struct {
	last, now map[uint64]*T
	free      []*T // of earlier frames, whose memory is used again
}

// Turn begins a frame: what was not used in the latest one is forgotten.
func (r *Recent[T]) Turn() {
	for n, v := range r.last {
		if r.now[n] != v {
			r.free = append(r.free, v)
		}
	}
	clear(r.last)
	r.last, r.now = r.now, r.last
}

// Get returns the value with a number. If there is none yet, fresh is true, and the value is a
// zero or an old one, which the caller has to set.
func (r *Recent[T]) Get(number uint64) (v *T, fresh bool) {
	if v = r.now[number]; v != nil {
		return v, false
	}
	if v = r.last[number]; v == nil {
		fresh = true
		if n := len(r.free); n > 0 {
			v, r.free = r.free[n-1], r.free[:n-1]
		} else {
			v = new(T)
		}
	}
	if r.now == nil {
		r.now = make(map[uint64]*T)
	}
	r.now[number] = v
	return v, fresh
}

// Was reports whether the latest frame before this one used the value with a number.
func (r *Recent[T]) Was(number uint64) bool { return r.last[number] != nil }

package feed

// What a meter keeps and how it smooths.
const (
	sparkSeconds = 60
	// smoothing is the weight of the latest second in the moving average.
	smoothing = 0.5
	// silentSeconds without a message make a rate 0: an average alone would
	// fade for ever.
	silentSeconds = 4
)

// meter measures a flow in buckets of one second.
type meter struct {
	count, size    float64 // messages and bytes of the current second
	rate, byteRate float64 // moving averages, a second
	peak           float64 // most messages in one second so far
	spark          [sparkSeconds]float64
	quiet          int // seconds since a message, at most sparkSeconds
}

func (m *meter) add(messages, bytes uint64) {
	m.count += float64(messages)
	m.size += float64(bytes)
}

// roll ends the current second and those after it, so many in all. Once all of the
// sparkline is new, further seconds change nothing.
func (m *meter) roll(seconds int) {
	for range min(seconds, sparkSeconds+1) {
		if m.silent() {
			return
		}
		m.endSecond()
	}
}

// silent reports whether the meter can change only with a new message.
func (m *meter) silent() bool { return m.count == 0 && m.quiet == sparkSeconds }

func (m *meter) endSecond() {
	copy(m.spark[:], m.spark[1:])
	m.spark[sparkSeconds-1] = m.count
	m.peak = max(m.peak, m.count)
	m.quiet++
	if m.count > 0 {
		m.quiet = 0
	}
	switch {
	case m.quiet >= silentSeconds:
		m.rate, m.byteRate = 0, 0
	case m.rate == 0:
		m.rate, m.byteRate = m.count, m.size
	default:
		m.rate += (m.count - m.rate) * smoothing
		m.byteRate += (m.size - m.byteRate) * smoothing
	}
	m.count, m.size = 0, 0
}

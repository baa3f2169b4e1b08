package feed

import "strings"

// bodyBlock is how many payload bytes share one allocation, and so the most that
// a kept payload pins beyond itself. Sixteen payloads of 128 bytes to a block
// halved what they cost in Apply and in the garbage collector; blocks of 16 KiB
// were no better.
const bodyBlock = 2 << 10

// bodies copies the payloads of one topic into blocks.
type bodies struct{ block strings.Builder }

// keep returns a copy of data. A block is no larger than held, what the topic
// holds already: thousands of topics may hold a few short payloads each.
func (b *bodies) keep(data string, held int) string {
	if len(data) > bodyBlock/4 {
		return strings.Clone(data)
	}
	if b.block.Cap()-b.block.Len() < len(data) {
		b.block.Reset()
		b.block.Grow(max(len(data), min(held, bodyBlock)))
	}
	from := b.block.Len()
	b.block.WriteString(data)
	return b.block.String()[from:]
}

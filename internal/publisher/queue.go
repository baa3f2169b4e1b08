package publisher

// queued is a message, and which one it is.
type queued struct {
	Message
	seq int64
}

// queue is a heap of messages that no connection has taken yet, in the order in which
// they are to be published.
type queue []queued

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].seq < q[j].seq }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(m any)        { *q = append(*q, m.(queued)) }

func (q *queue) Pop() any {
	last := len(*q) - 1
	m := (*q)[last]
	(*q)[last] = queued{} // let go of its payload
	*q = (*q)[:last]
	return m
}

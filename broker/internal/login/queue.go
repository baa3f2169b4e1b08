package login

// queue has the verifications that wait, and takes the addresses that they come
// from in turn: one who floods it waits in a line of their own.
type queue struct {
	most  int
	size  int
	lines map[string][]*flight // by address
	turns []string             // the addresses with a line, the next one first
}

func newQueue(most int) queue { return queue{most: most, lines: make(map[string][]*flight)} }

// push adds f, unless the queue is full. Then the newest of the longest line is
// dropped to make room for an address with fewer; it is returned.
func (q *queue) push(f *flight) (dropped *flight, ok bool) {
	at := f.attempt.Address
	if q.size >= q.most {
		longest := q.longest()
		if len(q.lines[longest]) <= len(q.lines[at])+1 {
			return nil, false
		}
		line := q.lines[longest]
		dropped = line[len(line)-1]
		q.lines[longest] = line[:len(line)-1]
		q.size--
	}
	if len(q.lines[at]) == 0 {
		q.turns = append(q.turns, at)
	}
	q.lines[at] = append(q.lines[at], f)
	q.size++
	return dropped, true
}

func (q *queue) longest() (at string) {
	for address, line := range q.lines {
		if len(line) > len(q.lines[at]) {
			at = address
		}
	}
	return at
}

// pop returns the next verification, or nil.
func (q *queue) pop() *flight {
	if q.size == 0 {
		return nil
	}
	at := q.turns[0]
	q.turns = q.turns[1:]
	line := q.lines[at]
	f := line[0]
	if len(line) == 1 {
		delete(q.lines, at)
	} else {
		q.lines[at] = line[1:]
		q.turns = append(q.turns, at)
	}
	q.size--
	return f
}

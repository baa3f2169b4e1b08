package driver

import (
	"bytes"
	"fmt"
)

// publisher publishes numbered messages and counts what is acknowledged.
type publisher struct {
	frames // acknowledgements
	place
	ack         string
	window      int
	outstanding int
	requests    []byte // the next write; each request has to be numbered
	requestSize int
	topic       int      // of the next request
	next        []digits // of each topic
}

func newPublisher(conn *Conn, l Load) *publisher {
	e := conn.protocol.Publish(Topic(0), l.payload(), l.Subscribers)
	return &publisher{
		frames:      newFrames(conn, len(e.Reply)),
		place:       l.find(e.Request),
		ack:         e.Reply,
		window:      l.Window,
		requests:    bytes.Repeat([]byte(e.Request), l.Batch),
		requestSize: len(e.Request),
		next:        l.numbers(),
	}
}

// publish returns when so many messages are acknowledged. It does not read and
// write at the same time: once the window is full it waits until half of it is
// acknowledged, which leaves the broker enough to do, and takes few reads.
func (p *publisher) publish(messages int) error {
	for sent := 0; sent < messages; {
		n := min(len(p.requests)/p.requestSize, messages-sent)
		if p.outstanding+n > p.window {
			if err := p.await(p.window / 2); err != nil {
				return fmt.Errorf("after %d of %d publishes: %w", sent, messages, err)
			}
		}
		if _, err := p.conn.Write(p.number(n)); err != nil {
			return fmt.Errorf("after %d of %d publishes: %w", sent, messages, err)
		}
		sent += n
		p.outstanding += n
	}
	return p.await(0)
}

// number returns the next n requests.
func (p *publisher) number(n int) []byte {
	write := p.requests[:n*p.requestSize]
	for at := 0; at < len(write); at += p.requestSize {
		request := write[at : at+p.requestSize]
		request[p.place.topic] = '0' + byte(p.topic/10)
		request[p.place.topic+1] = '0' + byte(p.topic%10)
		copy(request[p.place.number:], p.next[p.topic][:])
		p.next[p.topic].next()
		if p.topic++; p.topic == len(p.next) {
			p.topic = 0
		}
	}
	return write
}

// await reads until at most so many publishes are not acknowledged.
func (p *publisher) await(outstanding int) error {
	for p.outstanding > outstanding {
		if err := p.read(p); err != nil {
			return fmt.Errorf("with %d publishes not acknowledged: %w", p.outstanding, err)
		}
	}
	return nil
}

func (p *publisher) take(data []byte) int {
	taken := 0
	for p.outstanding > 0 && len(data)-taken >= p.size && string(data[taken:taken+p.size]) == p.ack {
		p.outstanding--
		taken += p.size
	}
	return taken
}

func (p *publisher) wrong(frame []byte) error {
	if p.outstanding == 0 {
		return fmt.Errorf("an acknowledgement too many: %q", frame)
	}
	return fmt.Errorf("a publish was answered with %q instead of %q", frame, p.ack)
}

package faults

import (
	"errors"
	"io"
	"net"
	"time"
)

// chunkSize is what one read takes, and queued how many chunks may be under
// way in one direction: enough that latency does not limit the bandwidth, and
// so few that a receiver that does not read stops the sender.
const (
	chunkSize = 32 << 10
	queued    = 16
)

// link is one connection through a proxy. The proxy's mutex guards its fields,
// except ends that are set.
type link struct {
	proxy  *Proxy
	ends   [2]*net.TCPConn // by the direction of the bytes written to it
	shut   [2]bool         // by HalfClose
	lost   bool            // the black hole took something
	closed bool
	reset  bool          // with a RST
	over   chan struct{} // closed with the link
}

type chunk struct {
	data []byte
	at   time.Time
}

// run forwards both ways until both have ended.
func (l *link) run() {
	defer l.finish()
	conn, err := net.DialTimeout("tcp", l.proxy.upstream, 10*time.Second)
	if err != nil {
		l.proxy.change(func() { l.close(true) })
		return
	}
	if !l.attach(conn.(*net.TCPConn)) {
		return
	}
	ended := make(chan struct{})
	for _, to := range []Direction{ToClient, ToBroker} {
		chunks := make(chan chunk, queued)
		go func() {
			l.read(to, chunks)
			ended <- struct{}{}
		}()
		go func() {
			l.write(to, chunks)
			ended <- struct{}{}
		}()
	}
	for range 4 {
		<-ended
	}
}

// attach adds the broker's end. If the link was closed meanwhile, it ends as
// the client's end did.
func (l *link) attach(conn *net.TCPConn) bool {
	l.proxy.mu.Lock()
	defer l.proxy.mu.Unlock()
	if l.closed {
		l.closeEnd(conn)
		return false
	}
	l.ends[ToBroker] = conn
	return true
}

func (l *link) finish() {
	l.proxy.mu.Lock()
	defer l.proxy.mu.Unlock()
	l.close(false)
}

// close ends the link at once. The proxy's mutex is held.
func (l *link) close(reset bool) {
	if l.closed {
		return
	}
	l.closed, l.reset = true, reset
	close(l.over)
	delete(l.proxy.links, l)
	for _, end := range l.ends {
		if end != nil {
			l.closeEnd(end)
		}
	}
}

func (l *link) closeEnd(end *net.TCPConn) {
	if l.reset {
		end.SetLinger(0)
	}
	end.Close()
}

// read takes what comes for one direction off the other end.
func (l *link) read(to Direction, chunks chan<- chunk) {
	defer close(chunks)
	for {
		buf := make([]byte, chunkSize)
		n, err := l.ends[1-to].Read(buf)
		if n > 0 {
			select {
			case chunks <- chunk{buf[:n], time.Now()}:
			case <-l.over:
				return
			}
		}
		if err != nil {
			if !errors.Is(err, io.EOF) {
				l.vanished()
			}
			return
		}
	}
}

// vanished passes on that one end was reset.
func (l *link) vanished() {
	l.proxy.mu.Lock()
	defer l.proxy.mu.Unlock()
	if l.proxy.hole {
		l.lost = true
		return
	}
	l.close(true)
}

// write delivers chunks, and then the end of the stream.
func (l *link) write(to Direction, chunks <-chan chunk) {
	for c := range chunks {
		for len(c.data) > 0 {
			n, ok := l.step(to, c)
			if !ok {
				return
			}
			c.data = c.data[n:]
		}
	}
	if !l.shutdown(to) {
		<-l.over
	}
}

// shutdown passes on the end of a stream. It returns false when the hole took
// it: then the receiver must not see a FIN as long as the link is open.
func (l *link) shutdown(to Direction) bool {
	l.proxy.mu.Lock()
	defer l.proxy.mu.Unlock()
	if l.proxy.hole {
		l.lost = true
	}
	if !l.lost && !l.closed {
		l.ends[to].CloseWrite()
	}
	return !l.lost
}

// step deals with the next bytes of c and returns how many; false says that
// the link is over.
func (l *link) step(to Direction, c chunk) (int, bool) {
	p := l.proxy
	for {
		p.mu.Lock()
		w, changed := p.ways[to], p.changed
		l.lost = l.lost || p.hole
		swallow := l.lost || l.shut[to]
		p.mu.Unlock()
		if swallow {
			return len(c.data), true
		}
		wait := time.Until(c.at.Add(w.latency))
		if wait <= 0 {
			return l.deliver(to, w, c.data)
		}
		if !l.pause(wait, changed) {
			return 0, false
		}
	}
}

// deliver writes as much of data as the settings let go at once.
func (l *link) deliver(to Direction, w way, data []byte) (int, bool) {
	p := l.proxy
	if w.slice > 0 {
		data = data[:min(len(data), w.slice)]
	}
	if w.bandwidth > 0 { // in steps of 10 ms
		data = data[:min(len(data), max(1, w.bandwidth/100))]
	}
	data, last := p.reserve(to, data)
	if len(data) == 0 {
		return 0, l.pause(time.Hour, nil)
	}
	n, err := l.ends[to].Write(data)
	switch {
	case !l.delivered(to, n, err, last):
		return n, false
	case err != nil: // after HalfClose
		return len(data), true
	case w.bandwidth > 0:
		return n, l.pause(time.Duration(n)*time.Second/time.Duration(w.bandwidth), nil)
	default:
		return n, true
	}
}

// delivered books a write. It returns false when the link is over.
func (l *link) delivered(to Direction, n int, err error, last bool) bool {
	p := l.proxy
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ways[to].carried += int64(n)
	if last {
		p.ways[to].cutAfter = 0
		p.cut(false)
	}
	if err != nil && !l.shut[to] {
		l.close(true) // the receiver is gone: the sender has to learn of it
	}
	return !l.closed
}

// reserve returns the part of data that may go before the cut that CutAfter
// ordered, and whether the cut follows it.
func (p *Proxy) reserve(to Direction, data []byte) (part []byte, last bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := &p.ways[to]
	switch {
	case w.cutAfter == cutDue:
		return nil, false
	case w.cutAfter == 0:
		return data, false
	case int64(len(data)) < w.cutAfter:
		w.cutAfter -= int64(len(data))
		return data, false
	default:
		data = data[:w.cutAfter]
		w.cutAfter = cutDue
		return data, true
	}
}

// pause waits for d, or for a change of the settings; false says that the link
// is over.
func (l *link) pause(d time.Duration, changed <-chan struct{}) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-changed:
		return true
	case <-l.over:
		return false
	}
}

package faults

import (
	"net"
	"sync"
	"testing"
	"time"
)

// Direction is one of the two ways that bytes take through a [Proxy].
type Direction int

// The directions. "Broker" is whatever listens upstream.
const (
	ToClient Direction = iota
	ToBroker
)

// Proxy forwards connections to one upstream address. Its methods are safe for
// concurrent use, Refuse and Restart only from the goroutine of the test. It
// ends with the test: every connection is closed and every goroutine has ended
// when the test's cleanups have run.
type Proxy struct {
	tb        testing.TB
	addr      string
	upstream  string
	running   sync.WaitGroup // links
	accepting sync.WaitGroup

	mu       sync.Mutex
	listener net.Listener // nil while refusing
	ways     [2]way
	hole     bool
	changed  chan struct{} // closed, and replaced, with every change
	links    map[*link]struct{}
	accepted int
}

// cutDue says that the last byte before a cut is on its way: nothing may follow.
const cutDue = -1

// way is the state of one direction. Zero settings mean no fault.
type way struct {
	latency   time.Duration
	bandwidth int   // bytes per second
	slice     int   // bytes per write
	cutAfter  int64 // bytes left until all is cut; cutDue when none is
	carried   int64
}

// NewProxy listens on a free loopback port and forwards each connection to
// upstream, host:port, until the test ends. It dials upstream anew for each
// connection; where that fails the client's end is reset.
func NewProxy(tb testing.TB, upstream string) *Proxy {
	tb.Helper()
	p := &Proxy{
		tb:       tb,
		addr:     "127.0.0.1:0",
		upstream: upstream,
		changed:  make(chan struct{}),
		links:    make(map[*link]struct{}),
	}
	p.listen()
	tb.Cleanup(p.end)
	return p
}

// Addr returns the host:port to connect to. It never changes.
func (p *Proxy) Addr() string { return p.addr }

// Latency delays every byte by d. It takes no bandwidth away, and 0 ends it.
func (p *Proxy) Latency(to Direction, d time.Duration) {
	p.change(func() { p.ways[to].latency = d })
}

// Bandwidth limits each connection. 0 ends the limit.
func (p *Proxy) Bandwidth(to Direction, bytesPerSecond int) {
	p.change(func() { p.ways[to].bandwidth = bytesPerSecond })
}

// Slice makes every write n bytes long at most. 0 ends that. A receiver that
// is slow may still read several writes at once, as TCP has it.
func (p *Proxy) Slice(to Direction, n int) {
	p.change(func() { p.ways[to].slice = n })
}

// CutAfter cuts everything, once, as soon as n more bytes have gone in one
// direction, over all connections; not one byte more goes there. n must be
// positive; 0 takes an order back that has not been carried out.
func (p *Proxy) CutAfter(to Direction, n int64) {
	p.change(func() { p.ways[to].cutAfter = n })
}

// BlackHole swallows all bytes, and all ends of connections, both ways, as a
// network does whose cable is out. Connections can still be made. Switched off
// again, it closes those that lost something: a stream with a hole in it
// cannot go on.
func (p *Proxy) BlackHole(on bool) {
	p.change(func() {
		p.hole = on
		for l := range p.links {
			if !on && l.lost {
				l.close(false)
			}
		}
	})
}

// Cut closes every connection that has been accepted, both ends, now.
func (p *Proxy) Cut() {
	p.change(func() { p.cut(false) })
}

// Reset ends every connection that has been accepted with a RST to both ends.
func (p *Proxy) Reset() {
	p.change(func() { p.cut(true) })
}

// HalfClose sends a FIN in one direction on every connection. The other
// direction goes on; what still comes for the closed one is swallowed.
func (p *Proxy) HalfClose(to Direction) {
	p.change(func() {
		for l := range p.links {
			if end := l.ends[to]; end != nil {
				l.shut[to] = true
				end.CloseWrite()
			}
		}
	})
}

// Refuse stops listening, so that dials fail with "connection refused", or
// listens again. Open connections stay.
func (p *Proxy) Refuse(on bool) {
	p.tb.Helper()
	p.mu.Lock()
	ln := p.listener
	if on {
		p.listener = nil
	}
	p.mu.Unlock()
	switch {
	case on && ln != nil:
		ln.Close()
		p.accepting.Wait() // so that a cut that follows misses no connection
	case !on && ln == nil:
		p.listen()
	}
}

// Restart cuts every connection and listens anew, as a broker that restarts.
func (p *Proxy) Restart() {
	p.tb.Helper()
	p.Refuse(true)
	p.Cut()
	p.Refuse(false)
}

// Accepted returns how many connections were ever accepted.
func (p *Proxy) Accepted() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.accepted
}

// Open returns how many connections are open.
func (p *Proxy) Open() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.links)
}

// Bytes returns how many bytes have been delivered in one direction.
func (p *Proxy) Bytes(to Direction) int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ways[to].carried
}

// change carries out a change and wakes whoever waits under the old settings.
func (p *Proxy) change(do func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	do()
	close(p.changed)
	p.changed = make(chan struct{})
}

// cut closes all links. The mutex is held.
func (p *Proxy) cut(reset bool) {
	for l := range p.links {
		l.close(reset)
	}
}

func (p *Proxy) listen() {
	p.tb.Helper()
	ln, err := net.Listen("tcp", p.addr)
	if err != nil {
		p.tb.Fatalf("faults: the proxy cannot listen: %v", err)
	}
	p.addr = ln.Addr().String()
	p.mu.Lock()
	p.listener = ln
	p.mu.Unlock()
	p.accepting.Go(func() { p.accept(ln) })
}

// accept forwards connections until ln is closed.
func (p *Proxy) accept(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		l := &link{proxy: p, over: make(chan struct{})}
		l.ends[ToClient] = conn.(*net.TCPConn)
		p.mu.Lock()
		p.accepted++
		p.links[l] = struct{}{}
		p.mu.Unlock()
		p.running.Go(l.run)
	}
}

// end closes everything and waits for it.
func (p *Proxy) end() {
	p.Refuse(true)
	p.Cut()
	p.running.Wait()
}

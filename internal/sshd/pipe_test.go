package sshd

import (
	"bytes"
	"context"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// stream is one direction of a network. Unlike net.Pipe it has a buffer, as SSH needs: both ends
// begin with a write.
type stream struct {
	mu      sync.Mutex
	changed *sync.Cond
	buf     bytes.Buffer
	closed  bool
	rate    int // bytes a second; 0 is as many as come
}

func newStream(rate int) *stream {
	s := &stream{rate: rate}
	s.changed = sync.NewCond(&s.mu)
	return s
}

func (s *stream) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return 0, net.ErrClosed
	}
	s.changed.Broadcast()
	return s.buf.Write(p)
}

func (s *stream) Read(p []byte) (int, error) {
	s.mu.Lock()
	for s.buf.Len() == 0 && !s.closed {
		s.changed.Wait()
	}
	if s.rate > 0 && len(p) > 1024 {
		p = p[:1024]
	}
	n, _ := s.buf.Read(p)
	s.mu.Unlock()
	if n == 0 {
		return 0, io.EOF
	}
	if s.rate > 0 {
		time.Sleep(time.Duration(n) * time.Second / time.Duration(s.rate)) // in fake time
	}
	return n, nil
}

func (s *stream) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	s.changed.Broadcast()
}

// pipeEnd is one end of a connection in memory.
type pipeEnd struct {
	in, out *stream
	remote  net.Addr
	mute    atomic.Bool // what is written gets lost
}

func (p *pipeEnd) Read(b []byte) (int, error) { return p.in.Read(b) }
func (p *pipeEnd) Write(b []byte) (int, error) {
	if p.mute.Load() {
		return len(b), nil
	}
	return p.out.Write(b)
}
func (p *pipeEnd) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (p *pipeEnd) RemoteAddr() net.Addr             { return p.remote }
func (p *pipeEnd) SetDeadline(time.Time) error      { return nil }
func (p *pipeEnd) SetReadDeadline(time.Time) error  { return nil }
func (p *pipeEnd) SetWriteDeadline(time.Time) error { return nil }
func (p *pipeEnd) Close() error {
	p.in.close()
	p.out.close()
	return nil
}

// network is a listener in memory.
type network struct {
	accept chan net.Conn
	closed context.Context
	close  context.CancelFunc
}

func newNetwork() *network {
	n := &network{accept: make(chan net.Conn)}
	n.closed, n.close = context.WithCancel(context.Background())
	return n
}

// dial connects from an address, over a way that brings so many bytes a second to the client.
func (n *network) dial(from string, rate int) *pipeEnd {
	up, down := newStream(0), newStream(rate)
	address := &net.TCPAddr{IP: net.ParseIP(from), Port: 40000}
	select {
	case n.accept <- &pipeEnd{in: up, out: down, remote: address}:
	case <-n.closed.Done():
	}
	return &pipeEnd{in: down, out: up, remote: &net.TCPAddr{}}
}

func (n *network) Accept() (net.Conn, error) {
	select {
	case c := <-n.accept:
		return c, nil
	case <-n.closed.Done():
		return nil, net.ErrClosed
	}
}

func (n *network) Addr() net.Addr { return &net.TCPAddr{} }
func (n *network) Close() error {
	n.close()
	return nil
}

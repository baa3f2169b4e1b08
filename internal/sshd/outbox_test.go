package sshd

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Over 50 kB/s, a key is answered in less than a second while as much is drawn as goes.
func TestKeysOverASlowLink(t *testing.T) {
	handler := func(s *Session) {
		typed := make(chan string)
		go func() {
			defer close(typed)
			buf := make([]byte, 64)
			for {
				n, err := s.Read(buf)
				if err != nil {
					return
				}
				typed <- string(buf[:n])
			}
		}()
		frame := strings.Repeat(".", 12_000)
		for tick := time.NewTicker(100 * time.Millisecond); ; {
			select {
			case key, ok := <-typed:
				if !ok {
					return
				}
				s.Wait()
				fmt.Fprintf(s, "[%s]%s", key, frame)
			case <-tick.C:
				if !s.Busy() {
					io.WriteString(s, frame)
				}
			}
		}
	}
	bubble(t, Config{Handler: handler}, func(t *testing.T, r *rig) {
		c, err := r.try(1, home, 50_000)
		if err != nil {
			t.Fatal(err)
		}
		ch := c.shell()
		time.Sleep(10 * time.Second)
		var took []time.Duration
		for n := range 40 {
			key := fmt.Sprint(n)
			began, before := time.Now(), len(ch.output())
			ch.Channel.Write([]byte(key))
			for !ch.has(before, "["+key+"]") {
				time.Sleep(10 * time.Millisecond)
			}
			took = append(took, time.Since(began))
			time.Sleep(137 * time.Millisecond)
		}
		if n := len(ch.output()); n < 400_000 {
			t.Errorf("%d bytes: the link is idle", n)
		}
		slices.Sort(took)
		t.Log("p50", took[len(took)/2], "p90", took[len(took)*9/10])
		if p90 := took[len(took)*9/10]; p90 > time.Second {
			t.Error("p90 is", p90)
		}
		c.Close()
		c.Wait()
	})
}

// fakePeer acknowledges when it is told to.
type fakePeer struct {
	out    atomic.Int64 // bytes
	answer chan error
	asked  atomic.Int64
}

func (p *fakePeer) Write(b []byte) (int, error) {
	p.out.Add(int64(len(b)))
	return len(b), nil
}
func (p *fakePeer) SendRequest(name string, wantReply bool, _ []byte) (bool, error) {
	if name != keepalive || !wantReply {
		return false, fmt.Errorf("asked for %s", name)
	}
	p.asked.Add(1)
	return false, <-p.answer
}

func withOutbox(t *testing.T, f func(o *outbox, p *fakePeer, unanswered *atomic.Int64)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		p := &fakePeer{answer: make(chan error)}
		var unanswered atomic.Int64
		o := newOutbox(p, func() { unanswered.Add(1) })
		go o.write()
		go o.acknowledge()
		f(o, p, &unanswered)
		o.end(os.ErrClosed)
		close(p.answer)
		synctest.Wait()
	})
}

func TestWhatIsOnItsWayIsBounded(t *testing.T) {
	withOutbox(t, func(o *outbox, p *fakePeer, unanswered *atomic.Int64) {
		if n, err := o.Write(nil); n != 0 || err != nil {
			t.Error(n, err)
		}
		var wrote atomic.Int64
		done := make(chan struct{})
		go func() {
			defer close(done)
			for range 100 {
				n, err := o.Write(make([]byte, 10_000))
				wrote.Add(int64(n))
				if err != nil {
					return
				}
			}
		}()
		synctest.Wait()
		if p.out.Load() != minWindow || !o.busy() || int64(o.unacked()) != wrote.Load() {
			t.Errorf("%d bytes on their way, busy %v, %d not acknowledged of %d", p.out.Load(), o.busy(), o.unacked(), wrote.Load())
		}
		if wrote.Load() > maxQueued+minWindow+10_000 {
			t.Errorf("%d bytes were taken", wrote.Load())
		}
		for range 100 {
			p.answer <- nil
			synctest.Wait()
			if o.unacked() == 0 {
				break
			}
		}
		<-done
		o.wait()
		if p.out.Load() != 1_000_000 || o.busy() || o.unacked() != 0 || unanswered.Load() != 0 {
			t.Errorf("%d bytes arrived, busy %v, %d not acknowledged", p.out.Load(), o.busy(), o.unacked())
		}
		asked := p.asked.Load()
		time.Sleep(silence)
		synctest.Wait()
		if p.asked.Load() != asked+1 {
			t.Error("a silent viewer is not asked")
		}
		time.Sleep(answerTime)
		synctest.Wait()
		if unanswered.Load() != 1 {
			t.Error("no answer was noticed", unanswered.Load(), "times")
		}
	})
}

// The end of a session waits for what is still queued while it moves, and no longer.
func TestFlush(t *testing.T) {
	withOutbox(t, func(o *outbox, p *fakePeer, _ *atomic.Int64) {
		o.Write(make([]byte, 100_000))
		synctest.Wait()
		began := time.Now()
		if left := o.flush(time.Second); left != 100_000-minWindow || time.Since(began) != time.Second {
			t.Error(left, time.Since(began))
		}
		go func() {
			for range 8 {
				time.Sleep(900 * time.Millisecond)
				p.answer <- nil
			}
		}()
		if left := o.flush(time.Second); left != 0 {
			t.Error(left)
		}
		time.Sleep(time.Minute)
	})
}

func TestWindowFollowsTheLink(t *testing.T) {
	const ms = time.Millisecond
	for name, tt := range map[string]struct {
		trips []time.Duration // in turn, the window always full
		want  int
	}{
		"local":                {[]time.Duration{ms, ms, ms, ms, ms, ms}, maxWindow},
		"far":                  {[]time.Duration{300 * ms, 300 * ms, 310 * ms, 305 * ms, 300 * ms}, maxWindow},
		"slow from the start":  {[]time.Duration{20 * ms, 330 * ms, 330 * ms, 330 * ms}, minWindow},
		"slower than it was":   {[]time.Duration{ms, ms, ms, ms, 2000 * ms, 1000 * ms, 500 * ms, 350 * ms}, minWindow},
		"as fast as it can be": {[]time.Duration{20 * ms, 80 * ms, 160 * ms, 160 * ms, 160 * ms}, 4 * minWindow},
	} {
		w := window{size: minWindow}
		for _, took := range tt.trips {
			w.answered(took, w.size, true)
		}
		if w.size != tt.want {
			t.Errorf("%s: %d, want %d", name, w.size, tt.want)
		}
	}
	w := window{size: minWindow}
	w.answered(ms, 0, false)
	for range 10_000 {
		w.answered(330*ms, w.size, true)
	}
	if w.size != minWindow {
		t.Error("a steady load on a slow link is taken for a long way:", w.size)
	}
	w = window{size: minWindow}
	for range 10 {
		w.answered(ms, w.size, false)
		w.answered(ms, w.size/2-1, true)
	}
	if w.size != minWindow {
		t.Error("a window that is not used grows to", w.size)
	}
}

package loop

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"

	"joltui/jolt"
)

// A full batch is sent at once, and the promise that another follows within the frame is
// kept, even if nothing more comes.
func TestPumpSendsFullBatchesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPump(PumpLimits{})
		runPump(t, p, func(sent *[]Batch, at *[]time.Duration) {
			p.Handle(messages("a", 1))
			synctest.Wait()
			for range 2 {
				time.Sleep(FrameTime / 4)
				p.Handle(messages("a", fullMessages))
				synctest.Wait()
			}
			time.Sleep(time.Second)
			synctest.Wait()
			if want := []time.Duration{0, FrameTime / 4, FrameTime / 2, FrameTime}; !cmp.Equal(*at, want) {
				t.Errorf("sent at %v, want %v", *at, want)
			}
			for i, b := range *sent {
				if partial := i == 1 || i == 2; b.Partial != partial {
					t.Errorf("batch %d: partial is %v", i, b.Partial)
				}
			}
			if n := countEvents(*sent); n != 2*fullMessages+1 {
				t.Errorf("%d events were sent", n)
			}
		})
	})
}

// A few large lines fill a batch as well.
func TestPumpSendsLargeBatchesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPump(PumpLimits{})
		runPump(t, p, func(_ *[]Batch, at *[]time.Duration) {
			p.Handle(messages("a", 1))
			synctest.Wait()
			large := message("a", 1)
			large.Data = string(make([]byte, fullBytes))
			p.Handle([]jolt.Event{large})
			synctest.Wait()
			if want := []time.Duration{0, 0}; !cmp.Equal(*at, want) {
				t.Errorf("sent at %v, want %v", *at, want)
			}
		})
	})
}

// A reader that is faster than the program is slowed down, so that nothing is lost. If the
// program is stuck, the reader does not wait again and again.
func TestPumpSlowsTheReaderDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPump(PumpLimits{})
		ctx, cancel := context.WithCancel(t.Context())
		program, ended := make(chan Batch), make(chan struct{})
		go func() {
			defer close(ended)
			p.Run(ctx, func(msg tea.Msg) {
				select {
				case program <- msg.(Batch):
				case <-ctx.Done():
				}
			})
		}()
		synctest.Wait()
		handle := func() time.Duration {
			begin := time.Now()
			p.Handle(messages("a", fullMessages))
			synctest.Wait()
			return time.Since(begin)
		}
		take := func() (n int) {
			b := <-program
			synctest.Wait()
			if len(b.Drops) > 0 {
				t.Error("there are drops")
			}
			return len(b.Events)
		}
		if waited := handle(); waited != 0 {
			t.Errorf("the reader waited %s for an idle program", waited)
		}
		// The program is busy with what it was sent, for half a frame at a time.
		for range 20 {
			time.AfterFunc(FrameTime/2, func() { <-program })
			if waited := handle(); waited != FrameTime/2 {
				t.Errorf("the reader waited %s for a program that is busy for %s", waited, FrameTime/2)
			}
		}
		// It is stuck.
		for i, want := range []time.Duration{pause, 0, 0} {
			if waited := handle(); waited != want {
				t.Errorf("the reader waited %s for a program that is stuck, the %d. time; want %s", waited, i+1, want)
			}
		}
		take() // and is back
		take()
		synctest.Wait()
		cancel()
		<-ended
		if waited := handle(); waited != 0 {
			t.Errorf("the reader waited %s for a program that has ended", waited)
		}
	})
}

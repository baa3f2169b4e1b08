package ui

import (
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"joltui/jolt"
	"joltui/ui/loop"
)

// tally counts what reaches the model, and what leaves for the terminal.
type tally struct {
	*Model
	updates, views, writes, bytes atomic.Int64
}

func (c *tally) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	c.updates.Add(1)
	_, cmd := c.Model.Update(msg)
	return c, cmd
}

func (c *tally) View() string {
	c.views.Add(1)
	return c.Model.View()
}

func (c *tally) Write(p []byte) (int, error) {
	c.writes.Add(1)
	c.bytes.Add(int64(len(p)))
	return len(p), nil
}

// now returns all counts so far, and the bytes allocated since the start.
func (c *tally) now() [5]int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return [5]int64{c.updates.Load(), c.views.Load(), c.writes.Load(), c.bytes.Load(), int64(m.TotalAlloc)}
}

// A minute of an idle dashboard, with Bubble Tea's own renderer: it wakes up once a second
// and for the pings, draws only that clocks went on by a minute, and leaves the renderer
// nothing to copy.
func TestIdleMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		c := &tally{Model: New(Options{
			Now:    func() time.Time { return noon().Add(time.Since(begin)) },
			Topics: []string{"orders.eu"}, Width: 160, Height: 50, Renderer: renderer(termenv.TrueColor, true),
		})}
		g := loop.NewGuard(t.Context())
		p := g.Program(c, tea.WithInput(nil), tea.WithOutput(c), tea.WithAltScreen(), tea.WithoutSignalHandler())
		ended := make(chan error)
		go func() {
			_, err := g.Run(p)
			ended <- err
		}()
		p.Send(loop.Batch{Events: []jolt.Event{up(1)}})
		p.Send(loop.Batch{Events: append(subscribed("orders.eu"), orders(noon(), 0, 100)...)})
		idle := func(seconds int) {
			for i := range seconds {
				if i%3 == 0 {
					p.Send(loop.Batch{Events: []jolt.Event{ping(400 * time.Microsecond)}})
				}
				time.Sleep(time.Second)
			}
			synctest.Wait()
		}
		idle(150) // until ages are told in minutes
		before := c.now()
		idle(60)
		after := c.now()
		p.Quit()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		time.Sleep(time.Second) // the last tick comes, to nobody
		for i, most := range []struct {
			what string
			is   int64
		}{{"messages", 60 + 20 + 1}, {"views", 60 + 20 + 1}, {"writes", 2}, {"bytes written", 2 << 10},
			// The views are 4 MB. A renderer with something to copy makes 60 MB.
			{"bytes allocated", 16 << 20}} {
			if n := after[i] - before[i]; n > most.is {
				t.Errorf("%d %s in an idle minute, at most %d are needed", n, most.what, most.is)
			}
		}
		if after[2] == before[2] {
			t.Error("the clocks have stopped")
		}
	})
}

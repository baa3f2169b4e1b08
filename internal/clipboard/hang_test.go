package clipboard

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// hanging is a clipboard that takes nothing until its context ends.
type hanging struct{ running, most atomic.Int32 }

func (h *hanging) copy(ctx context.Context, _ string) error {
	h.most.Store(max(h.most.Load(), h.running.Add(1)))
	defer h.running.Add(-1)
	<-ctx.Done()
	return errors.New("signal: killed")
}

// When the clipboard hangs, the text goes to the terminal after two seconds, and Copied says
// why.
func TestAClipboardThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out terminal
		var h hanging
		begin := time.Now()
		got, err := New(Options{Local: h.copy, Terminal: &out}).Copy("x")
		if err != nil || got.Way != Terminal || out.String() != encoded("x") || time.Since(begin) != 2*time.Second {
			t.Errorf("%v, error %v, wrote %q after %s", got, err, out.String(), time.Since(begin))
		}
		const why = "the local clipboard failed: it has not taken the text within 2s, and was ended"
		if got.Local == nil || got.Local.Error() != why {
			t.Errorf("the reason is %v", got.Local)
		}
		_, err = New(Options{Local: h.copy}).Copy("x")
		if !errors.Is(err, ErrNowhere) || !strings.Contains(err.Error(), why) {
			t.Errorf("without a terminal either, the error is %v", err)
		}
	})
}

// However many copies are begun, there is one at a time, and the last text is the one that is
// copied.
func TestOneCopyAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out terminal
		var h hanging
		c := New(Options{Local: h.copy, Terminal: &out})
		const presses = 6
		errs := make(chan error, presses)
		for range presses - 1 {
			go func() {
				_, err := c.Copy("old")
				errs <- err
			}()
			synctest.Wait()
		}
		if got, err := c.Copy("new"); err != nil || got.Way != Terminal || out.String() != encoded("new") {
			t.Errorf("%v, error %v, wrote %q", got, err, out.String())
		}
		for range presses - 1 {
			if err := <-errs; !errors.Is(err, ErrReplaced) {
				t.Errorf("an older one: %v", err)
			}
		}
		if h.most.Load() != 1 {
			t.Errorf("%d at once", h.most.Load())
		}
	})
}

// Close also ends a copy that hangs.
func TestClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out terminal
		var h hanging
		c := New(Options{Local: h.copy, Terminal: &out})
		copied := make(chan error, 1)
		go func() {
			_, err := c.Copy("x")
			copied <- err
		}()
		synctest.Wait()
		c.Close()
		if h.running.Load() != 0 {
			t.Error("it is still running")
		}
		if err := <-copied; !errors.Is(err, errClosed) {
			t.Errorf("the error is %v", err)
		}
		if _, err := c.Copy("x"); !errors.Is(err, errClosed) {
			t.Errorf("afterwards the error is %v", err)
		}
		if out.Len() > 0 {
			t.Errorf("the terminal, which is somebody else's again, got %q", out.String())
		}
	})
}

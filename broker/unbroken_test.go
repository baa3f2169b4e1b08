package broker

import (
	"errors"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"
)

// A peer that takes a byte now and then gets all of them; one that has stopped is
// given up after the stall.
func TestUnbroken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		c := &unbroken{Conn: ours, stall: 10 * time.Second}
		c.SetWriteDeadline(time.Now().Add(time.Second))
		go func() {
			for range 3 {
				time.Sleep(9 * time.Second)
				io.ReadFull(theirs, make([]byte, 1))
			}
		}()
		began := time.Now()
		if n, err := c.Write([]byte("abc")); n != 3 || err != nil || time.Since(began) != 27*time.Second {
			t.Errorf("slow: %d, %v after %v", n, err, time.Since(began))
		}
		began = time.Now()
		c.SetWriteDeadline(time.Now().Add(time.Second))
		if n, err := c.Write([]byte("d")); n != 0 || !isRefusal(err) || time.Since(began) < 10*time.Second || time.Since(began) > 13*time.Second {
			t.Errorf("stalled: %d, %v after %v", n, err, time.Since(began))
		}
	})
}

func TestUnbrokenEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ours, _ := net.Pipe()
		c := &unbroken{Conn: ours, stall: time.Hour}
		time.AfterFunc(time.Minute, func() { c.SetDeadline(past) })
		began := time.Now()
		if _, err := c.Write([]byte("a")); !errors.Is(err, net.ErrClosed) || time.Since(began) != time.Minute {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
}

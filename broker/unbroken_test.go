package broker

import (
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

// A peer that takes a byte now and then gets all of them; one that has stopped is
// told of after the stall, and given up when the deadline comes that is set then.
func TestUnbroken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		c := &unbroken{Conn: ours, stall: 10 * time.Second}
		told := 0
		c.onStall(func(why *refusal) {
			if told++; told > 1 {
				return
			}
			if want := "slow_consumer: nothing was read for 10s"; why.text() != want {
				t.Errorf("%s, want %s", why.text(), want)
			}
			c.SetWriteDeadline(time.Now().Add(30 * time.Second))
		})
		go func() {
			for range 3 {
				time.Sleep(9 * time.Second)
				io.ReadFull(theirs, make([]byte, 1))
			}
		}()
		began := time.Now()
		if n, err := c.Write([]byte("abc")); n != 3 || err != nil || time.Since(began) != 27*time.Second || told != 0 {
			t.Errorf("slow: %d, %v after %v, told %d times", n, err, time.Since(began), told)
		}
		began = time.Now()
		n, err := c.Write([]byte("d"))
		took := time.Since(began)
		if n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) || took < 40*time.Second || told == 0 {
			t.Errorf("stalled: %d, %v after %v, told %d times", n, err, took, told)
		}
	})
}

// Where nobody wants to know of a stall, the write ends with it.
func TestUnbrokenUnwatched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &unbroken{Conn: pipeEnd(t), stall: 10 * time.Second}
		began := time.Now()
		_, err := c.Write([]byte("a"))
		if took := time.Since(began); !errors.Is(err, os.ErrDeadlineExceeded) || took < 10*time.Second || took > 12*time.Second {
			t.Errorf("%v after %v", err, took)
		}
	})
}

func TestUnbrokenEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &unbroken{Conn: pipeEnd(t), stall: time.Hour}
		time.AfterFunc(time.Minute, func() { c.SetDeadline(past) })
		began := time.Now()
		if _, err := c.Write([]byte("a")); !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(began) != time.Minute {
			t.Errorf("%v after %v", err, time.Since(began))
		}
	})
}

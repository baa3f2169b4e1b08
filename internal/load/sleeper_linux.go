package load

import (
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// newSleeper returns a sleeper that waits on a timer of the kernel through the runtime's
// poller. On Linux the runtime waits in whole milliseconds: time.Sleep of 50 µs takes
// 1.1 ms, and this 0.07 ms. The time that a publisher oversleeps is part of the latencies
// that it measures, and many brokers answer within 0.1 ms.
func newSleeper() sleeper {
	fd, err := unix.TimerfdCreate(unix.CLOCK_MONOTONIC, unix.TFD_NONBLOCK|unix.TFD_CLOEXEC)
	if err != nil { // no descriptor left, perhaps
		return runtimeSleeper{}
	}
	timer := os.NewFile(uintptr(fd), "timerfd")
	raw, err := timer.SyscallConn()
	if err != nil {
		timer.Close()
		return runtimeSleeper{}
	}
	return kernelTimer{timer, raw}
}

type kernelTimer struct {
	*os.File
	raw syscall.RawConn
}

func (t kernelTimer) Sleep(d time.Duration) {
	err := t.arm(unix.ItimerSpec{Value: unix.NsecToTimespec(int64(d))})
	if err == nil {
		var expirations [8]byte
		_, err = t.Read(expirations[:])
	}
	if err != nil {
		time.Sleep(d)
	}
}

func (t kernelTimer) arm(spec unix.ItimerSpec) (err error) {
	controlled := t.raw.Control(func(fd uintptr) { err = unix.TimerfdSettime(int(fd), 0, &spec, nil) })
	if controlled != nil {
		return controlled
	}
	return err
}

//go:build unix

package dashboard

import (
	"context"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"
)

// jobs stops and continues a dashboard as a job of a shell.
type jobs struct {
	signals  chan os.Signal
	released func() bool   // the terminal is not the dashboard's at the moment
	send     func(tea.Msg) // to the program
	stop     func()        // this process
	stopped  bool          // by stop: the next SIGCONT is the answer to that
}

// watchJobs has SIGTSTP from outside, and SIGCONT, give and take the terminal as ctrl+z
// does, until ctx ends. Where the shell ignores SIGTSTP, so does joltui.
func watchJobs(ctx context.Context, run func(func()), released func() bool, send func(tea.Msg)) {
	if ignoresStop() {
		return
	}
	j := &jobs{make(chan os.Signal, 4), released, send, stopSelf, false}
	signal.Notify(j.signals, syscall.SIGTSTP, syscall.SIGCONT) // before there is a terminal to be given back
	run(func() {
		defer signal.Stop(j.signals)
		for {
			select {
			case s := <-j.signals:
				j.handle(s)
			case <-ctx.Done():
				return
			}
		}
	})
}

// handle takes a signal. Bubble Tea gives the terminal back and then sends SIGTSTP
// itself, to the whole job; while another program has the terminal, the terminal does.
func (j *jobs) handle(s os.Signal) {
	switch {
	case s == syscall.SIGTSTP && j.released():
		j.stopped = true
		j.stop()
	case s == syscall.SIGTSTP:
		j.send(tea.SuspendMsg{})
	case j.stopped:
		j.stopped = false // Bubble Tea takes the terminal back
	case !j.released():
		// It was stopped with SIGSTOP, which tells nobody before. Whoever had the
		// terminal meanwhile has left it as they like.
		j.send(tea.Exec(retake{}, nil)())
	}
}

// stopSelf stops the process until SIGCONT: Go takes SIGTSTP for handled once it was. The
// first process of a session has no shell that could let it go on, and goes on at once.
func stopSelf() {
	pid := os.Getpid()
	if session, err := unix.Getsid(0); err == nil && session == pid {
		_ = syscall.Kill(pid, syscall.SIGCONT) // may always be sent to oneself
		return
	}
	_ = syscall.Kill(pid, syscall.SIGSTOP)
}

// ignoresStop reports whether SIGTSTP was ignored when the process began. Go itself
// knows that only of SIGHUP and SIGINT; where there is no /proc it cannot be told.
func ignoresStop() bool {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return false
	}
	_, mask, _ := strings.Cut(string(status), "\nSigIgn:\t")
	mask, _, _ = strings.Cut(mask, "\n")
	bits, err := strconv.ParseUint(mask, 16, 64)
	return err == nil && bits&(1<<(syscall.SIGTSTP-1)) != 0
}

package human

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"testing"

	"joltui/jolt"
)

func TestCause(t *testing.T) {
	dial := func(err error) error {
		return fmt.Errorf("jolt: cannot connect: %w", &net.OpError{Op: "dial", Net: "tcp", Err: err})
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{dial(os.NewSyscallError("connect", syscall.ECONNREFUSED)), "connection refused"},
		{dial(os.NewSyscallError("connect", syscall.EHOSTUNREACH)), "no route to host"},
		{dial(os.NewSyscallError("connect", syscall.ENETUNREACH)), "network unreachable"},
		{dial(os.NewSyscallError("read", syscall.ECONNRESET)), "connection reset"},
		{dial(os.NewSyscallError("connect", syscall.ETIMEDOUT)), "timed out"},
		{dial(&net.DNSError{Name: "nowhere\x1b[31m", IsNotFound: true}), `no such host: nowhere\x1b[31m`},
		{dial(os.ErrDeadlineExceeded), "timed out"},
		{context.DeadlineExceeded, "timed out"},
		{fmt.Errorf("reading: %w", io.EOF), "closed by the broker"},
		{io.ErrUnexpectedEOF, "closed by the broker"},
		{net.ErrClosed, "connection closed"},
		{&jolt.ForeignError{Protocol: "HTTP"}, "what answers there speaks HTTP, not Jolt"},
		{jolt.ErrDeadPeer, "the broker stopped answering"},
		{fmt.Errorf("pub: %w", jolt.ErrNotConnected), "not connected"},
		{fmt.Errorf("%w: %w", jolt.ErrUnknownOutcome, io.EOF), "closed by the broker"},
		{&jolt.RejectedError{Op: jolt.OpAuth, Text: "auth_failed\x07"}, `auth_failed\a`},
		{fmt.Errorf("%w: %w: %w", jolt.ErrUnknownOutcome, &jolt.UnplacedError{Text: "forbidden\a", Among: 1200}, jolt.ErrNoReply),
			`one of 1,200 requests was refused, nobody can tell which: forbidden\a`},
		{fmt.Errorf("%w: no object", jolt.ErrMalformed), "malformed frame: no object"},
		{errors.New("something\nelse"), `something\nelse`},
	} {
		if got := Cause(c.err); got != c.want {
			t.Errorf("Cause(%v) = %q, want %q", c.err, got, c.want)
		}
	}
}

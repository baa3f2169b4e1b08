package connect

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"joltui/jolt"
)

// A broker may send a login back, and what acts on a terminal.
func TestTraceIsSafeToShow(t *testing.T) {
	var out bytes.Buffer
	trace := tracer{w: &out}
	trace.line(jolt.TraceLine{At: time.Now(), Line: `{"error":"bad_request: {\"op\":\"auth\",\"pass\":\"hunter2\"}"}`})
	trace.line(jolt.TraceLine{At: time.Now(), Line: "{\"pass\":\"hunter2\x1b[31m", Err: jolt.ErrMalformed})
	trace.line(jolt.TraceLine{At: time.Now(), Line: "HTTP/1.1\x1b[31m", Err: jolt.ErrMalformed})
	if got := out.String(); strings.Contains(got, "hunter2") || strings.Contains(got, "\x1b") || strings.Count(got, "\n") != 3 {
		t.Errorf("%q", got)
	}
}

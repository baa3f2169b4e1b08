package sub

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/record"
	"joltui/jolt"
)

// prints lets a subscription print events, and returns what came of it.
func prints(t *testing.T, s flags, events ...jolt.Event) (out, errs string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	p, err := newPrinter(t.Context(), s, &output{Writer: &stdout}, process.Env{Stderr: &stderr})
	if err != nil {
		t.Fatal(err)
	}
	p.subscribed.Store(true)
	p.handle(events)
	p.end(nil)
	err = p.wait(context.Background())
	if err != nil {
		fmt.Fprintln(&stderr, err)
	}
	return stdout.String(), stderr.String(), exit.Code(err)
}

// Promise 32 of reliability: what is missing is told, whatever else is not, and a
// script can tell by the exit code.
func TestSubTellsGaps(t *testing.T) {
	noon := time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)
	first, second := &jolt.Message{At: noon, Topic: "a", Data: "1"}, &jolt.Message{At: noon, Topic: "a", Data: "2"}
	gap := &jolt.Gap{From: noon, To: noon.Add(8104 * time.Millisecond), Cause: fmt.Errorf("%w: %w", jolt.ErrFellBehind, io.EOF)}
	const told = "joltui: gap of up to 8.2 s: this program was too slow or stopped; what was published then is missing\n"
	const line = `{"time":"2026-01-02T12:00:08.104Z","type":"gap","cause":"jolt: this program was too slow or stopped: EOF",` +
		`"from":"2026-01-02T12:00:00Z","up_to_s":8.104}`
	text := formatFlags{}
	asJSON := formatFlags{json: true}
	for name, tt := range map[string]struct {
		flags     flags
		events    []jolt.Event
		out, errs string
		code      int
	}{
		"text": {flags{format: text}, []jolt.Event{first, gap, second}, "a\t1\na\t2\n", told, exit.OK},
		"JSON": {flags{format: asJSON, quiet: true}, []jolt.Event{first, gap, second},
			`{"time":"2026-01-02T12:00:00Z","topic":"a","data":"1"}` + "\n" + line + "\n" + `{"time":"2026-01-02T12:00:00Z","topic":"a","data":"2"}` + "\n",
			told, exit.OK},
		"JSON, NUL": {flags{format: formatFlags{json: true, null: true}}, []jolt.Event{gap}, line + "\x00", told, exit.OK},
		"--count over a gap": {flags{format: text, quiet: true, count: 2, failOnGap: true}, []jolt.Event{first, gap, second, gap}, "a\t1\na\t2\n",
			told + "messages may be missing: there was a gap, of up to 8.2 s in all\n", exit.Gap},
		"several": {flags{format: text, failOnGap: true}, []jolt.Event{gap, gap}, "",
			told + told + "messages may be missing: there were 2 gaps, of up to 17 s in all\n", exit.Gap},
		"an outage and its gap are one": {flags{format: text, quiet: true}, []jolt.Event{&jolt.StateChange{State: jolt.Down, Since: noon, Cause: io.EOF}, gap}, "",
			told, exit.OK},
		"none": {flags{format: text, failOnGap: true}, []jolt.Event{first}, "a\t1\n", "", exit.OK},
		"a line that could not be read": {flags{format: text, quiet: true}, []jolt.Event{&jolt.BadLine{Size: 7, Err: jolt.ErrMalformed}}, "",
			"joltui: a line of 7 B could not be read: malformed frame\n", exit.OK},
	} {
		t.Run(name, func(t *testing.T) {
			out, errs, code := prints(t, tt.flags, tt.events...)
			if out != tt.out || errs != tt.errs || code != tt.code {
				t.Errorf("%d\n%q\n%q\nwant %d\n%q\n%q", code, out, errs, tt.code, tt.out, tt.errs)
			}
		})
	}
}

// An outage that is not over when the command ends is one as well.
func TestSubTellsAnOutageThatLasts(t *testing.T) {
	down := &jolt.StateChange{State: jolt.Down, Since: time.Now().Add(-time.Minute), Cause: io.EOF}
	again := &jolt.StateChange{State: jolt.Down, Since: down.Since, Attempt: 1, Cause: errors.New("refused")}
	out, errs, code := prints(t, flags{format: formatFlags{json: true}, quiet: true, failOnGap: true}, down, again)
	if !strings.Contains(out, `"type":"gap","cause":"EOF"`) || !strings.Contains(errs, "gap of up to 1m1s: closed by the broker;") || code != exit.Gap {
		t.Errorf("%d, %q, %q", code, out, errs)
	}
}

// What sub --json writes is a recording, gaps and all.
func TestSubJSONIsARecording(t *testing.T) {
	at := time.Now().Round(0)
	gap := &jolt.Gap{From: at.Add(-time.Second), To: at, Cause: io.EOF}
	out, _, _ := prints(t, flags{format: formatFlags{json: true}}, &jolt.Message{At: at, Topic: "a", Data: "1"}, gap)
	path := filepath.Join(t.TempDir(), "out.ndjson")
	if err := os.WriteFile(path, []byte(out), 0o600); err != nil {
		t.Fatal(err)
	}
	set, err := record.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	r := set.Read(record.Position{})
	defer r.Close()
	var kinds []string
	for {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, fmt.Sprintf("%T", e.Event))
		if g, ok := e.Event.(*jolt.Gap); ok && (!g.From.Equal(gap.From) || !g.To.Equal(gap.To) || g.Cause.Error() != "EOF") {
			t.Errorf("read back: %+v", g)
		}
	}
	if strings.Join(kinds, " ") != "*jolt.Message *jolt.Gap" {
		t.Errorf("read back %v", kinds)
	}
}

// sub connects again only when it was subscribed: before that it ends, and does not say
// that it goes on.
func TestSubSaysConnectingAgainOnlyWhereItDoes(t *testing.T) {
	for _, subscribed := range []bool{false, true} {
		var stderr bytes.Buffer
		p, err := newPrinter(t.Context(), flags{}, &output{Writer: io.Discard}, process.Env{Stderr: &stderr})
		if err != nil {
			t.Fatal(err)
		}
		p.subscribed.Store(subscribed)
		p.handle([]jolt.Event{&jolt.StateChange{State: jolt.Down, Cause: io.EOF}})
		if got := strings.Contains(stderr.String(), "connecting again"); got != subscribed {
			t.Errorf("subscribed %v: %q", subscribed, &stderr)
		}
	}
}

// The time that runs out while there is no connection is not that nothing was published.
func TestSubTimeIsUpInAnOutage(t *testing.T) {
	p, err := newPrinter(t.Context(), flags{timeout: time.Nanosecond, count: 5}, &output{Writer: io.Discard}, process.Env{Stderr: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	p.handle([]jolt.Event{&jolt.StateChange{State: jolt.Down, Since: time.Now(), Cause: io.EOF}})
	err = p.wait(t.Context())
	if exit.Code(err) != exit.NoConnection || !strings.HasSuffix(err.Error(), "after 0 of 5 messages, and there is no connection: closed by the broker") {
		t.Errorf("%d, %v", exit.Code(err), err)
	}
}

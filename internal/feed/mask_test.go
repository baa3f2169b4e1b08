package feed

import (
	"fmt"
	"strings"
	"testing"

	"joltui/jolt"
)

// A peer that sends back the login, such as an echo service, puts no password on the screen.
func TestLogHidesPasswords(t *testing.T) {
	const login = `{"op":"auth","user":"ann","pass":"canary"}`
	r := subscribe("a")
	f := New(Limits{})
	apply(f,
		&jolt.UnknownFrame{Raw: login}, &jolt.BadLine{Raw: login[1:]}, &jolt.BadLine{Raw: "x" + login[:36]},
		&jolt.Unsolicited{Raw: `{"ok":true,"pass":"canary"}`, Err: "what is " + login}, rejected(r, "what is "+login),
	)
	log := f.Log()
	if n := log.Next() - log.First(); n < 5 {
		t.Fatalf("%d rows", n)
	}
	for pos := log.First(); pos < log.Next(); pos++ {
		row := log.At(pos)
		if text := fmt.Sprintf("%+v %+v %v", row, row.Event, row.Err); strings.Contains(text, "can") {
			t.Errorf("the row is %s", text)
		}
	}
}

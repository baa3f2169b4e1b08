package jolt

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMaskPasswords(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{`{"op":"ping"}`, `{"op":"ping"}`},
		{`{"op":"auth","user":"pass","pass":"hunter2"}`, `{"op":"auth","user":"pass","pass":"***"}`},
		{`{"pass" : "hunter2", "x":1}`, `{"pass" : "***", "x":1}`},
		{`{"pass":"a\"hunter2\\","x":"\""}`, `{"pass":"***","x":"\""}`},
		{`{"pass":"hunter2`, `{"pass":"***`},
		{`{"pass":"`, `{"pass":"***`},
		{`{"pass":`, `{"pass":***`},
		{`{"pass":hunter2,"x":1}`, `{"pass":***,"x":1}`},
		{`ss":"auth","pass":"pass\":\"hunter2"}`, `ss":"auth","pass":"***"}`},
		{`{"PASSWORD":"hunter2"}`, `{"PASSWORD":"***"}`},
		{`{"p\u0061ss":"hunter2"}`, `{"p\u0061ss":"***"}`},
		{`{"\u0070\u0061\u0073\u0073":"hunter2"}`, `{"\u0070\u0061\u0073\u0073":"***"}`},
		{`{"error":"in {\"pass\":\"hunter\\\"2\",\"x\":1}"}`, `{"error":"in {\"pass\":\"***\",\"x\":1}"}`},
		{`{"error":"in {\u0022pass\u0022:\u0022hunter2\u0022}"}`, `{"error":"in {\u0022pass\u0022:\u0022***`},
		{`{"error":"in {\"pass\"\u003a\"hunter2\"}"}`, `{"error":"in {\"pass\"\u003a\"***\"}"}`},
	} {
		if got := MaskPasswords(tt.text, false); got != tt.want {
			t.Errorf("%s became %s; want %s", tt.text, got, tt.want)
		}
		if got := MaskPasswords(tt.text, true); strings.Contains(got, "hunter") || strings.Contains(got, "2\\") {
			t.Errorf("%s became %s", tt.text, got)
		}
	}
	if got, want := MaskPasswords(`{"pass":"hun"ter2"}`, true), `{"pass":"***`; got != want {
		t.Errorf("what is malformed became %s; want %s", got, want)
	}
}

// Whatever the password, it goes, and nothing else does; also from JSON that was
// quoted, and quoted again.
func TestMaskPasswordsModel(t *testing.T) {
	quote := func(text string) string {
		out, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	rapid.Check(t, func(t *rapid.T) {
		chars := rapid.RuneFrom([]rune("ab\"\\:,{} \n\x00é<u0022"))
		pass := rapid.StringOfN(chars, 0, 12, -1).Draw(t, "pass")
		other := rapid.StringOfN(rapid.RuneFrom([]rune("xy\"\\{ \n")), 0, 8, -1).Draw(t, "other")
		line := func(pass string) string {
			return `{"user":` + quote(other) + `,"pass":` + pass + `,"more":` + quote(other) + `}`
		}
		text, want := line(quote(pass)), line(`"***"`)
		for depth := range 4 {
			if got := MaskPasswords(text, false); got != want {
				t.Fatalf("at depth %d %s\nbecame %s\nwant   %s", depth, text, got, want)
			}
			text, want = quote(text), quote(want)
		}
	})
}

// What the errors of this package say has no password, whatever the broker says.
func TestErrorsHidePasswords(t *testing.T) {
	for _, text := range []string{
		`what is {"op":"auth","user":"ann","pass":"canary"}`,
		`{"pass":"no"canary`,
		"\x1b what is {\"pass\":\"canary\"}",
	} {
		for _, err := range []error{
			&RejectedError{Op: OpAuth, Text: text},
			&RejectedError{Op: OpPublish, Topic: "a", Text: text},
			&BrokerError{Text: text},
		} {
			if got := err.Error(); strings.Contains(got, "canary") || !strings.Contains(got, "***") {
				t.Errorf("%T says %s", err, got)
			}
		}
	}
}

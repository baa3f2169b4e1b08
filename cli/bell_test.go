package cli

import (
	"bytes"
	"testing"
)

func TestTheBellIsSilentUnlessWanted(t *testing.T) {
	var out bytes.Buffer
	env := Env{Stdout: &out}
	if ringer(env, false) != nil {
		t.Error("it rings though nobody asked for it")
	}
	ringer(env, true)()
	if out.String() != "\a" {
		t.Errorf("it writes %q", out.String())
	}
}

package dashboard

import (
	"bytes"
	"testing"
)

func TestTheBellIsSilentUnlessWanted(t *testing.T) {
	var out bytes.Buffer
	if ringer(&out, false) != nil {
		t.Error("it rings though nobody asked for it")
	}
	ringer(&out, true)()
	if out.String() != "\a" {
		t.Errorf("it writes %q", out.String())
	}
}

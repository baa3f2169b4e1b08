package process

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// The line never wraps, and leaves nothing of itself behind.
func TestProgressLine(t *testing.T) {
	var out bytes.Buffer
	width := 30
	p := &ProgressLine{w: &out, width: func() int { return width }}
	p.write(strings.Repeat("x", 100))
	p.write("漢字")
	width = 20
	p.write("abc")
	p.Clear()
	width = 0
	p.write("gone")
	got := strings.Split(out.String(), "\r")
	want := []string{"", strings.Repeat("x", 28) + "…", "漢字" + strings.Repeat(" ", 25), "abc" + strings.Repeat(" ", 16), strings.Repeat(" ", 19), "", ""}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNoProgressWhereNobodySeesIt(t *testing.T) {
	p := NewProgressLine(Env{Stderr: &bytes.Buffer{}}, false)
	p.Say("measuring")
	p.Clear()
	if p.w != nil {
		t.Error("there is a progress line where stderr is no terminal")
	}
}

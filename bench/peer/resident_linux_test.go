package peer

import (
	"os"
	"testing"
)

func TestResident(t *testing.T) {
	p, err := Start(t.Context(), program(t, "listen"))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Stop()
	if n, err := p.Resident(); err != nil || n < 100_000 || n > 1<<30 {
		t.Errorf("%d bytes, %v", n, err)
	}
}

func TestParseStatm(t *testing.T) {
	if n, err := parseStatm("9181 2712 1733 10 0 444 0\n"); err != nil || n != 2712*os.Getpagesize() {
		t.Errorf("%d, %v", n, err)
	}
	for _, bad := range []string{"", "1", "a b"} {
		if _, err := parseStatm(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

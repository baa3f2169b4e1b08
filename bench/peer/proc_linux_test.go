package peer

import (
	"os"
	"testing"
	"time"
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

func TestProcessorTime(t *testing.T) {
	p, err := Start(t.Context(), program(t, "listen"))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Stop()
	if used, err := p.ProcessorTime(); err != nil || used < 0 || used > time.Minute {
		t.Errorf("%v, %v", used, err)
	}
}

func TestParseStat(t *testing.T) {
	const stat = "123 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 250 35 0 0 20 0\n"
	if used, err := parseStat(stat); err != nil || used != 2850*time.Millisecond {
		t.Errorf("%v, %v", used, err)
	}
	for _, bad := range []string{"", "1 (a) S 1 2", "1 (a) S 1 2 3 4 5 6 7 8 9 10 x 35", "1 (a) S 1 2 3 4 5 6 7 8 9 10 250 x"} {
		if _, err := parseStat(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

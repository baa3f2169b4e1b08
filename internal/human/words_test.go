package human

import (
	"math"
	"testing"
	"time"
)

func TestWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Count(0), "0"}, {Count(999), "999"}, {Count(1000), "1,000"}, {Count(1204331), "1,204,331"},
		{Count(math.MaxUint64), "18,446,744,073,709,551,615"},

		{Rate(0), ""}, {Rate(-1), ""}, {Rate(math.NaN()), ""}, {Rate(0.01), "<0.1/s"}, {Rate(0.5), "0.5/s"},
		{Rate(3), "3/s"}, {Rate(2.96), "3/s"}, {Rate(9.96), "10/s"}, {Rate(171.4), "171/s"}, {Rate(999.4), "999/s"},
		{Rate(999.6), "1k/s"}, {Rate(1200), "1.2k/s"}, {Rate(12340), "12.3k/s"}, {Rate(123400), "123k/s"},
		{Rate(999_600), "1M/s"}, {Rate(1e30), "1000000000000E/s"},

		{Bytes(0), "0 B"}, {Bytes(512), "512 B"}, {Bytes(1234), "1.2 kB"}, {Bytes(1 << 20), "1 MB"}, {Bytes(1_250_000), "1.2 MB"},
		{ByteRate(0), ""}, {ByteRate(1.2e6), "1.2 MB/s"}, {ByteRate(0.2), "1 B/s"},

		{Duration(-time.Second), "0 ms"}, {Duration(0), "0 ms"}, {Duration(time.Microsecond), "<0.01 ms"},
		{Duration(310 * time.Microsecond), "0.31 ms"}, {Duration(9994 * time.Microsecond), "9.99 ms"},
		{Duration(9996 * time.Microsecond), "10 ms"}, {Duration(12 * time.Millisecond), "12 ms"},
		{Duration(999600 * time.Microsecond), "1.0 s"}, {Duration(2100 * time.Millisecond), "2.1 s"},
		{Duration(9990 * time.Millisecond), "10 s"}, {Duration(45 * time.Second), "45 s"},
		{Duration(4*time.Minute + 59*time.Second), "4m"}, {Duration(3 * time.Hour), "3h"},
		{Duration(3*time.Hour + 12*time.Minute), "3h12m"}, {Duration(51 * time.Hour), "2d3h"}, {Duration(48 * time.Hour), "2d"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// An outage is never said to be shorter than it was.
func TestUpTo(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                                   "0 ms",
		time.Nanosecond:                     "1.00 ms",
		141 * time.Millisecond:              "141 ms",
		141*time.Millisecond + 1:            "142 ms",
		1040 * time.Millisecond:             "1.1 s",
		9949 * time.Millisecond:             "10 s",
		10*time.Second + time.Millisecond:   "11 s",
		59*time.Second + time.Millisecond:   "1m",
		119*time.Second + time.Millisecond:  "2m",
		150 * time.Second:                   "2m30s",
		time.Hour + time.Second:             "1h1m",
		2*24*time.Hour + time.Second:        "2d1h",
		59*time.Minute + 59*time.Second + 1: "1h",
	} {
		if got := UpTo(d); got != want {
			t.Errorf("UpTo(%s) = %q, want %q", d, got, want)
		}
	}
}

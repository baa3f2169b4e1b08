package human

import (
	"math"
	"strconv"
	"time"
)

// Count writes n with thousands separators: 1,204,331.
func Count(n uint64) string {
	var digits [20]byte
	d := strconv.AppendUint(digits[:0], n, 10)
	var buf [27]byte
	out := buf[:0]
	for i, c := range d {
		if i > 0 && (len(d)-i)%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, c)
	}
	return string(out)
}

// Rate writes a rate in messages a second: 12.3k/s, 3/s, 0.5/s. For 0 it is empty.
func Rate(perSecond float64) string {
	switch {
	case !(perSecond > 0):
		return ""
	case perSecond < 0.05:
		return "<0.1/s"
	}
	var buf [16]byte
	return string(append(appendScaled(buf[:0], perSecond, ""), "/s"...))
}

// ByteRate writes a rate in bytes a second: 1.2 MB/s. For 0 it is empty.
func ByteRate(perSecond float64) string {
	if !(perSecond > 0) {
		return ""
	}
	var buf [16]byte
	return string(append(appendScaled(buf[:0], math.Max(perSecond, 1), " "), "B/s"...))
}

// Bytes writes a size in decimal units: 512 B, 1.2 MB.
func Bytes(n uint64) string {
	var buf [16]byte
	return string(append(appendScaled(buf[:0], float64(n), " "), 'B'))
}

// Scaled writes a number briefly: 12.3k, 1.2M.
func Scaled(v float64) string {
	var buf [16]byte
	return string(appendScaled(buf[:0], v, ""))
}

// Milliseconds writes a time to the microsecond: 1234.567 ms.
func Milliseconds(d time.Duration) string {
	return strconv.FormatFloat(millis(d), 'f', 3, 64) + " ms"
}

// appendScaled appends v with a decimal prefix, after sep, and few digits, so that figures
// are easy to compare: one decimal below 100 of a scaled unit and below 10 of a plain one,
// none above.
func appendScaled(dst []byte, v float64, sep string) []byte {
	const prefixes = "kMGTPE"
	if v < 999.5 {
		return append(appendShort(dst, v, 10), sep...)
	}
	i := 0
	for v /= 1000; v >= 999.5 && i < len(prefixes)-1; i++ {
		v /= 1000
	}
	dst = append(appendShort(dst, v, 100), sep...)
	prefix := prefixes[i]
	return append(dst, prefix)
}

func appendShort(dst []byte, v, whole float64) []byte {
	tenths := math.Round(v * 10)
	if v >= whole || math.Mod(tenths, 10) == 0 {
		return strconv.AppendFloat(dst, v, 'f', 0, 64)
	}
	return strconv.AppendFloat(dst, v, 'f', 1, 64)
}

// Duration writes how long something took or lasts, with few digits in a suitable unit:
// 0.31 ms, 12 ms, 2.1 s, 45 s, 4m, 3h12m, 2d3h. A negative one counts as 0.
func Duration(d time.Duration) string {
	var buf [24]byte
	out := buf[:0]
	switch {
	case d <= 0:
		return "0 ms"
	case d < 5*time.Microsecond:
		return "<0.01 ms"
	case d < 9995*time.Microsecond:
		out = append(strconv.AppendFloat(out, millis(d), 'f', 2, 64), " ms"...)
	case d < 999500*time.Microsecond:
		out = append(strconv.AppendFloat(out, millis(d), 'f', 0, 64), " ms"...)
	case d < 9950*time.Millisecond:
		out = append(strconv.AppendFloat(out, d.Seconds(), 'f', 1, 64), " s"...)
	case d < time.Minute:
		out = append(strconv.AppendInt(out, int64(d.Round(time.Second)/time.Second), 10), " s"...)
	case d < time.Hour:
		out = append(strconv.AppendInt(out, int64(d/time.Minute), 10), 'm')
	case d < 24*time.Hour:
		out = appendPair(out, d, time.Hour, 'h', time.Minute, 'm')
	default:
		out = appendPair(out, d, 24*time.Hour, 'd', time.Hour, 'h')
	}
	return string(out)
}

func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// appendPair writes d in a unit and its part, leaving out a part of zero.
func appendPair(dst []byte, d, unit time.Duration, name byte, part time.Duration, partName byte) []byte {
	dst = append(strconv.AppendInt(dst, int64(d/unit), 10), name)
	if rest := d % unit / part; rest > 0 {
		dst = append(strconv.AppendInt(dst, int64(rest), 10), partName)
	}
	return dst
}

// ClockLayout is how a time of day is written.
const ClockLayout = "15:04:05.000"

// Clock writes the time of day to the millisecond, in the location of t.
func Clock(t time.Time) string {
	var buf [len(ClockLayout)]byte
	return string(t.AppendFormat(buf[:0], ClockLayout))
}

// Day writes the date of a line between two days.
func Day(t time.Time) string { return t.Format("Monday 2006-01-02") }

// SameDay reports whether two times are of one date, each in its location.
func SameDay(a, b time.Time) bool {
	y, m, d := a.Date()
	year, month, day := b.Date()
	return d == day && m == month && y == year
}

// UpTo writes a duration rounded up, to about a tenth of a second, for "up to 3.2 s".
func UpTo(d time.Duration) string {
	unit := time.Millisecond
	switch {
	case d > 24*time.Hour:
		unit = time.Hour
	case d > time.Hour:
		unit = time.Minute
	case d > 10*time.Second:
		unit = time.Second
	case d > time.Second:
		unit = 100 * time.Millisecond
	}
	d = (d + unit - 1).Truncate(unit)
	if time.Minute <= d && d < time.Hour {
		return string(appendPair(nil, d, time.Minute, 'm', time.Second, 's'))
	}
	return Duration(d)
}

// Plural returns thing, with an s unless n is 1.
func Plural(n uint64, thing string) string {
	if n == 1 {
		return thing
	}
	return thing + "s"
}

// Counted writes a number of things: 1 message, 1,204 messages.
func Counted(n uint64, thing string) string { return Count(n) + " " + Plural(n, thing) }

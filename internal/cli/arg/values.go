package arg

import (
	"errors"
	"math"
	"strconv"

	"github.com/spf13/pflag"

	"joltui/internal/cli/exit"
	"joltui/internal/config"
	"joltui/internal/human"
)

// Host is a flag for a host, read by the rule of [config.Host] wherever it is said.
type Host string

// String implements [pflag.Value].
func (h *Host) String() string { return string(*h) }

// Type implements [pflag.Value].
func (h *Host) Type() string { return "string" }

// Set implements [pflag.Value].
func (h *Host) Set(text string) error {
	host, err := config.Host(text)
	if err == nil {
		*h = Host(host)
	}
	return err
}

// Path is a flag for a file. ~/ is the home folder wherever it is said: a shell
// replaces it neither in --file=~/x, nor in the environment or a profile.
type Path string

// String implements [pflag.Value].
func (p *Path) String() string { return string(*p) }

// Type implements [pflag.Value].
func (p *Path) Type() string { return "string" }

// Set implements [pflag.Value].
func (p *Path) Set(text string) error {
	*p = Path(human.Home(text))
	return nil
}

// Count is a flag for how many, of any kind of number, with one meaning everywhere:
// a whole number, and 0 for no limit.
type Count[T int | int64 | uint64] struct{ To *T }

// String implements [pflag.Value].
func (c Count[T]) String() string {
	if c.To == nil {
		return "0"
	}
	return strconv.FormatUint(uint64(*c.To), 10)
}

// Type implements [pflag.Value].
func (c Count[T]) Type() string { return "count" }

// Set implements [pflag.Value].
func (c Count[T]) Set(text string) error {
	n, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return errors.New("no whole number from 0 on")
	}
	*c.To = T(n)
	return nil
}

// rateValue is a flag for messages a second.
type rateValue struct {
	set  func(float64) error
	text string
}

// String implements [pflag.Value].
func (r *rateValue) String() string { return r.text }

// Type implements [pflag.Value].
func (r *rateValue) Type() string { return "rate" }

// Set implements [pflag.Value].
func (r *rateValue) Set(text string) error {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(v >= 0) || math.IsInf(v, 1) {
		return errors.New("no number of messages a second, from 0 on")
	}
	r.text = text
	return r.set(v)
}

// The texts of flags that several commands have. They mean the same in all of them.
const (
	rateUsage    = "messages a second; 0 is as fast as the broker acknowledges"
	WindowUsage  = "how many requests may be in flight on a connection, 1 to 100000"
	TimeoutUsage = "end after this long, whatever is under way, with exit code 124; 0 goes on"
	QuietUsage   = "say nothing on stderr but errors, and what is missing"
	SilentUsage  = "show no progress; there is none where stderr is no terminal"
	FileUsage    = "publish what is in this file, to the last byte"

	// StandardWindow is how many requests are in flight where nobody has said it.
	StandardWindow = 256
	mostWindow     = 100_000
)

// RateFlag is the flag --rate.
func RateFlag(fs *pflag.FlagSet, set func(float64) error) {
	fs.Var(&rateValue{set: set, text: "0"}, "rate", rateUsage)
}

// CheckWindow bounds what may be in flight.
func CheckWindow(n int) error {
	if n < 1 || n > mostWindow {
		return exit.Usagef("--window %d must be from 1 to %d", n, mostWindow)
	}
	return nil
}

// Text is the value of a flag as text; empty where there is no such flag.
func Text(fs *pflag.FlagSet, name string) string {
	if f := fs.Lookup(name); f != nil {
		return f.Value.String()
	}
	return ""
}

package cli

import (
	"errors"
	"math"
	"strconv"

	"github.com/spf13/pflag"

	"joltui/internal/config"
	"joltui/internal/human"
)

// hostValue is a flag for a host, read by the rule of [config.Host] wherever it is said.
type hostValue string

func (h *hostValue) String() string { return string(*h) }
func (h *hostValue) Type() string   { return "string" }

func (h *hostValue) Set(text string) error {
	host, err := config.Host(text)
	if err == nil {
		*h = hostValue(host)
	}
	return err
}

// pathValue is a flag for a file. ~/ is the home folder wherever it is said: a shell
// replaces it neither in --file=~/x, nor in the environment or a profile.
type pathValue string

func (p *pathValue) String() string { return string(*p) }
func (p *pathValue) Type() string   { return "string" }

func (p *pathValue) Set(text string) error {
	*p = pathValue(human.Home(text))
	return nil
}

// countValue is a flag for how many, of any kind of number, with one meaning everywhere:
// a whole number, and 0 for no limit.
type countValue[T int | int64 | uint64] struct{ to *T }

func (c countValue[T]) String() string {
	if c.to == nil {
		return "0"
	}
	return strconv.FormatUint(uint64(*c.to), 10)
}
func (c countValue[T]) Type() string { return "count" }

func (c countValue[T]) Set(text string) error {
	n, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return errors.New("no whole number from 0 on")
	}
	*c.to = T(n)
	return nil
}

// rateValue is a flag for messages a second.
type rateValue struct {
	set  func(float64) error
	text string
}

func (r *rateValue) String() string { return r.text }
func (r *rateValue) Type() string   { return "rate" }

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
	windowUsage  = "how many requests may be in flight on a connection, 1 to 100000"
	timeoutUsage = "end after this long, whatever is under way, with exit code 124; 0 goes on"
	quietUsage   = "say nothing on stderr but errors, and what is missing"
	silentUsage  = "show no progress; there is none where stderr is no terminal"
	fileUsage    = "publish what is in this file, to the last byte"

	standardWindow = 256
	mostWindow     = 100_000
)

// rateFlag is the flag --rate.
func rateFlag(fs *pflag.FlagSet, set func(float64) error) {
	fs.Var(&rateValue{set: set, text: "0"}, "rate", rateUsage)
}

// checkWindow bounds what may be in flight.
func checkWindow(n int) error {
	if n < 1 || n > mostWindow {
		return usageError("--window %d must be from 1 to %d", n, mostWindow)
	}
	return nil
}

package arg

import (
	"time"

	"github.com/spf13/pflag"

	"joltui/internal/cli/exit"
)

// Zone has the flags that say in which zone times are given.
type Zone struct {
	utc  bool
	Name string
}

// Flags adds them to those of a command.
func (z *Zone) Flags(fs *pflag.FlagSet) {
	fs.BoolVar(&z.utc, "utc", false, "give times in UTC")
	fs.StringVar(&z.Name, "tz", "", "give times in this zone, as in Europe/Berlin; without it in that of this machine")
}

// Location returns the zone; nil is that of this machine.
func (z *Zone) Location() (*time.Location, error) {
	switch {
	case z.utc && z.Name != "":
		return nil, exit.Usagef("--utc and --tz exclude each other")
	case z.utc:
		return time.UTC, nil
	case z.Name == "":
		return nil, nil
	}
	zone, err := time.LoadLocation(z.Name)
	if err != nil {
		return nil, exit.Usagef("--tz %s: there is no such zone, or this machine knows none; as in UTC or Europe/Berlin", z.Name)
	}
	return zone, nil
}

package cli

import (
	"time"

	"github.com/spf13/pflag"
)

// zoneFlags say in which zone times are given.
type zoneFlags struct {
	utc  bool
	name string
}

// flags adds them to those of a command.
func (z *zoneFlags) flags(fs *pflag.FlagSet) {
	fs.BoolVar(&z.utc, "utc", false, "give times in UTC")
	fs.StringVar(&z.name, "tz", "", "give times in this zone, as in Europe/Berlin; without it in that of this machine")
}

// location returns the zone; nil is that of this machine.
func (z *zoneFlags) location() (*time.Location, error) {
	switch {
	case z.utc && z.name != "":
		return nil, usageError("--utc and --tz exclude each other")
	case z.utc:
		return time.UTC, nil
	case z.name == "":
		return nil, nil
	}
	zone, err := time.LoadLocation(z.name)
	if err != nil {
		return nil, usageError("--tz %s: there is no such zone, or this machine knows none; as in UTC or Europe/Berlin", z.name)
	}
	return zone, nil
}

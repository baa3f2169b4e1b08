package cli

import (
	"io"

	"github.com/spf13/pflag"
)

func bellFlag(flags *pflag.FlagSet, on *bool) {
	flags.BoolVar(on, "bell", false, "ring the terminal's bell when an alert begins")
}

// ringer returns what rings the bell of a terminal, or nil if it is not wanted.
// The dashboard draws meanwhile: a write to its display gets between two frames,
// never into one.
func ringer(shown io.Writer, on bool) func() {
	if !on {
		return nil
	}
	return func() { shown.Write([]byte{'\a'}) }
}

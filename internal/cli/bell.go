package cli

import "github.com/spf13/pflag"

func bellFlag(flags *pflag.FlagSet, on *bool) {
	flags.BoolVar(on, "bell", false, "ring the terminal's bell when an alert begins")
}

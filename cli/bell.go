package cli

import "github.com/spf13/pflag"

func bellFlag(flags *pflag.FlagSet, on *bool) {
	flags.BoolVar(on, "bell", false, "ring the terminal's bell when an alert begins")
}

// ringer returns what rings the bell, or nil if it is not wanted. The dashboard
// draws meanwhile: a single write gets between two frames, never into one.
func ringer(env Env, on bool) func() {
	if !on {
		return nil
	}
	return func() { env.Stdout.Write([]byte{'\a'}) }
}

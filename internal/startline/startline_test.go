package startline

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func program() *cobra.Command {
	root := &cobra.Command{Use: "joltui", Version: "1"}
	root.Flags().StringP("host", "H", "", "")
	root.Flags().BoolP("quiet", "q", false, "")
	broker := &cobra.Command{Use: "broker", Aliases: []string{"serve"}}
	broker.Flags().IntP("port", "p", 0, "")
	broker.Flags().StringP("config", "c", "", "")
	root.AddCommand(broker)
	return root
}

func TestLongFlagsWithOneDash(t *testing.T) {
	for line, want := range map[string]string{
		"broker -port 8080":              "broker --port 8080",
		"broker -port=8080":              "broker --port=8080",
		"broker --port 8080 -p 1 -p2":    "broker --port 8080 -p 1 -p2",
		"serve -config=config.json":      "serve --config=config.json",
		"-host broker -quiet -q":         "--host broker --quiet -q",
		"-host -host":                    "--host -host",
		"-H -quiet -quiet":               "-H -quiet --quiet",
		"-port 1":                        "-port 1",
		"-help":                          "--help",
		"-version":                       "--version",
		"broker -help":                   "broker --help",
		"-- -host":                       "-- -host",
		"topic - -host x":                "topic - --host x",
		"__complete broker -port ":       "__complete broker -port ",
		"broker -p -1 -config -port=x":   "broker -p -1 --config -port=x",
		"broker -porto 1 --nonsense -c=": "broker -porto 1 --nonsense -c=",
	} {
		got := strings.Join(LongFlags(program(), strings.Split(line, " ")), " ")
		if got != want {
			t.Errorf("%q became %q, want %q", line, got, want)
		}
	}
}

func TestJoltBrokerIsTheBroker(t *testing.T) {
	for line, want := range map[string]string{
		"joltui sub a":                      "sub a",
		"/usr/bin/jolt-broker -port 8080":   "broker -port 8080",
		"jolt-broker":                       "broker",
		"jolt-broker.exe --config c.json":   "broker --config c.json",
		"./jolt-broker --version":           "--version",
		"jolt-broker hash-password":         "broker hash-password",
		"/opt/jolt-broker/joltui --version": "--version",
	} {
		if got := Arguments(strings.Split(line, " ")); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%q is %q, want %q", line, got, want)
		}
	}
}

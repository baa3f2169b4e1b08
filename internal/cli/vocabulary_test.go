package cli

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
)

// own are flags that mean something of its own in one command, or begin with something
// else there, each with the reason.
func own() map[string]string {
	return map[string]string{
		"joltui pub --count":          "one message is what most want to publish",
		"joltui bench --count":        "in place of a duration, of which there is one",
		"joltui replay --count":       "of a recording, which has an end",
		"joltui ping --count":         "of pings",
		"joltui bench --window":       "figures of today are to be compared with those of yesterday",
		"joltui req --timeout":        "an answer that does not come is waited for in vain",
		"joltui broker --host":        "where to listen",
		"joltui broker --port":        "where to listen",
		"joltui broker --config":      "another file, of another format",
		"joltui serve --idle-timeout": "of those who look, and forgotten sessions are to end",
		"joltui demo --port":          "where to listen",
		"joltui bench --json":         "of results",
		"joltui replay --json":        "of results",
		"joltui bench compare --json": "of a comparison",
		"joltui ping --json":          "of round trips",
		"joltui pub --json":           "of outcomes",
		"joltui pub --null":           "of what is read",
		"joltui ping --interval":      "there is always one, or a ping would be a load",
		"joltui bench --topic":        "a name, and a prefix",
		"joltui topics --json":        "rows of a table, not messages",
		"joltui clients --json":       "rows of a table, not messages",
		"joltui topics --sort":        "by the columns of the table",
		"joltui clients --sort":       "by the columns of the table",
		"joltui bench --duration":     "of the measurement",
	}
}

// One vocabulary: a flag has one type, one letter, one default and one meaning in all
// commands, and a letter stands for one flag. Types and letters know no exception.
func TestAFlagMeansTheSameEverywhere(t *testing.T) {
	type entry struct{ command, kind, letter, standard, text string }
	flags, letters := make(map[string]entry), make(map[string]string)
	excepted, unused := own(), own()
	each(Command(process.Env{Getenv: func(string) string { return "" }}), func(c *cobra.Command) {
		path := c.CommandPath()
		if strings.HasPrefix(path, "joltui completion") || c.Name() == "help" {
			return // they are cobra's
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Name == "help" || f.Name == "version" {
				return
			}
			if f.Usage == "" || strings.ToLower(f.Usage[:1]) != f.Usage[:1] || strings.HasSuffix(f.Usage, ".") {
				t.Errorf("%s --%s is explained by %q, not by a phrase", path, f.Name, f.Usage)
			}
			if f.Shorthand != "" {
				if before, ok := letters[f.Shorthand]; ok && before != f.Name {
					t.Errorf("-%s of %s is --%s, and elsewhere --%s", f.Shorthand, path, f.Name, before)
				}
				letters[f.Shorthand] = f.Name
			}
			now := entry{path, f.Value.Type(), f.Shorthand, f.DefValue, f.Usage}
			before, known := flags[f.Name]
			_, different := excepted[path+" --"+f.Name]
			delete(unused, path+" --"+f.Name)
			switch {
			case !known && !different:
				flags[f.Name] = now
			case !known:
			case now.kind != before.kind:
				t.Errorf("--%s of %s is of type %s, that of %s of %s", f.Name, path, now.kind, before.command, before.kind)
			case now.letter != before.letter && path != "joltui config":
				if f.Name != "config" { // -c is the broker's
					t.Errorf("--%s of %s has the letter %q, that of %s %q", f.Name, path, now.letter, before.command, before.letter)
				}
			case !different && (now.standard != before.standard || now.text != before.text):
				t.Errorf("--%s of %s is %q (%s), that of %s %q (%s)", f.Name, path, now.text, now.standard, before.command, before.text, before.standard)
			}
		})
	})
	for flag := range unused {
		t.Errorf("%s is an exception, and there is none", flag)
	}
	for _, name := range []string{"count", "rate", "window", "timeout", "quiet", "json", "wait", "no-progress", "interval"} {
		if flags[name].text == "" {
			t.Errorf("no command has --%s as all have it", name)
		}
	}
}

// A slip is an error with what was probably meant, wherever a command could stand.
func TestUnknownCommands(t *testing.T) {
	for line, want := range map[string]string{
		"publish t x":            `there is no command "publish": did you mean joltui pub? A topic of that name is watched with joltui watch publish`,
		"subscribe t":            "did you mean joltui sub?",
		"benhc":                  "did you mean joltui bench?",
		"version":                "did you mean joltui --version?",
		"config chekc":           `joltui config has no command "chekc": did you mean joltui config check?`,
		"config nonsense":        `joltui config has no command "nonsense"; see joltui config --help`,
		"password foo":           `joltui password has no command "foo"`,
		"completion tcsh":        `joltui completion has no command "tcsh"`,
		"help repaly":            `joltui has no command "repaly": did you mean joltui replay?`,
		"broker hash-pasword":    "did you mean joltui broker hash-password?",
		"config use":             "joltui config use takes the name of a profile",
		"pub --template {} load": "unknown flag: --template: here it is --expand",
		"orders.eu":              "the dashboard needs a terminal",
		"watch publish":          "the dashboard needs a terminal",
	} {
		code, out, errs := run(t, "", nil, strings.Fields(line)...)
		if code != exit.Usage || out != "" || !strings.Contains(errs, want) {
			t.Errorf("joltui %s = %d, %q, %q; want %q", line, code, out, errs, want)
		}
	}
}

// No text has the name of a package of Go in it.
func TestErrorsSpeakPlainly(t *testing.T) {
	for _, line := range []string{
		"ping --port http", "ping --timeout 5", "sub a --count x", "pub a b --rate fast", "bench --size big", "replay x --speed slow",
		"sub a --user ann --host 10.255.255.1", "ping --tls=maybe", "pub a b --window 1e9", "sub", "ping --connect-timeout soon",
	} {
		_, _, errs := run(t, "", map[string]string{"JOLT_PASSWORD": "x"}, strings.Fields(line)...)
		for _, word := range []string{"strconv", "time:", "jolt: ", "invalid argument", "pflag"} {
			if strings.Contains(strings.ReplaceAll(errs, "joltui: ", ""), word) {
				t.Errorf("joltui %s says %q, with %q in it", line, errs, word)
			}
		}
	}
}

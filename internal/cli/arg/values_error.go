package arg

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/suggest"
)

// ValueError says in plain words that a flag, or its variable, cannot have a value.
func ValueError(f *pflag.Flag, value string, err error) error {
	words := notA(f.Value.Type(), err)
	if strings.HasPrefix(words, `"`) { // it has the value already
		return errors.New(words)
	}
	return fmt.Errorf("%q is %s", value, words)
}

// notA says what a value should have been, by the kind of its flag; an error of a kind of
// joltui's own says it itself.
func notA(kind string, err error) string {
	switch kind {
	case "int", "int64", "uint64":
		if errors.Is(err, strconv.ErrRange) {
			return "too large a number"
		}
		if kind == "uint64" {
			return "no whole number from 0 on"
		}
		return "no whole number"
	case "float64":
		return "no number"
	case "bool":
		return "neither true nor false"
	case "duration":
		return "no duration: give a unit, as in 5s, 500ms or 1m30s"
	}
	words := err.Error()
	for e := err; e != nil; e = errors.Unwrap(e) {
		words = e.Error() // the innermost: what the kind itself has said
	}
	return words
}

// renamed is what a flag is called that has another meaning in other commands.
func renamed(c *cobra.Command, name string) string {
	return map[string]string{"pub --template": "expand", "replay --topic": "only"}[c.Name()+" --"+name]
}

// unknownFlag names the flag that was probably meant.
func unknownFlag(c *cobra.Command, name string, err error) error {
	if other := renamed(c, name); other != "" {
		return fmt.Errorf("%w: here it is --%s", err, other)
	}
	var all []string
	c.Flags().VisitAll(func(f *pflag.Flag) { all = append(all, f.Name) })
	if near, ok := suggest.Of(name, all); ok {
		return fmt.Errorf("%w: did you mean --%s?", err, near)
	}
	return err
}

// FlagError words what is wrong with a flag of a command line.
func FlagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) && len(unknown.GetSpecifiedName()) > 1 {
		return unknownFlag(c, unknown.GetSpecifiedName(), err)
	}
	var value *pflag.InvalidValueError
	if !errors.As(err, &value) {
		return err
	}
	f := value.GetFlag()
	name := "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	return fmt.Errorf("%s: %w", name, ValueError(f, value.GetValue(), value.Unwrap()))
}

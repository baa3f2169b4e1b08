package connect

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"joltui/internal/cli/exit"
	"joltui/internal/printable"
)

// The forms of --print-config.
const (
	printText = "text"
	printJSON = "json"
)

// PrintForms are the forms of --print-config.
func PrintForms() []string { return []string{printText, printJSON} }

// PrintFlag is for commands that can print what is in force; form is empty where that is
// not asked for.
func PrintFlag(fs *pflag.FlagSet, form *string) {
	fs.StringVar(form, "print-config", "", "print what is in force and where it comes from, as text or, with --print-config=json, as an object, and do nothing else")
	fs.Lookup("print-config").NoOptDefVal = printText
}

// InForce is what is in force, in the order in which it is printed. No secret may be in it.
type InForce []Setting

// Setting is a value that is in force, and where it comes from.
type Setting struct {
	name  string
	Value string `json:"value"`
	From  string `json:"from"`
}

// Add appends a value.
func (i *InForce) Add(name, value, from string) { *i = append(*i, Setting{name, value, from}) }

// AddFlags appends the flags of a command, those of which inForce knows better with its
// value and origin.
func (i *InForce) AddFlags(flags *pflag.FlagSet, origins Origins, inForce func(f *pflag.Flag) (value, from string, ok bool)) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" || f.Name == "version" || f.Name == "print-config" {
			return
		}
		value, from := f.Value.String(), origins[f.Name]
		if from == "" {
			from = "default"
		}
		if v, o, ok := inForce(f); ok {
			value, from = v, o
		}
		i.Add(f.Name, value, from)
	})
}

// Print prints it in a form: a row for each value, or an object that has one by its name.
func (i InForce) Print(out io.Writer, form string) error {
	switch form {
	case printText:
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		for _, s := range i {
			fmt.Fprintf(w, "%s\t%s\t%s\n", printable.Line(s.name), printable.Line(s.Value), printable.Line(s.From))
		}
		return w.Flush()
	case printJSON:
		all := make(map[string]Setting, len(i))
		for _, s := range i {
			all[s.name] = s
		}
		line, err := json.Marshal(all)
		if err == nil {
			_, err = fmt.Fprintln(out, printable.JSON(string(line)))
		}
		return err
	}
	return exit.Usagef("--print-config=%s is neither %s nor %s", form, printText, printJSON)
}

package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"text/tabwriter"

	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/config"
	"joltui/internal/printable"
)

// loadExisting is the configuration file, which has to be there.
func loadExisting(path string) (*config.File, error) {
	f, err := config.Load(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, exit.Usagef("there is no %s: joltui config init writes one", path)
	case err != nil:
		return nil, &exit.Error{Code: exit.Usage, Err: err}
	}
	return f, nil
}

// useProfile makes a profile the default. All else in the file stays as it is.
func useProfile(env process.Env, path, name string) error {
	f, err := loadExisting(path)
	if err != nil {
		return err
	}
	if _, err := f.Profile(name); err != nil {
		return &exit.Error{Code: exit.Usage, Err: err}
	}
	if err := config.SetDefault(path, name); err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.Stdout, "profile %s is used when none is named\n", printable.Line(name))
	return err
}

// listProfiles prints each profile with where and as whom it connects.
func listProfiles(env process.Env, path string) error {
	f, err := loadExisting(path)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	for _, name := range f.Names() {
		p, err := f.Profile(name)
		if err != nil {
			return err
		}
		of := func(key, standard string) string { return cmp.Or(p.Settings[key].Text, standard) }
		mark := " "
		if name == f.Default {
			mark = "*"
		}
		fmt.Fprintf(w, "%s %s\t%s\t%s\n", mark, printable.Line(name),
			printable.Line(net.JoinHostPort(of("host", "127.0.0.1"), of("port", "8080"))), printable.Line(of("user", "")))
	}
	return w.Flush()
}

// showConfig prints the file. There is never a password in it.
func showConfig(env process.Env, path string) error {
	if _, err := loadExisting(path); err != nil {
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(env.Stdout, printable.Block(string(text)))
	return err
}

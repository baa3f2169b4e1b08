package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"joltui/internal/cli/arg"
	"joltui/internal/cli/complete"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/look"
	"joltui/internal/cli/process"
	"joltui/internal/config"
	"joltui/internal/folders"
	"joltui/internal/human"
)

func newConfig(env process.Env) *cobra.Command {
	var path string
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Find, check or begin the configuration file",
	}
	cmd.PersistentFlags().Var((*arg.Path)(&path), "config", "read this configuration file, and not the one in your configuration folder")
	action := func(name, short string, do func(env process.Env, path string) error) *cobra.Command {
		return &cobra.Command{Use: name, Short: short, Args: arg.None, RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := connect.FromEnvironment(cmd, env); err != nil {
				return err
			}
			if path == "" {
				path = config.DefaultPath()
			}
			if path == "" {
				return exit.Usagef("%s; or say --config FILE", folders.None)
			}
			return do(env, path)
		}}
	}
	use := &cobra.Command{
		Use:   "use PROFILE",
		Short: "Make a profile the one that is used when none is named",
		Args:  cobra.ArbitraryArgs,
		ValidArgsFunction: func(c *cobra.Command, args []string, text string) ([]string, cobra.ShellCompDirective) {
			return complete.Values(complete.Profiles)(c, args, text)
		},
	}
	use.RunE = func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return exit.Usagef("%s takes the name of a profile; joltui config list has them", c.CommandPath())
		}
		return action("", "", func(env process.Env, path string) error { return useProfile(env, path, args[0]) }).RunE(c, nil)
	}
	cmd.AddCommand(
		use,
		action("list", "List the profiles, with where they connect", listProfiles),
		action("show", "Print the configuration file as it is", showConfig),
		action("path", "Print where the configuration file is, or would be", printPath),
		action("check", "Check the configuration file and list its profiles", checkConfig),
		action("init", "Write a configuration file to begin with", initConfig),
	)
	return cmd
}

func printPath(env process.Env, path string) error {
	_, err := fmt.Fprintln(env.Stdout, path)
	return err
}

func checkConfig(env process.Env, path string) error {
	f, err := config.Load(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return exit.Usagef("there is no %s: joltui config init writes one", path)
	case err != nil:
		return &exit.Error{Code: exit.Usage, Err: err}
	}
	if err := checkKeys(f); err != nil {
		return err
	}
	fmt.Fprintf(env.Stdout, "%s is in order, with %s\n", path, human.Counted(uint64(len(f.Profiles)), "profile"))
	for _, name := range f.Names() {
		mark := ""
		if name == f.Default {
			mark = "  (default)"
		}
		fmt.Fprintf(env.Stdout, "  %s%s\n", name, mark)
	}
	return nil
}

// checkKeys checks the keys of every profile against those of the dashboard.
func checkKeys(f *config.File) error {
	if err := look.CheckBindings(f.Base, f.Path); err != nil {
		return err
	}
	for _, name := range f.Names() {
		p, err := f.Profile(name)
		if err != nil {
			return err
		}
		if err := errors.Join(look.CheckBindings(p, f.Path), checkFilesOf(p, f.Path)); err != nil {
			return err
		}
	}
	return nil
}

// checkFilesOf says which file that a profile names is not there.
func checkFilesOf(p config.Profile, path string) error {
	for _, k := range config.Keys() {
		value, set := p.Settings[k.Name]
		if !k.File || !set {
			continue
		}
		if _, err := os.Stat(connect.BesideFile(path, value.Text)); err != nil {
			return &exit.Error{Code: exit.Usage, Err: &config.Error{Path: path, Line: value.Line, Reason: k.Name + ": " + err.Error()}}
		}
	}
	return nil
}

// initConfig never touches a file that is there.
func initConfig(env process.Env, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return exit.Usagef("%s is there already, and stays as it is", path)
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(config.Template())
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(path) // the beginning of one would be in the way
		return err
	}
	fmt.Fprintf(env.Stdout, "wrote %s\n", path)
	return nil
}

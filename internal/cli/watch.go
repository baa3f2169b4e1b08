package cli

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/cli/complete"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/look"
	"joltui/internal/cli/process"
	"joltui/internal/config"
	"joltui/internal/dashboard"
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
)

// watchFlags is what a dashboard is told.
type watchFlags struct {
	conn connect.Connection
	look look.Flags
	bell bool
	away bool // whoever looks is not at home on this machine
	// colour is that of the profile's name; empty for none.
	colour string
	pub    publishing
	own    *ownBroker        // of this process
	top    bool              // begin with the page of the broker
	said   map[string]string // what the flags were given, by their names
}

func (w *watchFlags) flags(fs *pflag.FlagSet) {
	if w.own == nil {
		w.own = new(ownBroker)
	}
	w.conn.Flags(fs)
	w.conn.PublishFlags(fs)
	w.look.Flags(fs)
	fs.StringVar(&w.colour, "colour", "", "of the profile's name in the header: "+strings.Join(config.Colours(), ", "))
	fs.BoolVar(&w.away, "away", false, "for a viewer who is not at home on this machine: no files, no programs, nothing is kept")
	bellFlag(fs, &w.bell)
	w.pub.flags(fs)
}

// noteSaid keeps what the user has given the flags, before others do.
func (w *watchFlags) noteSaid(fs *pflag.FlagSet) {
	w.said = make(map[string]string)
	fs.Visit(func(f *pflag.Flag) { w.said[f.Name] = f.Value.String() })
}

func newWatch(env process.Env, use string) *cobra.Command {
	var w watchFlags
	cmd := &cobra.Command{
		Use:   use,
		Short: "Open the dashboard (the default command)",
		Args:  cobra.ArbitraryArgs,

		ValidArgsFunction: complete.Topics(-1),
		RunE:              func(cmd *cobra.Command, topics []string) error { return w.open(cmd, env, topics) },
	}
	w.flags(cmd.Flags())
	return cmd
}

// open shows the dashboard until the user leaves it.
func (w *watchFlags) open(cmd *cobra.Command, env process.Env, topics []string) error {
	w.noteSaid(cmd.Flags())
	if err := w.conn.Settle(cmd, env); err != nil {
		return connect.Printed(err)
	}
	return w.run(cmd.Context(), env, topics)
}

// session is a dashboard to be shown, and the profiles that it can go on with.
type session struct {
	dashboard.Session
	profiles *profilesFile
	switched bool // to its profile, from within the dashboard
}

// session makes one of settled flags. The password comes from passwords, or it is
// asked for.
func (w *watchFlags) session(env, passwords process.Env, topics []string) (session, error) {
	c := &w.conn
	s := session{Session: dashboard.Session{Bell: w.bell}}
	if !w.away {
		s.History = w.pub.history()
	}
	if err := c.Check(); err != nil {
		return s, err
	}
	var err error
	if s.Options, err = w.look.Options(w.pub.options(env), c.Profile, c.File); err != nil {
		return s, err
	}
	if err := process.NeedTerminal(env); err != nil {
		return s, err
	}
	if s.Config, err = c.Config(passwords); err != nil {
		return s, err
	}
	if !w.away {
		s.Options.OwnBroker = w.own.offer(context.Background(), &s.Config)
	}
	s.Config.NoLoginRetry = false // somebody sees why, and can change it
	if s.Config.Topics = topics; len(topics) == 0 {
		s.Config.Topics = c.Profile.Topics
	}
	o := &s.Options
	o.Limits = limits(c.Profile.Limits)
	o.ReadOnly = c.ReadOnly
	o.BrokerFirst = w.top
	o.NotVerified = c.TLS.Insecure
	o.Retry, o.Replay, o.Away = true, w.replay, w.away
	o.TLS = c.TLS.Enabled()
	if o.ProfileColour = w.colour; w.colour != "" && !slices.Contains(config.Colours(), w.colour) {
		return s, exit.Usagef("--colour %s: there are %s", printable.Line(w.colour), human.List(config.Colours()))
	}
	s.profiles = &profilesFile{env: env, flags: w, path: c.File, inUse: s.Config}
	if o.ProfilesFile, o.Profile = c.File, c.Profile.Name; c.File != "" {
		o.Profiles = s.profiles
	}
	return s, nil
}

// replay is the command that plays a recording as this dashboard looks.
func (w *watchFlags) replay(path string) *exec.Cmd {
	args := []string{"replay", "--config", w.conn.File}
	if w.conn.Path == "" { // the usual file need not be there
		args = args[:1]
	}
	if name := w.conn.Profile.Name; name != "" {
		args = append(args, "--profile", name)
	}
	for _, flag := range []string{"theme", "utc", "tz"} {
		if value, said := w.said[flag]; said {
			args = append(args, "--"+flag+"="+value)
		}
	}
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	return exec.Command(self, append(args, "--", path)...)
}

// limits are those of a profile; what it does not say has its default.
func limits(of map[string]int) feed.Limits {
	return feed.Limits{
		TopicMessages: of["topic_messages"],
		AllMessages:   of["all_messages"],
		TopicBytes:    of["topic_bytes"],
		AllBytes:      of["all_bytes"],
		Body:          of["body"],
		LogRows:       of["log_rows"],
		Topics:        of["topics"],
	}
}

// runDashboard shows a dashboard until the user leaves it.
func runDashboard(ctx context.Context, env process.Env, s session) (dashboard.End, error) {
	end, err := dashboard.Run(ctx, env.Terminal(), s.Session)
	var impossible *dashboard.ConfigError
	switch {
	case errors.As(err, &impossible):
		return end, &exit.Error{Code: exit.Usage, Err: impossible.Unwrap()}
	case err != nil || end.SwitchTo != "" || end.Again:
		return end, err
	default:
		return end, connect.Farewell(end.Cause)
	}
}

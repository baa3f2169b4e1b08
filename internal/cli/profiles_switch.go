package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/cli/secret"
	"joltui/internal/dashboard"
	"joltui/internal/printable"
)

// run shows the dashboard, and another one as long as the user switches to other
// profiles. What makes a switch impossible brings the one before back.
func (w *watchFlags) run(ctx context.Context, env process.Env, topics []string) (err error) {
	defer func() { err = errors.Join(err, w.own.leave(env.Stderr)) }()
	now, err := w.session(env, env, topics)
	if err != nil {
		return err
	}
	for {
		end, err := runDashboard(ctx, env, now)
		if !w.away {
			dashboard.RememberTopics(end.Topics)
		}
		if err != nil || end.SwitchTo == "" && !end.Again {
			return err
		}
		next, err := w.next(env, now, end)
		if errors.Is(err, exit.ErrInterrupted) {
			return err
		}
		if err != nil {
			now.Config.Topics = end.Topics
			now.Options.Notes = []string{notGone(now, end, err)}
			continue
		}
		now = next
	}
}

// next is the session after one that has ended: of another profile, or the same one anew,
// with its password asked for, or read, again.
func (w *watchFlags) next(env process.Env, now session, end dashboard.End) (session, error) {
	switch {
	case end.SwitchTo != "":
		return w.switched(env, end.SwitchTo)
	case now.switched:
		return w.switched(env, now.Options.Profile)
	default:
		return w.session(env, env, end.Topics)
	}
}

// notGone says in the log why the session is still the one before.
func notGone(now session, end dashboard.End, err error) string {
	switch {
	case end.SwitchTo == "":
		return fmt.Sprintf("not connected anew: %v", err)
	case errors.Is(err, secret.ErrCancelled):
		return "not switched to profile " + end.SwitchTo + ": still at " + now.Config.Addr
	default:
		return fmt.Sprintf("not switched to profile %s: %v", end.SwitchTo, err)
	}
}

// switched is the session of another profile. Its password may be asked for.
func (w *watchFlags) switched(env process.Env, profile string) (session, error) {
	next, err := w.of(env, profile)
	if err != nil {
		return session{}, err
	}
	if err := next.conn.Check(); err != nil {
		return session{}, err
	}
	passwords := next.passwordEnv(env, w)
	if _, ask, _ := next.conn.StoredPassword(passwords); ask && next.conn.User != "" {
		fmt.Fprintf(env.Stderr, "Profile %s; ctrl+c goes back.\n", printable.Line(profile))
	}
	s, err := next.session(env, passwords, nil)
	if err != nil {
		return session{}, err
	}
	s.profiles.flags = w // all switches begin with what the user has said
	s.switched = true
	return s, nil
}

// of is what holds for a profile that is switched to. Where and as whom it
// connects, only the profile says: flags and variables were said of another
// place. All else that the user has said still holds.
func (w *watchFlags) of(env process.Env, profile string) (*watchFlags, error) {
	next := &watchFlags{own: w.own}
	cmd := new(cobra.Command)
	next.flags(cmd.Flags())
	place := append(placeFlags(), "colour") // which tells one place from another
	for _, name := range slices.Sorted(maps.Keys(w.conn.Origins)) {
		if w.conn.Origins[name] != "--"+name || slices.Contains(place, name) {
			continue
		}
		if err := cmd.Flags().Set(name, w.said[name]); err != nil {
			return nil, err
		}
	}
	next.conn.Path, next.conn.Name, next.conn.Again = w.conn.Path, profile, true
	for i, flag := range place {
		place[i] = connect.Variable(flag)
	}
	return next, next.conn.Settle(cmd, env.Without(place))
}

// placeFlags say where to connect and as whom.
func placeFlags() []string {
	var c connect.Connection
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	c.Flags(fs)
	var names []string
	fs.VisitAll(func(f *pflag.Flag) {
		if f.Name != "connect-timeout" {
			names = append(names, f.Name)
		}
	})
	return names
}

// passwordEnv is env as far as a profile that was switched to may take its
// password from there. A password in a variable is for the login that the
// dashboard began with: no other broker is to see it, unless the profile says so.
func (w *watchFlags) passwordEnv(env process.Env, first *watchFlags) process.Env {
	if w.conn.PasswordFrom == "env" || w.conn.Account() == first.conn.Account() {
		return env
	}
	return env.Without([]string{process.PasswordVariable})
}

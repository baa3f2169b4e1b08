package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/dashboard"
	"joltui/internal/printable"
)

// run shows the dashboard, and another one as long as the user switches to other
// profiles. What makes a switch impossible brings the one before back.
func (w *watchFlags) run(ctx context.Context, env Env, topics []string) error {
	now, err := w.session(env, env, topics)
	if err != nil {
		return err
	}
	for {
		end, err := runDashboard(ctx, env, now)
		dashboard.RememberTopics(end.Topics)
		if err != nil || end.SwitchTo == "" && !end.Again {
			return err
		}
		next, err := w.next(env, now, end)
		if errors.Is(err, errInterrupted) {
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
func (w *watchFlags) next(env Env, now session, end dashboard.End) (session, error) {
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
	case errors.Is(err, errCancelled):
		return "not switched to profile " + end.SwitchTo + ": still at " + now.Config.Addr
	default:
		return fmt.Sprintf("not switched to profile %s: %v", end.SwitchTo, err)
	}
}

// switched is the session of another profile. Its password may be asked for.
func (w *watchFlags) switched(env Env, profile string) (session, error) {
	next, err := w.of(env, profile)
	if err != nil {
		return session{}, err
	}
	if err := next.conn.check(); err != nil {
		return session{}, err
	}
	passwords := next.passwordEnv(env, w)
	if _, ask, _ := next.conn.storedPassword(passwords); ask && next.conn.user != "" {
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
func (w *watchFlags) of(env Env, profile string) (*watchFlags, error) {
	next := new(watchFlags)
	cmd := new(cobra.Command)
	next.flags(cmd.Flags())
	place := append(placeFlags(), "colour") // which tells one place from another
	for _, name := range sortedKeys(w.conn.origins) {
		if w.conn.origins[name] != "--"+name || slices.Contains(place, name) {
			continue
		}
		if err := cmd.Flags().Set(name, w.said[name]); err != nil {
			return nil, err
		}
	}
	next.conn.path, next.conn.name, next.conn.again = w.conn.path, profile, true
	for i, flag := range place {
		place[i] = variable(flag)
	}
	return next, next.conn.settle(cmd, env.without(place))
}

// placeFlags say where to connect and as whom.
func placeFlags() []string {
	var c connection
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	c.flags(fs)
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
func (w *watchFlags) passwordEnv(env Env, first *watchFlags) Env {
	if w.conn.passwordFrom == "env" || w.conn.account() == first.conn.account() {
		return env
	}
	return env.without([]string{passwordVariable})
}

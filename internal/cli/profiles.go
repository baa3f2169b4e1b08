package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"joltui/internal/atomicfile"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/process"
	"joltui/internal/config"
	"joltui/internal/human"
	"joltui/jolt"
	"joltui/ui/views/profiles"
)

// testTimeout bounds a test of a profile: connecting, the login and a ping.
const testTimeout = 5 * time.Second

// profilesFile is the profiles of the configuration file, for the dashboard that
// flags began. It is safe for concurrent use.
type profilesFile struct {
	env   process.Env
	flags *watchFlags
	path  string
	inUse jolt.Config // whose password is known
}

// Load returns each profile as it would be connected to.
func (p *profilesFile) Load() ([]profiles.Profile, error) {
	f, err := config.LoadIfExists(p.path)
	if err != nil {
		return nil, err
	}
	all := make([]profiles.Profile, 0, len(f.Profiles))
	for _, name := range f.Names() {
		w, err := p.flags.of(p.env, name)
		if err != nil {
			return nil, err
		}
		c := &w.conn
		all = append(all, profiles.Profile{
			Name: name, Addr: c.Addr(), User: c.User,
			TLS: c.TLS.Enabled(), NotVerified: c.TLS.Insecure, ReadOnly: c.ReadOnly,
			Default: name == f.Default, Line: f.Profiles[name].Line,
		})
	}
	return all, nil
}

// Add writes a profile to the end of the file. What is there is not touched.
func (p *profilesFile) Add(a profiles.Draft) error {
	data, err := os.ReadFile(p.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	text, err := config.Addition{Name: a.Name, Host: a.Host, Port: a.Port, User: a.User}.Text(p.path, data)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(p.path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(p.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(atomicfile.Append(f, []byte(text)), f.Close())
}

// Test connects as a profile says, logs in and pings.
func (p *profilesFile) Test(name string) (time.Duration, error) {
	cfg, err := p.config(name)
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), testTimeout)
	defer cancel()
	rtt, err := connect.Ping(ctx, cfg)
	if err != nil {
		return 0, testError(ctx, cfg.Addr, err)
	}
	return rtt, nil
}

// config is what to test a profile with. Nobody can be asked for a password
// while the dashboard has the terminal.
func (p *profilesFile) config(name string) (jolt.Config, error) {
	w, err := p.flags.of(p.env, name)
	if err != nil {
		return jolt.Config{}, err
	}
	c := &w.conn
	if err := c.Check(); err != nil {
		return jolt.Config{}, err
	}
	cfg, err := c.WithoutPassword()
	if err != nil || c.User == "" {
		return cfg, err
	}
	password, ask, err := c.StoredPassword(w.passwordEnv(p.env, p.flags))
	switch {
	case err != nil:
		return cfg, err
	case !ask:
		cfg.Pass = password
	case cfg.Addr == p.inUse.Addr && cfg.User == p.inUse.User:
		cfg.Pass = p.inUse.Pass
	default:
		return cfg, fmt.Errorf("not tested: the password of %s is asked for when you connect", c.User)
	}
	return cfg, nil
}

func testError(ctx context.Context, addr string, err error) error {
	var rejected *jolt.RejectedError
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("no answer from %s within %s", addr, testTimeout)
	case connect.Farewell(err) != nil:
		return connect.Farewell(err)
	case errors.As(err, &rejected):
		return connect.Refusal(rejected)
	}
	return fmt.Errorf("no connection to %s: %s", addr, cmp.Or(human.Cause(err), "no reason was given"))
}

package broker

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"joltui/broker/cluster"
	"joltui/broker/internal/login"
	"joltui/internal/bom"
)

// maxConfigBytes is far above any real configuration, and keeps a wrong path
// from filling the memory.
const maxConfigBytes = 16 << 20

// LoadConfig reads a configuration file, as [ParseConfig] does. Where a file
// with password hashes can be read by anybody, [New] logs a warning.
func LoadConfig(path string) (Config, error) {
	f, err := os.Open(path)
	if err != nil {
		return Config{}, fmt.Errorf("broker: read the configuration: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxConfigBytes+1))
	if err != nil {
		return Config{}, fmt.Errorf("broker: read the configuration: %w", err)
	}
	if len(data) > maxConfigBytes {
		return Config{}, &ConfigError{File: path, Reason: fmt.Sprintf(
			"larger than %d bytes: this is not a broker's configuration", maxConfigBytes)}
	}
	cfg, err := ParseConfig(path, data)
	if err != nil {
		return Config{}, err
	}
	info, err := f.Stat()
	if err != nil {
		return Config{}, fmt.Errorf("broker: read the configuration: %w", err)
	}
	if len(cfg.Users) > 0 && info.Mode().Perm()&0o004 != 0 {
		cfg.exposed = true
	}
	return cfg, nil
}

// ParseConfig reads a configuration from JSON; the package's documentation
// shows one. name stands for the file in errors, and other files that it names
// are looked for beside it. Limits that are not given stay zero.
//
// What is wrong with the content is a [*ConfigError], which wraps
// [ErrBadConfig].
func ParseConfig(name string, data []byte) (Config, error) {
	cfg := Config{file: name}
	p := configParser{newStrictJSON(name, bom.Cut(data))}
	if err := p.document(func() error { return p.config(&cfg) }); err != nil {
		return Config{}, err
	}
	if reason := cfg.check(); reason != "" {
		return Config{}, &ConfigError{File: name, Reason: reason}
	}
	return cfg, nil
}

// configParser knows the shape of a configuration.
type configParser struct{ *strictJSON }

func (p configParser) config(c *Config) error {
	return p.object("the configuration", fields{
		"host":       func() error { return p.filled("host", &c.Host) },
		"port":       func() error { return p.port(&c.Port) },
		"name":       func() error { return p.filled("name", &c.Name) },
		"security":   func() error { return p.boolean("security", &c.Security) },
		"users":      func() error { return p.users(&c.Users) },
		"tls":        func() error { return p.tls(&c.TLS) },
		"patterns":   func() error { return p.boolean("patterns", &c.Patterns) },
		"last_value": func() error { return p.lastValue(&c.LastValue) },
		"limits":     func() error { return p.limits(&c.Limits) },
		"engine":     func() error { return p.engine(&c.Engine) },
	}, misplaced())
}

// misplaced are the keys of objects within the configuration, and where they belong, for
// those who write them at its top.
func misplaced() map[string]string {
	reasons := make(map[string]string)
	belong := func(object string, keys ...string) {
		for _, key := range keys {
			reasons[key] = fmt.Sprintf(`%q belongs in %q: write %[2]q: {%[1]q: …}`, key, object)
		}
	}
	belong("limits", Limits{}.Keys()...)
	belong("tls", "cert", "key", "client_ca")
	return reasons
}

// filled reads a string that may not be empty.
func (p configParser) filled(key string, to *string) error {
	if err := p.text(key, to); err != nil {
		return err
	}
	if *to == "" {
		return p.fail("%q is empty: give it a value or remove it", key)
	}
	return nil
}

func (p configParser) port(to *int) error {
	if err := p.integer("port", to); err != nil {
		return err
	}
	if *to < 1 || *to > 65535 {
		return p.fail(`"port" must be from 1 to 65535, not %d`, *to)
	}
	return nil
}

func (p configParser) users(to *[]User) error {
	names := make(map[string]bool)
	return p.list("users", func() error {
		u, err := p.user()
		if err != nil {
			return err
		}
		if names[u.Name] {
			return p.fail("user %q comes twice: keep one", u.Name)
		}
		names[u.Name] = true
		*to = append(*to, u)
		return nil
	})
}

func (p configParser) user() (User, error) {
	var u User
	plain := `passwords are not stored in plain text: run "joltui broker hash-password" ` +
		`and use its output as "password_hash"`
	err := p.object("a user", fields{
		"name": func() error { return p.filled("name", &u.Name) },
		"password_hash": func() error {
			if err := p.text("password_hash", &u.PasswordHash); err != nil {
				return err
			}
			if _, err := login.ParseHash(u.PasswordHash); err != nil {
				return p.fail(`"password_hash" %v`, err)
			}
			return nil
		},
		"permissions": func() error { return p.permissions(&u.Permissions) },
	}, map[string]string{"password": plain, "pass": plain})
	switch {
	case err != nil:
		return u, err
	case u.Name == "":
		return u, p.fail(`a user needs a "name"`)
	case u.PasswordHash == "":
		return u, p.fail(`user %q needs a "password_hash": run "joltui broker hash-password"`, u.Name)
	}
	return u, nil
}

func (p configParser) permissions(to *[]string) error {
	return p.list("permissions", func() error {
		var text string
		if err := p.text("permissions", &text); err != nil {
			return err
		}
		if reason := new(permissions).grant(text, false); reason != "" {
			return p.fail("%s", reason)
		}
		*to = append(*to, text)
		return nil
	})
}

func (p configParser) lastValue(to *[]string) error {
	return p.list("last_value", func() error {
		var text string
		if err := p.text("last_value", &text); err != nil {
			return err
		}
		*to = append(*to, text)
		return p.inRange(badPattern(text))
	})
}

func (p configParser) tls(to **TLS) error {
	t := new(TLS)
	err := p.object(`"tls"`, fields{
		"cert":      func() error { return p.path("cert", &t.Cert) },
		"key":       func() error { return p.path("key", &t.Key) },
		"client_ca": func() error { return p.path("client_ca", &t.ClientCA) },
	}, nil)
	switch {
	case err != nil:
		return err
	case t.Cert == "" || t.Key == "":
		return p.fail(`"tls" needs a "cert" and its "key", both PEM files`)
	}
	*to = t
	return nil
}

func (p configParser) engine(to **cluster.Config) error {
	c := new(cluster.Config)
	secret := `secrets are in files of their own: name one with "password_file" or "credentials"`
	err := p.object(`"engine"`, fields{
		"url":           func() error { return p.filled("url", &c.URL) },
		"prefix":        func() error { return p.filled("prefix", &c.Prefix) },
		"credentials":   func() error { return p.path("credentials", &c.Credentials) },
		"user":          func() error { return p.filled("user", &c.User) },
		"password_file": func() error { return p.path("password_file", &c.PasswordFile) },
		"replicas":      func() error { return p.integer("replicas", &c.Replicas) },
		"storage":       func() error { return p.filled("storage", &c.Storage) },
		"max_age":       func() error { return p.duration("max_age", &c.MaxAge) },
		"max_bytes":     func() error { return p.integer("max_bytes", &c.MaxBytes) },
		"tls": func() error {
			return p.object(`"tls"`, fields{
				"ca":   func() error { return p.path("ca", &c.CA) },
				"cert": func() error { return p.path("cert", &c.Cert) },
				"key":  func() error { return p.path("key", &c.Key) },
			}, nil)
		},
	}, map[string]string{"password": secret, "token": secret})
	if err != nil {
		return err
	}
	*to = c
	return nil
}

// path reads the path of a file; one that is relative starts at the
// configuration's folder.
func (p configParser) path(key string, to *string) error {
	if err := p.filled(key, to); err != nil {
		return err
	}
	if !filepath.IsAbs(*to) {
		*to = filepath.Join(filepath.Dir(p.file), *to)
	}
	return nil
}

func (p configParser) limits(l *Limits) error {
	known := fields{}
	for _, b := range l.sizes() {
		known[b.key] = func() error {
			if err := p.integer(b.key, b.value); err != nil {
				return err
			}
			return p.inRange(b.check())
		}
	}
	for _, b := range l.times() {
		known[b.key] = func() error {
			if err := p.duration(b.key, b.value); err != nil {
				return err
			}
			return p.inRange(b.check())
		}
	}
	if err := p.object("limits", known, nil); err != nil {
		return err
	}
	filled := *l
	return p.inRange(filled.fill())
}

func (p configParser) inRange(reason string) error {
	if reason == "" {
		return nil
	}
	return p.fail("%s", reason)
}

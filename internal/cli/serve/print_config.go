package serve

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"joltui/broker"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
)

// printConfig prints what a broker of these flags would have in force, and starts none. Of
// its users there are the names alone.
func printConfig(env process.Env, f flags, set *pflag.FlagSet, origins connect.Origins) error {
	cfg, err := f.load()
	if err != nil {
		return &exit.Error{Code: exit.Usage, Err: err}
	}
	b, err := broker.New(cfg)
	if err != nil {
		return &exit.Error{Code: exit.Usage, Err: err}
	}
	defer b.Close()
	var all connect.InForce
	all.AddFlags(set, origins, func(flag *pflag.Flag) (value, from string, ok bool) {
		value = map[string]string{"host": cfg.Host, "port": strconv.Itoa(cfg.Port), "name": cfg.Name, "patterns": strconv.FormatBool(cfg.Patterns)}[flag.Name]
		return value, f.config, value != "" && value != flag.Value.String()
	})
	origin := f.config
	if origin == "" {
		origin = "default"
	}
	all.Add("security", strconv.FormatBool(cfg.Security), origin)
	if len(cfg.Users) > 0 {
		all.Add("users", names(cfg.Users), origin)
	}
	if t := cfg.TLS; t != nil {
		all.Add("tls cert", t.Cert, origin)
		all.Add("tls key", t.Key, origin)
		all.Add("tls client_ca", t.ClientCA, origin)
	}
	if len(cfg.LastValue) > 0 {
		all.Add("last_value", strings.Join(cfg.LastValue, " "), origin)
	}
	if e := cfg.Engine; e != nil { // [broker.New] takes no URL with a password in it
		all.Add("engine url", e.URL, origin)
		all.Add("engine prefix", e.Prefix, origin)
	}
	for _, key := range cfg.Limits.Keys() {
		value, from := b.Limits().Value(key), "default"
		if given := cfg.Limits.Value(key); given == value && given != (broker.Limits{}).Value(key) {
			from = origin
		}
		all.Add("limit "+key, value, from)
	}
	return all.Print(env.Stdout, f.print)
}

// names are those of users, in order.
func names(users []broker.User) string {
	var all []string
	for _, u := range users {
		all = append(all, u.Name)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

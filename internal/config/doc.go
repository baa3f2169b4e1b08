// Package config reads joltui's configuration file: what holds for every run, and
// profiles, each with where to connect and how. It is TOML:
//
//	profile = "dev"                     # when none is named
//	theme = "dark"                      # for all profiles
//
//	[profiles.prod]
//	host = "10.0.0.7"
//	user = "alice"
//	password_from = "keyring"           # or "prompt", "env"; never the password
//	tls = true
//	topics = ["orders.eu", "orders.us"]
//	read_only = true
//
//	[profiles.prod.groups]
//	orders = ["orders.eu", "orders.us"]
//
//	[profiles.prod.keys]
//	"stream.inspect" = ["enter", "o"]
//
//	[profiles.prod.limits]
//	topic_messages = 20000
//
// Whatever is not known, or is no value for what it is given to, is refused with
// its line and, where there is one, the name that was probably meant.
//
// The package may import suggest. Begin reading with file.go; keys.go lists the settings,
// parse.go reads the file.
package config

package config

import (
	"fmt"
	"strings"
)

// Template returns a file to begin with: every setting, commented out, with what it is for.
func Template() string {
	var b strings.Builder
	b.WriteString(`# joltui's configuration. Flags beat JOLT_… variables, which beat the profile,
# which beats what stands here at the top. joltui --print-config shows what is in
# force and where it comes from; joltui config check checks this file.

# profile = "local"      # when none is named with --profile

# theme = "dark"         # any setting here at the top is for all profiles

[profiles.local]
host = "127.0.0.1"
port = 8080

# [profiles.prod]        # all that a profile may have:
`)
	for _, k := range Keys() {
		fmt.Fprintf(&b, "# %-32s # %s\n", k.Name+" = "+k.example(), k.doc())
	}
	b.WriteString(`# topics = ["orders.eu"]           # subscribed to when none are named
#
# [profiles.prod.groups]           # of topics, to be subscribed to together
# orders = ["orders.eu", "orders.us"]
#
# [profiles.prod.keys]             # of the dashboard; its help shows the names
# "stream.inspect" = ["enter", "o"]
#
# [profiles.prod.limits]           # what the dashboard keeps in memory
`)
	for _, k := range Limits() {
		fmt.Fprintf(&b, "# %-32s # %s\n", k.Name+" = "+k.Default, k.Doc)
	}
	return b.String()
}

func (k Key) doc() string {
	if k.OneOf == nil {
		return k.Doc
	}
	return k.Doc + ": " + strings.Join(k.OneOf, ", ")
}

// example returns a value of the kind.
func (k Key) example() string {
	switch {
	case k.Kind == Number:
		return "8080"
	case k.Kind == Switch:
		return "true"
	case k.Kind == Duration:
		return `"10s"`
	case k.OneOf != nil:
		return fmt.Sprintf("%q", k.OneOf[len(k.OneOf)-1])
	case k.Name == "host":
		return `"10.0.0.7"`
	default:
		return `"…"`
	}
}

package list

import (
	"cmp"
	"strconv"

	"github.com/spf13/cobra"

	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/internal/monitor"
	"joltui/internal/printable"
	"joltui/internal/system"
)

// NewClients returns the command joltui clients.
func NewClients(env process.Env) *cobra.Command {
	return clientListing().command(env, &cobra.Command{
		Use:   "clients",
		Short: "List the connections that a broker has",
		Long: `Prints the connections of a broker: how much waits to be read by it, messages and bytes
a second that it publishes (in) and is sent (out), to how many topics it is subscribed,
since when, its number, its address and its user. A backlog that grows is that of a
client which does not keep up: the broker will end its connection. This command is one
of the connections.

Rates are over the last second, for which the command waits: it takes one to two
seconds.

--watch on a terminal draws the table anew every second; elsewhere each table follows an
empty line, and with --json the lines follow one another, with the time of each.

The broker must tell of itself on ` + system.ClientsTopic + `, as joltui broker does. Where users
log in, this one needs the permission "admin", or "subscribe:` + system.ClientsTopic + `".

Exit codes: 0 done, or --watch was ended by ctrl+c; 1 failed, or the broker tells nothing
of itself; 2 usage; 3 the broker refused; 4 no connection.`,
		Example: `  joltui clients
  joltui clients --watch --sort rate
  joltui clients --json | jq -r 'select(.backlog_bytes > 100000) | .address'`,
	})
}

func clientListing() listing[system.Client] {
	return listing[system.Client]{
		thing: "client",
		topic: system.ClientsTopic,
		none:  "nobody is connected",
		columns: []column{{title: "BACKLOG", right: true}, {title: "IN", right: true}, {title: "OUT", right: true}, {title: "BYTES IN", right: true},
			{title: "BYTES OUT", right: true}, {title: "TOPICS", right: true}, {title: "SINCE", right: true}, {title: "ID", right: true},
			{title: "ADDRESS"}, {title: "USER"}},
		orders: clientOrders(),
		of:     func(s *monitor.Snapshot) ([]system.Client, int) { return s.Clients, s.ClientsTotal },
		cells:  clientCells,
		object: func(at system.Stamp, c system.Client) any {
			return struct {
				Time system.Stamp `json:"time"`
				system.Client
			}{at, c}
		},
	}
}

func clientOrders() []order[system.Client] {
	rate := func(a, b system.Client) int {
		return cmp.Or(cmp.Compare(b.MessagesIn+b.MessagesOut, a.MessagesIn+a.MessagesOut), cmp.Compare(a.ID, b.ID))
	}
	return []order[system.Client]{
		{"backlog", func(a, b system.Client) int { return cmp.Or(cmp.Compare(b.Backlog, a.Backlog), rate(a, b)) }},
		{"rate", rate},
		{"since", func(a, b system.Client) int { return cmp.Or(a.Since.Time().Compare(b.Since.Time()), rate(a, b)) }},
		{"address", func(a, b system.Client) int { return cmp.Or(cmp.Compare(a.Address, b.Address), rate(a, b)) }},
		{"user", func(a, b system.Client) int { return cmp.Or(cmp.Compare(a.User, b.User), rate(a, b)) }},
	}
}

func clientCells(c system.Client, clock func(system.Stamp) string) []string {
	backlog := nothing
	if c.Backlog > 0 {
		backlog = human.Bytes(uint64(c.Backlog))
	}
	return []string{backlog, cmp.Or(human.Rate(c.MessagesIn), nothing), cmp.Or(human.Rate(c.MessagesOut), nothing),
		cmp.Or(human.ByteRate(c.BytesIn), nothing), cmp.Or(human.ByteRate(c.BytesOut), nothing), human.Count(uint64(c.Subscriptions)),
		clock(c.Since), strconv.FormatUint(c.ID, 10), printable.Line(c.Address), cmp.Or(named(c.User), nothing)}
}

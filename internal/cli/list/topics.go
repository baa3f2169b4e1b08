package list

import (
	"cmp"

	"github.com/spf13/cobra"

	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/internal/monitor"
	"joltui/internal/printable"
	"joltui/internal/system"
)

// NewTopics returns the command joltui topics.
func NewTopics(env process.Env) *cobra.Command {
	return topicListing().command(env, &cobra.Command{
		Use:   "topics",
		Short: "List the topics that a broker has",
		Long: `Prints the topics that have subscribers, or are published to: messages and bytes a
second, how many are subscribed, when something was published last, and the name.
"nobody listens" is a topic that is published to in vain.

Rates are over the last second, for which the command waits: it takes one to two
seconds. A broker counts what is published only while somebody wants to know, so a
topic without subscribers is there only if it was published to meanwhile, and --watch
finds those that are silent for longer.

--watch on a terminal draws the table anew every second; elsewhere each table follows an
empty line, and with --json the lines follow one another, with the time of each.

The broker must tell of itself on ` + system.TopicsTopic + `, as joltui broker does. Where users
log in, this one needs the permission "admin", or "subscribe:` + system.TopicsTopic + `".

Exit codes: 0 done, or --watch was ended by ctrl+c; 1 failed, or the broker tells nothing
of itself; 2 usage; 3 the broker refused; 4 no connection.`,
		Example: `  joltui topics
  joltui topics --watch --sort bytes
  joltui topics --json | jq -r 'select(.subscribers == 0) | .topic'`,
	})
}

func topicListing() listing[system.Topic] {
	return listing[system.Topic]{
		thing: "topic",
		topic: system.TopicsTopic,
		none:  "no topic has a subscriber, and none was published to just now",
		columns: []column{{title: "MESSAGES", right: true}, {title: "BYTES", right: true}, {title: "SUBSCRIBERS", right: true},
			{title: "LAST HEARD", right: true}, {title: "TOPIC"}},
		orders: topicOrders(),
		of:     func(s *monitor.Snapshot) ([]system.Topic, int) { return s.Topics, s.TopicsTotal },
		cells:  topicCells,
		object: func(at system.Stamp, t system.Topic) any {
			return struct {
				Time system.Stamp `json:"time"`
				system.Topic
			}{at, t}
		},
	}
}

func topicOrders() []order[system.Topic] {
	name := func(a, b system.Topic) int { return cmp.Compare(a.Topic, b.Topic) }
	return []order[system.Topic]{
		{"rate", func(a, b system.Topic) int { return cmp.Or(cmp.Compare(b.MessageRate, a.MessageRate), name(a, b)) }},
		{"bytes", func(a, b system.Topic) int { return cmp.Or(cmp.Compare(b.ByteRate, a.ByteRate), name(a, b)) }},
		{"subscribers", func(a, b system.Topic) int { return cmp.Or(b.Subscribers-a.Subscribers, name(a, b)) }},
		{"heard", func(a, b system.Topic) int {
			return cmp.Or(b.LastHeard.Time().Compare(a.LastHeard.Time()), name(a, b))
		}},
		{"name", name},
	}
}

func topicCells(t system.Topic, clock func(system.Stamp) string) []string {
	listeners := human.Count(uint64(t.Subscribers))
	if t.Subscribers == 0 {
		listeners = "nobody listens"
	}
	return []string{cmp.Or(human.Rate(t.MessageRate), nothing), cmp.Or(human.ByteRate(t.ByteRate), nothing), listeners,
		clock(t.LastHeard), named(t.Topic)}
}

// named is a name as a whole, on one line, with blanks at its ends shown; escapes have up
// to ten cells for a character.
func named(name string) string { return printable.Name(name, 10*len(name)+1) }

package overview

import (
	"strings"
	"time"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/ui/views/kit"
)

// level is how much a topic asks to be looked at.
type level int

const (
	calm    level = iota
	waiting       // the broker has not answered yet
	changed       // it comes much faster or slower than in the minute before
	silent        // it came regularly, and comes no more
	losing        // messages were dropped before they could be shown
	refused       // the broker does not let us subscribe
)

// What is taken for a change. All of it is about what the eye would miss in a list of rates.
const (
	recent     = 10               // seconds that are compared with the rest of a minute
	twice      = 2                // as much, or as little
	certain    = 20               // messages more, or fewer: below that it may be chance
	leastHeard = 10               // messages, before a topic can be called regular
	leastQuiet = 10 * time.Second // before a topic can be called silent
	missed     = 10               // times as long as between two messages
)

// verdict is what is the matter with a topic.
type verdict struct {
	topic *feed.Topic
	level level
	words string // untrusted
}

func judge(t *feed.Topic, now time.Time) verdict {
	switch {
	case t.State == feed.TopicRejected:
		return verdict{t, refused, t.Err}
	case t.Dropped > 0:
		return verdict{t, losing, human.Count(t.Dropped) + " dropped"}
	}
	if quiet := now.Sub(t.LastAt); fellSilent(t, quiet) {
		return verdict{t, silent, "silent for " + human.Whole(quiet.Truncate(time.Second))}
	}
	if words := changedWords(t, now); words != "" {
		return verdict{t, changed, words}
	}
	switch {
	case t.State == feed.TopicPending:
		return verdict{t, waiting, "not subscribed yet"}
	case t.State == feed.TopicIdle:
		return verdict{t, calm, "not subscribed"}
	case t.LastAt.IsZero():
		return verdict{t, calm, "nothing yet"}
	case t.Rate() > 0:
		return verdict{t, calm, "steady"}
	default:
		return verdict{t, calm, "quiet"}
	}
}

// fellSilent reports whether no message came for much longer than usual.
func fellSilent(t *feed.Topic, quiet time.Duration) bool {
	if t.State != feed.TopicSubscribed || t.Received < leastHeard || quiet < leastQuiet {
		return false
	}
	between := t.LastAt.Sub(t.Since) / time.Duration(t.Received)
	return quiet > missed*between
}

// changedWords says how the rate of the latest seconds differs from that of the minute
// before them; empty where it hardly does.
func changedWords(t *feed.Topic, now time.Time) string {
	seconds := t.Spark()
	if len(seconds) <= 2*recent || now.Sub(t.Since) < time.Duration(len(seconds))*time.Second {
		return ""
	}
	before, latest := mean(seconds[:len(seconds)-recent]), mean(seconds[len(seconds)-recent:])
	switch {
	case (latest-before)*recent >= certain && latest >= twice*before:
		if before == 0 {
			return "↑ was silent before"
		}
		return "↑ " + human.Scaled(latest/before) + " times as fast"
	case (before-latest)*recent >= certain && latest*twice <= before:
		return "↓ was " + human.Rate(before)
	default:
		return ""
	}
}

func mean(values []float64) (m float64) {
	for _, v := range values {
		m += v
	}
	return m / float64(len(values))
}

// sign is the level for who sees no colours.
func (v verdict) sign() string {
	return [...]string{calm: "·", waiting: "◌", changed: "~", silent: "○", losing: "▲", refused: "✗"}[v.level]
}

// text is the words, of so many cells. Of the broker's words that are longer only the code
// in front is of use.
func (v verdict) text(cells int) string {
	words := printable.Prefix(v.words, cells+1)
	if code, _, found := strings.Cut(words, ":"); found && kit.Width(words) > cells {
		return code
	}
	return words
}

package broker

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"joltui/internal/monitor"
	"joltui/internal/printable"
	"joltui/internal/system"
	"joltui/ui/views/kit"
)

// nothing says why there is nothing to see, and what that means.
func (p *Page) nothing(w int) []string {
	rows := kit.Blank(w, 1)
	for i, text := range p.whyNothing() {
		paint := p.styles.Text
		if i == 0 {
			paint = p.styles.Strong
		}
		rows = append(rows, sentence(w, paint, text)...)
	}
	return rows
}

// sentenceMost bounds a sentence of a broker, in cells.
const sentenceMost = 500

// sentence writes untrusted text over as many rows as it needs.
func sentence(w int, paint kit.Paint, text string) (rows []string) {
	const edge = 2
	for line := range strings.SplitSeq(ansi.Wrap(printable.Prefix(text, sentenceMost), max(w-2*edge, 1), ""), "\n") {
		rows = append(rows, kit.NewLine(w, kit.Paint{}).Space(edge).Put(paint, line).String())
	}
	return rows
}

func (p *Page) whyNothing() []string {
	switch p.known.State {
	case monitor.Absent:
		return []string{
			"This broker tells nothing of itself.",
			"It has no $SYS topics, as joltui broker has. Here you see the topics that you subscribe to, " +
				"and neither which others there are nor who else is connected.",
		}
	case monitor.Refused:
		return []string{
			"You may not ask this broker about itself: " + p.known.Reason,
			"That takes the permission admin, or subscribe:" + system.BrokerTopic + " and the like for each of its lists.",
		}
	case monitor.Down:
		return []string{"There is no connection to ask: " + p.known.Reason, "It is tried again all the time."}
	default:
		return []string{"Asking the broker …"}
	}
}

// empty says why a list has no rows; empty text where it has some.
func (p *Page) empty() string {
	n, topic := len(p.events), system.EventsTopic
	nothing := "nothing has happened yet"
	switch p.on {
	case topicList:
		n, topic, nothing = len(p.topics.All), system.TopicsTopic, "nobody is subscribed to anything, and nothing was published lately"
	case clientList:
		n, topic, nothing = len(p.clients.All), system.ClientsTopic, "nobody is connected"
	}
	switch {
	case n > 0:
		return ""
	case slices.Contains(p.known.Forbidden, topic):
		return "You may not see this: it takes the permission admin, or subscribe:" + topic
	case p.text != "":
		return "nothing here has " + printable.Line(p.text) + " in it"
	default:
		return nothing
	}
}

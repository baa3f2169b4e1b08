package stream

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
	"joltui/ui/views/kit"
)

// emptyView says why there are no messages, and what the user can do about it.
func (s *Pane) emptyView(f *feed.Feed, w, h int) []string {
	spans := s.emptyWords(f)
	rows := make([]string, 0, h)
	rows = append(rows, kit.NewLine(w, kit.Paint{}).String())
	for _, span := range spans {
		for _, text := range strings.Split(ansi.Wordwrap(span.Text, max(w-4, 1), ""), "\n") {
			rows = append(rows, kit.NewLine(w, kit.Paint{}).Space(2).Put(span.Paint, text).String())
		}
	}
	return rows
}

func (s *Pane) emptyWords(f *feed.Feed) []kit.Span {
	dim := s.styles.Dim
	name := printable.Name(s.topic, max(s.w, 0))
	t := f.Topic(s.topic)
	switch {
	case s.source.index != nil && s.source.index.Seen() > 0:
		return []kit.Span{dim.Span("nothing matches " + s.expression() +
			" in " + human.Count(uint64(s.source.index.Seen())) + " messages" + s.newerWords())}
	case s.topic == "" && s.several == nil:
		return []kit.Span{dim.Span("no messages yet")}
	case s.several != nil && (t == nil || t.State == feed.TopicSubscribed):
		return []kit.Span{dim.Span("no messages yet: " + s.several.Words)}
	case t != nil && f.By(t) != nil:
		return []kit.Span{dim.Span("no messages held of " + name + ", which comes by " + printable.Name(f.By(t).Name, max(s.w, 0)))}
	case t == nil || t.State == feed.TopicIdle:
		return []kit.Span{dim.Span("not subscribed to " + name), dim.Span(kit.Press(s.hints.Subscribe, "to subscribe"))}
	case t.State == feed.TopicRejected:
		return s.rejectedWords(t, name)
	case t.State == feed.TopicPending && f.Connection().State == jolt.Up:
		return []kit.Span{dim.Span("waiting for the broker to accept the subscription to " + name)}
	case t.State == feed.TopicPending:
		return []kit.Span{dim.Span("not connected: " + name + " is subscribed as soon as there is a connection")}
	default:
		return []kit.Span{dim.Span("no messages yet on " + name)}
	}
}

// newerWords says, of a frozen stream, what it does not show: how much has come since, what is
// known of it, and the keys that look at it.
func (s *Pane) newerWords() string {
	waiting := s.source.waiting()
	if waiting == 0 {
		return ""
	}
	newer := "; " + human.Count(waiting) + " newer"
	next, _, _ := strings.Cut(s.actions.Key("stream.hit.next").Help().Key, " ")
	follow, _, _ := strings.Cut(s.moves[kit.Bottom].Help().Key, " ")
	switch hits, known := s.source.newerHits(); {
	case hits > 0:
		return newer + ", of which " + human.Count(uint64(hits)) + " match: " + next + " looks, " + follow + " follows"
	case known:
		return newer + " do not either"
	default:
		return newer + " not looked at: " + next + " looks, " + follow + " follows"
	}
}

func (s *Pane) rejectedWords(t *feed.Topic, name string) []kit.Span {
	code, _, _ := strings.Cut(t.Err, ":")
	advice := "try again"
	switch strings.TrimSpace(code) {
	case jolt.CodeForbidden:
		advice = "ask whoever runs the broker for the permission subscribe:" + name
	case jolt.CodeAuthRequired, jolt.CodeAuthFailed:
		advice = "log in: start joltui with --user and --password-file"
	case jolt.CodeBadTopic:
		advice = "use another topic name"
	}
	return []kit.Span{
		s.styles.Error.Span("✗ " + printable.Prefix(t.Err, 500)),
		s.styles.Text.Span("the broker refused the subscription to " + name),
		s.styles.Dim.Span(advice),
		s.styles.Dim.Span(kit.Press(s.hints.Unsubscribe, "to remove it from the list")),
	}
}

package views

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/jolt"
)

// emptyView says why there is nothing to see, and what to do about it.
func (s *Stream) emptyView(f *feed.Feed, w, h int) []string {
	spans := s.emptyWords(f)
	rows := make([]string, 0, h)
	rows = append(rows, NewLine(w, Paint{}).String())
	for _, span := range spans {
		for _, text := range strings.Split(ansi.Wordwrap(span.Text, max(w-4, 1), ""), "\n") {
			rows = append(rows, NewLine(w, Paint{}).Space(2).Put(span.Paint, text).String())
		}
	}
	return rows
}

func (s *Stream) emptyWords(f *feed.Feed) []Span {
	dim := s.styles.Dim
	name := printable.Prefix(s.topic, max(s.w, 0))
	t := f.Topic(s.topic)
	switch {
	case s.source.index != nil && s.source.index.Seen() > 0:
		return []Span{{dim, "nothing matches " + s.expression() +
			" in " + human.Count(uint64(s.source.index.Seen())) + " messages"}}
	case s.topic == "":
		return []Span{{dim, "no messages yet"}}
	case t == nil || t.State == feed.TopicIdle:
		return []Span{{dim, "not subscribed to " + name}, {dim, press(s.hints.Subscribe, "to subscribe")}}
	case t.State == feed.TopicRejected:
		return s.rejectedWords(t, name)
	case t.State == feed.TopicPending && f.Connection().State == jolt.Up:
		return []Span{{dim, "waiting for the broker to accept the subscription to " + name}}
	case t.State == feed.TopicPending:
		return []Span{{dim, "not connected: " + name + " is subscribed as soon as there is a connection"}}
	default:
		return []Span{{dim, "no messages yet on " + name}}
	}
}

func (s *Stream) rejectedWords(t *feed.Topic, name string) []Span {
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
	return []Span{
		{s.styles.Error, "✗ " + printable.Prefix(t.Err, 500)},
		{s.styles.Text, "the broker refused the subscription to " + name},
		{s.styles.Dim, advice},
		{s.styles.Dim, press(s.hints.Unsubscribe, "to remove it from the list")},
	}
}

package ui

import (
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/layout"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/stream"
	"joltui/ui/views/topics"
)

// askFilter opens the prompt for a filter: of the topics if they have the focus, else of the
// messages.
func (d *desk) askFilter() {
	if d.focus == layout.RegionTopics && d.layout.Topics.W > 0 {
		q := d.topics.FilterQuestion()
		q.OtherHelp = "filter messages"
		q.Other = func(text string) kit.Intent {
			d.askMessages()
			if text == "" {
				return nil
			}
			return d.prompt.Type(text)
		}
		d.prompt.Ask(q)
		return
	}
	d.askMessages()
}

// askMessages opens the prompt for a filter of the messages.
func (d *desk) askMessages() {
	q, _ := d.beginFilter()
	d.prompt.Ask(q)
}

// beginFilter returns the question for a filter of the messages, which shows what is left as
// it is typed.
func (d *desk) beginFilter() (kit.Question, tea.Cmd) {
	d.eachStream((*stream.Pane).BeginFilter)
	return d.filterQuestion(), nil
}

func (d *desk) filterQuestion() kit.Question {
	try := func(text string) kit.Intent {
		d.filterBy(text, (*stream.Pane).TryFilter)
		return nil
	}
	accept := func(text string) kit.Intent {
		d.setFilter(text)
		d.goToNewestHit()
		return nil
	}
	return intent.FilterQuestion(d.filter.String(), try, accept)
}

// setFilter sets the filter of all streams; an empty text is no filter. What it finds is
// kept from now on. A filter that is only being typed keeps nothing: the one before goes on
// finding until another one is set.
func (d *desk) setFilter(text string) {
	d.filterBy(text, (*stream.Pane).SetFilter)
	d.feed.Find(d.filter)
}

// filterBy parses a filter and calls set with it for all streams. An invalid one changes
// nothing: the prompt says what is wrong with it.
func (d *desk) filterBy(text string, set func(*stream.Pane, feed.Filter)) {
	f, err := feed.ParseFilter(text)
	if err != nil {
		return
	}
	d.filter = f
	d.eachStream(func(s *stream.Pane) { set(s, f) })
}

// goToNewestHit gives the focus to the stream, with the cursor on the newest hit. A stream
// that was scrolled up stays at the hit that it has shown while the filter was typed.
func (d *desk) goToNewestHit() {
	if d.filter.Empty() || d.top() != nil || d.welcoming() {
		return
	}
	d.focus = layout.RegionStream
	d.stream().ToNewestHit(d.feed)
}

// changeOptions changes the options of all streams.
func (d *desk) changeOptions(change func(*stream.Options)) {
	change(&d.streamOptions)
	d.eachStream(func(s *stream.Pane) { s.SetOptions(d.streamOptions) })
}

// pause freezes all streams, or lets those go on that followed before.
func (d *desk) pause(on bool) {
	d.paused = on
	d.eachStream(func(s *stream.Pane) { s.SetPaused(on) })
}

// resume ends a pause at the newest messages.
func (d *desk) resume() {
	d.paused = false
	focused := d.streams[d.tile]
	d.eachStream(func(s *stream.Pane) { s.Follow(s == focused) })
}

// resumeKeys returns the keys that end a pause, for the footer. The second one works only
// in a stream.
func (d *desk) resumeKeys() []key.Binding {
	here, now := d.key("pause"), d.key("move.bottom")
	here.SetHelp(here.Help().Key, "resume")
	now.SetHelp(now.Help().Key, "resume at now")
	if d.focus != layout.RegionStream || d.stream().Follows() {
		return []key.Binding{here}
	}
	return []key.Binding{here, now}
}

// searchMsg wakes the dashboard up so that the streams go on with their searches.
type searchMsg struct{}

// Quiet implements [loop.Quiet].
func (searchMsg) Quiet() {}

// searchRest is the pause between two turns of a search, in which the dashboard handles
// other messages, keys above all.
const searchRest = 2 * time.Millisecond

// searchOn lets the streams search for a while, and sends a searchMsg if they need more
// time.
func (d *desk) searchOn() tea.Cmd {
	more := false
	for _, s := range d.streams {
		more = s.Search(d.feed) || more
	}
	if d.search || !more {
		return nil
	}
	d.search = true
	return tea.Tick(searchRest, func(time.Time) tea.Msg { return searchMsg{} })
}

// showSelected has the single stream show what the selected row of the topics stands for. Of
// several topics the feed makes one stream, which it is asked for again when it is another
// feed.
func (d *desk) showSelected() {
	d.topics.Settle(d.feed)
	scope := d.topics.Scope()
	if !scope.Several() {
		if d.scope != (topics.Scope{}) {
			d.feed.Gather(nil)
		}
		d.scope = topics.Scope{}
		d.single.SetTopic(scope.Topic)
		return
	}
	if d.scope != scope || d.feed.Gathered() == nil {
		d.feed.Gather(scope.Has())
		d.scope = scope
	}
	words, rate := d.topics.ScopeWords(d.feed)
	d.single.SetSeveral(scope.Topic, stream.Several{Words: words, Rate: rate, Prefix: scope.Prefix()})
}

// topicsOnScreen words which topics are shown, and returns a function that reports whether
// one is among them, for any goroutine.
func (d *desk) topicsOnScreen() (words string, has func(topic string) bool) {
	var shown []string
	for _, s := range d.streams {
		if words := s.Several(); words != "" {
			return words, d.scope.Has()
		}
		if s.Topic() == "" {
			return "all topics", func(string) bool { return true }
		}
		shown = append(shown, s.Topic())
	}
	return strings.Join(shown, ", "), func(topic string) bool { return slices.Contains(shown, topic) }
}

// onScreen words which messages are on screen.
func (d *desk) onScreen() string {
	words, _ := d.topicsOnScreen()
	if filter := d.filter.String(); filter != "" {
		words += ", filter " + filter
	}
	return words
}

// matcher returns a function that selects the messages of the topics that has reports, and
// that match a filter.
func matcher(has func(topic string) bool, f feed.Filter) func(*jolt.Message) bool {
	return func(m *jolt.Message) bool {
		return has(m.Topic) && f.Match(m.Data)
	}
}

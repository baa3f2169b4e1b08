package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/ui/keys"
	"joltui/ui/views/frame"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/watches"
)

// How long the watches may take for a batch. Under a flood batches follow one
// another without a pause, so that it is a share of the time between them.
const (
	watchShare = 5                      // one part in so many
	watchTime  = 4 * time.Millisecond   // of a frame of 16 ms, at most
	watchLeast = 100 * time.Microsecond // or nothing would ever be seen
)

// watching is the fields that the user watches, and the bell of their alerts.
type watching struct {
	*opener
	desk    *desk
	page    *watches.Page
	rung    uint64    // alerts that the bell was rung for
	batchAt time.Time // when the latest batch came
}

func newWatching(d *desk) *watching {
	page := watches.New(&d.styles, watches.Actions(), d.moves)
	return &watching{opener: opens(d.shell, "watches", "Look", keys.Bind("W", "watched fields", "W"), page), desk: d, page: page}
}

// tell says how many alerts there are.
func (w *watching) tell(info *frame.Info) { info.Alerts = w.feed.Watches().Alerting() }

func (w *watching) booking() { w.allowWatches() }
func (w *watching) booked()  {}

func (w *watching) settle() tea.Cmd { return w.ring() }

// allowWatches gives the watches their time for the next batch.
func (w *watching) allowWatches() {
	share := w.now.Sub(w.batchAt) / watchShare
	w.batchAt = w.now
	w.allow(min(max(share, watchLeast), watchTime))
}

func (w *watching) allow(d time.Duration) { w.feed.Watches().Allow(d, w.options.Now) }

// carry does what is asked of the watches.
func (w *watching) carry(in kit.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case watches.Add:
		topic := w.desk.currentTopic()
		w.prompt.Ask(watches.Question(topic, w.knownPaths(topic), func(f feed.Field) kit.Intent {
			w.watch(f)
			return nil
		}))
	case intent.Watch:
		field := feed.Field{Path: in.Path}
		if in.Topic != "" {
			field.Topics = []string{in.Topic}
		}
		w.watch(field)
	case watches.Unwatch:
		w.feed.Unwatch(in.Watch)
	case watches.StartOver:
		in.Watch.Reset()
	case watches.SetThreshold:
		w.feed.SetThreshold(in.Watch, in.Threshold)
	default:
		return nil, false
	}
	return nil, true
}

// watch looks at a field, and shows it.
func (w *watching) watch(field feed.Field) {
	w.allow(watchTime)
	watch, err := w.feed.Watch(field)
	if err != nil {
		w.say("cannot watch " + printable.Line(field.String()) + ": " + err.Error())
		return
	}
	w.page.Select(watch, w.feed)
	w.push(w.page)
}

// knownPaths are the fields of the latest message on a topic, "" for any topic.
func (w *watching) knownPaths(topic string) []string {
	history := w.feed.All()
	if topic != "" {
		t := w.feed.Topic(topic)
		if t == nil {
			return nil
		}
		history = t.History()
	}
	rows := history.Window()
	if rows.Len() == 0 {
		return nil
	}
	return feed.FieldPaths(rows.At(rows.Next() - 1).Data)
}

// ring rings the bell once for all alerts that began since the last time.
func (w *watching) ring() tea.Cmd {
	begun := w.feed.Watches().AlertsBegun()
	if begun == w.rung {
		return nil
	}
	w.rung = begun
	bell := w.options.Bell
	if bell == nil {
		return nil
	}
	return func() tea.Msg {
		bell()
		return nil
	}
}

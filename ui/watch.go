package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/ui/keys"
	"joltui/ui/layout"
	"joltui/ui/views/frame"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/ledger"
	"joltui/ui/views/watches"
)

// The time that the watches may take for a batch: a share of the time since the batch
// before, within bounds. Under a flood batches follow one another without a pause.
const (
	watchShare = 5                      // a fifth
	watchTime  = 4 * time.Millisecond   // at most, of a frame of 16 ms
	watchLeast = 100 * time.Microsecond // at least, or no value would ever be evaluated
)

// watching is the feature of watched fields, and of the bell for their alerts.
type watching struct {
	*opener
	desk    *desk
	page    *watches.Page
	rung    uint64    // how many alerts the bell was rung for
	batchAt time.Time // when the latest batch came
}

func newWatching(d *desk) *watching {
	page := watches.New(&d.styles, watches.Actions(), d.moves)
	return &watching{opener: opens(d.shell, "watches", "Look", keys.Bind("W", "watched fields", "W"), page), desk: d, page: page}
}

// tell shows in the header how many alerts there are.
func (w *watching) tell(info *frame.Info) { info.Alerts = w.feed.Watches().Alerting() }

func (w *watching) booking() { w.allowWatches() }
func (w *watching) booked()  {}

func (w *watching) settle() tea.Cmd { return w.ring() }

// allowWatches sets the time that the watches may take for the next batch.
func (w *watching) allowWatches() {
	share := w.now.Sub(w.batchAt) / watchShare
	w.batchAt = w.now
	w.allow(min(max(share, watchLeast), watchTime))
}

func (w *watching) allow(d time.Duration) { w.feed.Watches().Allow(d, w.options.Now) }

// carry carries out the intents that are about watches.
func (w *watching) carry(in kit.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case watches.Add:
		w.prompt.Ask(w.question())
	case intent.Watch:
		field := feed.Field{Path: in.Path}
		if in.Topic != "" {
			field.Topics = []string{in.Topic}
		}
		w.watch(field)
	case ledger.OpenWatch:
		watch := w.feed.Watches().Find(in.Field)
		if watch == nil {
			w.say(printable.Line(in.Field.String()) + " is not watched any more")
			return nil, true
		}
		w.page.Select(watch, w.feed)
		w.push(w.page)
	case watches.Filter:
		w.filterBy(in)
	case watches.Unwatch:
		w.feed.Unwatch(in.Watch)
	case watches.StartOver:
		in.Watch.Reset()
	case watches.SetThreshold:
		w.feed.SetThreshold(in.Watch, in.Threshold)
		if doubt := in.Watch.Doubt(in.Threshold); doubt != "" {
			w.say("alert set: " + printable.Line(in.Threshold.String()) + "; but " + printable.Line(doubt))
		}
	default:
		return nil, false
	}
	return nil, true
}

// question asks which field to watch.
func (w *watching) question() kit.Question {
	topic := w.desk.currentTopic()
	return watches.Question(topic, w.knownPaths(topic), func(f feed.Field) kit.Intent {
		w.watch(f)
		return nil
	})
}

func (w *watching) commands() []command {
	return []command{
		{name: "watch", usage: "FIELD", does: "watch a field: .amount, .amount in orders.*",
			suggest: func(args string) []string { return w.question().Suggest(args) },
			check:   func(args string) error { return w.question().Check(args) },
			run:     func(args string) tea.Cmd { return w.do(w.question().Accept(args)) }},
		{name: "alert", usage: "FIELD CONDITION", does: "tell when: .amount > 100, .id absent for 30s",
			suggest: func(args string) []string {
				return watches.SuggestAlerts(args, w.knownPaths(w.desk.currentTopic()))
			},
			check: func(args string) error {
				_, _, err := watches.ParseAlert(args, w.desk.currentTopic())
				return err
			},
			run: w.alert},
	}
}

// alert watches a field with a threshold.
func (w *watching) alert(text string) tea.Cmd {
	field, when, err := watches.ParseAlert(text, w.desk.currentTopic())
	if err != nil {
		return nil // the palette has said why
	}
	if watch := w.watch(field); watch != nil {
		w.feed.SetThreshold(watch, when)
	}
	return nil
}

// filterBy filters the streams by what a watch has counted. If it is of one topic, that is
// shown.
func (w *watching) filterBy(in watches.Filter) {
	w.pages.close()
	if len(in.Topics) == 1 && w.feed.Topic(in.Topics[0]) != nil {
		w.desk.topics.Select(in.Topics[0])
		w.desk.arrange()
		w.desk.open()
	}
	w.desk.focus = layout.RegionStream
	w.desk.setFilter("jq " + in.Expression)
}

// watch adds a watch, and opens the page with it selected. It returns nil, and says why, where
// there can be none.
func (w *watching) watch(field feed.Field) *feed.Watch {
	w.allow(watchTime)
	watch, err := w.feed.Watch(field)
	if err != nil {
		w.say("cannot watch " + printable.Line(field.String()) + ": " + err.Error())
		return nil
	}
	w.page.Select(watch, w.feed)
	w.push(w.page)
	return watch
}

// knownPaths returns the paths of the fields in the latest message on a topic, "" for any
// topic.
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

// ring returns the command that rings the bell, once for all alerts that have begun since
// it was rung last.
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

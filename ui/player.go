package ui

import (
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/editor"
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/jolt"
	"joltui/ui/keys"
	"joltui/ui/layout"
	"joltui/ui/loop"
	"joltui/ui/paths"
	"joltui/ui/views/frame"
	"joltui/ui/views/kit"
	"joltui/ui/views/recordings"
	"joltui/ui/views/timeline"
)

// Player plays a recording to the dashboard. [record.Player] implements it; whoever runs it
// sends its [record.Stretch] values to the [Model] as messages. No method blocks.
type Player interface {
	// Status returns where in the recording it is, and how it is played.
	Status() record.Playing
	// Density divides what is known of the recording into n slices of the same duration, and
	// returns what is in each; nil while nothing is known.
	Density(n int) []record.Slice
	// Now returns the current time in the recording.
	Now() time.Time
	// Pause stops playing, or goes on.
	Pause()
	// Step plays the next message only.
	Step()
	// Faster doubles the speed so many times, or halves it if by is negative.
	Faster(by int)
	// Seek goes to a time or a share of the recording.
	Seek(record.Target)
	// SeekBy goes ahead in the recording, or back if the duration is negative.
	SeekBy(time.Duration)
}

// replaying is the feature that controls how a recording is played in place of a
// connection.
type replaying struct {
	*desk
	set  keys.Set[*replaying]
	file paths.Typed // of a recording to be played
	list *recordings.Page
}

func newReplaying(d *desk) *replaying {
	action := func(name, label, does, pressed string, run func(Player)) keys.Action[*replaying] {
		return keys.Action[*replaying]{
			Name: "replay." + name, Group: "Recording", Where: keys.Dashboard(), Key: keys.Bind(label, does, pressed),
			On:  func(r *replaying) bool { return r.options.Player != nil },
			Off: "no recording is played here",
			Run: keys.Do(func(r *replaying) { run(r.options.Player) }),
		}
	}
	by := func(d time.Duration) func(Player) { return func(p Player) { p.SeekBy(d) } }
	goTo := action("goto", "@", "go to a time", "@", nil)
	goTo.Run = keys.Do((*replaying).askWhere)
	list := recordings.New(&d.styles, recordings.Actions(), d.moves, d.options.Replay != nil)
	return &replaying{desk: d, list: list, file: paths.Typed{Files: d.options.Files, Newest: true}, set: keys.Set[*replaying]{
		action("play", ",", "play or pause", ",", Player.Pause),
		action("step", ".", "next message", ".", Player.Step),
		action("slower", "[", "half as fast", "[", func(p Player) { p.Faster(-1) }),
		action("faster", "]", "twice as fast", "]", func(p Player) { p.Faster(+1) }),
		action("back", "(", "back 10 s", "(", by(-10*time.Second)),
		action("ahead", ")", "ahead 10 s", ")", by(10*time.Second)),
		action("farback", "{", "back a minute", "{", by(-time.Minute)),
		action("farahead", "}", "ahead a minute", "}", by(time.Minute)),
		goTo,
	}}
}

func (r *replaying) entries() keys.Table {
	return append(r.set.Entries(func() *replaying { return r }), r.list.Entries()...)
}

// playKey returns the keys that play and pause, for the footer: that of the pause of the
// dashboard comes first, which in a recording pauses the player.
func (r *replaying) playKey() key.Binding {
	play := r.key("pause")
	play.SetHelp(play.Help().Key, "play or pause")
	if len(play.Keys()) == 0 { // the user has taken it away
		return r.key("replay.play")
	}
	return play
}

func (r *replaying) askWhere() {
	q, _ := r.timeQuestion()
	r.prompt.Ask(q)
}

func (r *replaying) commands() []command {
	if r.options.Replay == nil {
		return nil
	}
	return []command{{name: "replay", usage: "[FILE]", does: "play a recording, then come back here",
		ask: r.askFile, run: func(path string) tea.Cmd {
			if path == "" {
				return r.listRecordings()
			}
			return r.play(path)
		}}}
}

// recordingsMsg has the recordings of the usual folder.
type recordingsMsg struct {
	all []record.Found
	err error
}

// listRecordings opens the page of the recordings in the usual folder.
func (r *replaying) listRecordings() tea.Cmd {
	read, folder := r.options.Recordings, r.options.RecordIn[0]
	r.list.Open(folder, r.now.Location())
	r.push(r.list)
	return func() tea.Msg {
		if read == nil {
			return recordingsMsg{}
		}
		all, err := read(folder)
		return recordingsMsg{all, err}
	}
}

// carry plays the recording that was chosen; the dashboard is there again afterwards.
func (r *replaying) carry(in kit.Intent) (tea.Cmd, bool) {
	chosen, ok := in.(recordings.Play)
	if !ok {
		return nil, false
	}
	r.pages.remove(r.list)
	return r.play(chosen.Path), true
}

// askFile asks which recording to play, those in the usual folder first.
func (r *replaying) askFile() (kit.Question, tea.Cmd) {
	folder := r.options.RecordIn[0] + string(filepath.Separator)
	return r.file.Question("replay ", "the path of a recording", folder, func(path string) kit.Intent {
		return kit.Do(func() tea.Cmd { return r.play(path) })
	}), r.file.Begin(folder)
}

// play gives the terminal to a player of the recording. What comes meanwhile waits, as while
// an editor has the terminal.
func (r *replaying) play(path string) tea.Cmd {
	if r.options.Replay == nil {
		r.sayFailed("not played: " + r.noMachine("there is no player here"))
		return nil
	}
	run := &playerRun{Program: editor.Program{Start: r.options.Foreground}, cmd: r.options.Replay(human.Home(path))}
	return tea.Exec(run, func(err error) tea.Msg { return playedMsg{path, err} })
}

// playerRun plays a recording on the terminal. It implements [tea.ExecCommand].
type playerRun struct {
	editor.Program
	cmd *exec.Cmd
}

// Run returns when the player has ended.
func (p *playerRun) Run() error { return p.Start(p.cmd) }

// playedMsg says how a player has ended.
type playedMsg struct {
	path string
	err  error
}

// tell shows in the header where the recording is, and in the footer the keys that control
// it.
func (r *replaying) tell(info *frame.Info) {
	if r.options.Player == nil {
		return
	}
	info.Replay = &frame.Replay{Name: r.options.Addr, Playing: r.options.Player.Status()}
	if r.top() == nil && r.focus != layout.RegionPublish {
		first := min(len(info.Keys)-1, 1) // what the focused region is for
		info.Keys = slices.Concat(info.Keys[:first], []key.Binding{r.playKey()}, r.set.Keys("replay.step", "replay.goto", "replay.slower",
			"replay.faster", "replay.back", "replay.ahead"), []key.Binding{r.key("help")})
	}
}

// take applies a stretch of a recording, second by second, so that rates are what they
// were.
func (r *replaying) take(msg tea.Msg) (cmd tea.Cmd, done bool) {
	if found, ok := msg.(recordingsMsg); ok {
		r.list.Show(found.all, found.err)
		return nil, true
	}
	if played, ok := msg.(playedMsg); ok {
		if played.err != nil {
			r.sayFailed("not played: " + printable.Line(played.path) + ": " + printable.Line(played.err.Error()))
		}
		return nil, true
	}
	piece, ok := msg.(record.Stretch)
	if !ok {
		return nil, r.file.Take(msg)
	}
	if piece.Reset {
		r.rewind()
	}
	for _, s := range piece.Scenes {
		r.now = s.At.Truncate(time.Second) // a second may come in two stretches
		r.apply(loop.Batch{Events: r.expected(s.Events)})
		r.now = s.At
		if s.Missing.Messages > 0 {
			r.note(human.Count(s.Missing.Messages) + " messages, " + human.Bytes(s.Missing.Bytes) +
				", are not in the recording: they came faster than they could be written")
		}
		if s.Err != nil {
			r.fail("cannot be played: " + s.Err.Error())
		}
	}
	r.now = r.clock()
	if piece.Ended {
		r.note("the recording ends here")
	}
	r.keepWindow = piece.Partial
	return nil, true
}

// timeline draws the timeline of the recording, with the messages that are marked.
func (m *Model) timeline() []string {
	shown := timeline.Shown{Playing: m.options.Player.Status(), Density: m.options.Player.Density}
	for _, e := range m.feed.Pins().Of(nil) {
		shown.Marks = append(shown.Marks, e.At)
	}
	return timeline.View(&m.styles, m.layout.Timeline.W, m.layout.Timeline.H, shown)
}

// expected adds replies to events, as if topics were subscribed: each topic before its first
// message, and all of them when a connection is made again.
func (r *replaying) expected(events []jolt.Event) []jolt.Event {
	all := make([]jolt.Event, 0, len(events)+1)
	heard := make(map[string]bool)
	for _, e := range events {
		switch e := e.(type) {
		case *jolt.Message:
			if r.feed.Topic(e.Topic) == nil && !heard[e.Topic] {
				heard[e.Topic] = true
				all = append(all, subscription(e.Topic, e.At))
			}
		case *jolt.StateChange:
			if e.State == jolt.Up {
				all = append(all, r.subscriptions(e.At)...)
			}
		}
		all = append(all, e)
	}
	return all
}

// subscriptions returns the replies that subscribe the topics of the recording.
func (r *replaying) subscriptions(at time.Time) []jolt.Event {
	var all []jolt.Event
	for _, t := range r.feed.Topics() {
		if t.Received > 0 {
			all = append(all, subscription(t.Name, at))
		}
	}
	return all
}

// subscription returns the reply that a topic is subscribed.
func subscription(topic string, at time.Time) jolt.Event {
	return &jolt.Reply{
		At: at, Outcome: jolt.Acknowledged,
		Request: jolt.Request{Op: jolt.OpSubscribe, Topic: topic, Auto: true},
	}
}

// rewind begins with a new feed, because the next stretch is from elsewhere in the
// recording. Topics stay known, and watches start over.
func (r *replaying) rewind() {
	r.now = r.clock()
	marks := r.feed.Pins().Of(nil)
	known, watches := r.subscriptions(r.now), r.feed.Watches().All()
	r.feed = feed.New(r.options.Limits)
	r.paused = false
	if n := len(marks); n > 0 {
		r.note(human.Counted(uint64(n), "mark") + " removed: what was marked is played again, as new messages")
	}
	r.feed.Find(r.filter)
	r.begin(r.single.Topic())
	r.restart()
	r.apply(loop.Batch{Events: known})
	for _, old := range watches {
		if w, err := r.feed.Watch(old.Field()); err == nil { // it was good before
			r.feed.SetThreshold(w, old.Threshold())
		}
	}
	r.note("went elsewhere in the recording: all counts begin anew")
}

package ui

import (
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/export"
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/ui/keys"
	"joltui/ui/views/frame"
	"joltui/ui/views/kit"
)

// Recorder writes what arrives to files, before the dashboard can drop any of it.
// [record.Tap] implements it. Start and Stop may block: they are called in commands.
type Recorder interface {
	// Start begins a recording in a new file.
	Start(path string, o record.Options) (record.Status, error)
	// Status returns the state of the recording, and whether there is one. It does not
	// block.
	Status() (record.Status, bool)
	// Stop ends the recording, and returns when everything is written, and whether there
	// was one.
	Stop() (record.Status, bool)
}

// recording is the feature that records what arrives.
type recording struct {
	*desk
	set    keys.Set[*recording]
	failed bool          // the latest recording failed, and the user has not begun another
	gone   bool          // its files are not in place, and the user was told
	until  time.Time     // when it ends by itself; zero if it does not
	lasts  time.Duration // of which that is the end
	past   *past         // what it has yet to get of what came before it
}

// past is what a recording is to begin with. It gets it when the feed has what the recorder
// got first: until then there may be messages on their way that neither of them has.
type past struct {
	seen  []*feed.Entry // when it was asked for: it may make room before the rest is known
	to    chan<- []record.Entry
	since time.Time
}

func newRecording(d *desk) *recording {
	return &recording{desk: d, set: keys.Set[*recording]{
		{
			Name: "record", Group: "Do", Where: keys.Dashboard(), Key: keys.Bind("r", "record, or stop", "r"),
			On:  func(r *recording) bool { return r.options.Recorder != nil },
			Off: d.noMachine("nothing can be recorded here"),
			Run: keys.Cmd((*recording).toggle),
		},
	}}
}

func (r *recording) entries() keys.Table { return r.set.Entries(func() *recording { return r }) }

func (r *recording) tick() tea.Cmd { return r.checkRecording() }

// tell shows in the header that there is a recording, or that it has failed.
func (r *recording) tell(info *frame.Info) {
	if s, on := r.status(); on {
		info.Recording, info.RecordingFor = &s, r.lasts
	}
	info.RecordFailed = r.failed
}

type (
	// startedMsg is the result of starting a recording.
	startedMsg struct {
		status record.Status
		path   string
		what   frame.Recording
		past   *past
		err    error
	}
	// stoppedMsg says that a recording was stopped.
	stoppedMsg struct {
		status record.Status
		wasOn  bool
	}
)

// toggle starts or stops a recording.
func (r *recording) toggle() tea.Cmd {
	if _, on := r.options.Recorder.Status(); on {
		return r.stopRecording()
	}
	r.failed = false
	r.prompt.Ask(frame.RecordWhatQuestion(r.onScreen(), r.recordWhere))
	return nil
}

func (r *recording) commands() []command {
	if r.options.Recorder == nil {
		return nil
	}
	return []command{{name: "record", usage: "[FILE]", does: "record, or stop; FILE 1m with history",
		check: func(args string) error {
			_, _, err := frame.ParseRecord(args)
			return err
		},
		run: func(args string) tea.Cmd {
			path, what, _ := frame.ParseRecord(args)
			if _, on := r.status(); on {
				r.sayFailed("nothing more is recorded: a recording is on; " + r.table.Label("record") + " ends it")
				return nil
			}
			return r.startRecording(path, what)
		}}}
}

// recordWhere asks for the file.
func (r *recording) recordWhere(what frame.Recording) kit.Intent {
	name := "jolt-" + r.now.Format("20060102-150405") + ".ndjson"
	var paths []string
	for _, folder := range r.options.RecordIn {
		paths = append(paths, filepath.Join(folder, name))
	}
	return r.recordTo(paths, nil, what)
}

// recordTo asks for a file. One that was refused is the first of the paths.
func (r *recording) recordTo(paths []string, refused map[string]error, what frame.Recording) kit.Intent {
	return kit.Ask{Question: frame.RecordToQuestion(paths, refused, func(path string) kit.Intent {
		return kit.Do(func() tea.Cmd { return r.startRecording(path, what) })
	})}
}

func (r *recording) startRecording(path string, what frame.Recording) tea.Cmd {
	if r.options.Recorder == nil {
		r.sayFailed("nothing is recorded: " + r.noMachine("there is no recorder here"))
		return nil
	}
	recorder, now := r.options.Recorder, r.options.Now
	o := record.Options{WriterOptions: record.WriterOptions{What: "all that arrives", Now: now}}
	if what.Screen {
		o.What = r.onScreen()
		_, has := r.topicsOnScreen()
		o.Match = matcher(has, r.filter)
	}
	var before *past
	if what.History {
		to := make(chan []record.Entry, 1)
		before = &past{seen: r.feed.Held(), to: to, since: r.now}
		o.Before = to
		if len(before.seen) > 0 {
			o.Began = before.seen[0].At
		}
	}
	return func() tea.Msg {
		status, err := recorder.Start(path, o)
		return startedMsg{status, path, what, before, err}
	}
}

// givePast returns what gives the recording what came before it, if it is still to have that.
// It is for a command.
func (r *recording) givePast() func() {
	p := r.past
	if r.past = nil; p == nil {
		return func() {}
	}
	now := r.feed.Held()
	return func() { p.to <- export.Merged(p.seen, now) }
}

// checkPast gives the recording what came before it as soon as that is known.
func (r *recording) checkPast(s record.Status) tea.Cmd {
	const patience = 3 * time.Second // the recorder keeps only so much meanwhile
	if r.past == nil || r.now.Sub(r.past.since) < time.Second {
		return nil
	}
	if s.First.After(r.feed.LastAt()) && r.now.Sub(r.past.since) < patience {
		return nil
	}
	give := r.givePast()
	return func() tea.Msg {
		give()
		return nil
	}
}

func (r *recording) stopRecording() tea.Cmd {
	recorder, give := r.options.Recorder, r.givePast()
	return func() tea.Msg {
		give()
		status, wasOn := recorder.Stop()
		return stoppedMsg{status, wasOn}
	}
}

// take handles the results of starting and stopping a recording.
func (r *recording) take(msg tea.Msg) (cmd tea.Cmd, done bool) {
	switch msg := msg.(type) {
	case startedMsg:
		if msg.err != nil {
			r.sayFailed("nothing is recorded: " + printable.Line(msg.err.Error()))
			return r.askAgain(msg), true
		} else {
			r.failed, r.gone, r.past = false, false, msg.past
			r.lasts, r.until = msg.what.For, time.Time{}
			words := "recording " + msg.status.What + " to " + msg.status.Path
			if r.lasts > 0 {
				r.until = r.now.Add(r.lasts)
				words += ", for " + human.Whole(r.lasts)
			}
			if msg.what.History {
				words += ", with what was already seen"
			}
			r.note(words)
		}
	case stoppedMsg:
		if msg.wasOn {
			r.tellRecorded(msg.status)
		}
	default:
		return nil, false
	}
	return nil, true
}

// askAgain asks for another file where the one named is there already: what was typed
// is not to be typed again.
func (r *recording) askAgain(msg startedMsg) tea.Cmd {
	if !errors.Is(msg.err, fs.ErrExist) || r.prompt.Active() {
		return nil
	}
	refused := map[string]error{msg.path: errors.New("the file exists: name another one")}
	return r.do(r.recordTo([]string{msg.path}, refused, msg.what))
}

func (r *recording) tellRecorded(s record.Status) {
	words := frame.RecordedWords(s)
	if s.Failed() == nil {
		if r.until.IsZero() {
			r.note(words)
		} else { // the user may not have stopped it
			r.say(words)
		}
		return
	}
	r.failed = true
	r.sayFailed(words + "; to record again, " + makeRoomAdvice(s) + "press " + r.table.Label("record"))
}

// makeRoomAdvice says what else the user has to do before the next recording.
func makeRoomAdvice(s record.Status) string {
	if errors.Is(s.Err, syscall.ENOSPC) {
		return "make room on the disk, then "
	}
	return ""
}

// checkRecording stops a recording that has failed, so that the user is told why, and tells
// the user once when its files have been moved away or put back.
func (r *recording) checkRecording() tea.Cmd {
	s, on := r.status()
	switch {
	case !on:
	case !s.Ended.IsZero(), !r.until.IsZero() && !r.now.Before(r.until):
		return r.stopRecording()
	case s.Gone != nil && !r.gone:
		r.sayFailed("recording goes on, but " + printable.Line(s.Gone.Error()) + "; to record into a new file, press " +
			r.table.Label("record") + " twice")
	case s.Gone == nil && r.gone:
		r.note("the files of the recording are in place again")
	}
	r.gone = on && s.Gone != nil
	return r.checkPast(s)
}

func (r *recording) status() (record.Status, bool) {
	if r.options.Recorder == nil {
		return record.Status{}, false
	}
	return r.options.Recorder.Status()
}

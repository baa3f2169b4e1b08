package ui

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/jolt"
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
	failed bool // the latest recording failed, and the user has not begun another
	gone   bool // its files are not in place, and the user was told
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
		info.Recording = &s
	}
	info.RecordFailed = r.failed
}

type (
	// startedMsg is the result of starting a recording.
	startedMsg struct {
		status record.Status
		path   string
		screen bool
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

// recordWhere asks for the file. screen records only what is on screen.
func (r *recording) recordWhere(screen bool) kit.Intent {
	name := "jolt-" + r.now.Format("20060102-150405") + ".ndjson"
	var paths []string
	for _, folder := range r.options.RecordIn {
		paths = append(paths, filepath.Join(folder, name))
	}
	return r.recordTo(paths, nil, screen)
}

// recordTo asks for a file. One that was refused is the first of the paths.
func (r *recording) recordTo(paths []string, refused map[string]error, screen bool) kit.Intent {
	return kit.Ask{Question: frame.RecordToQuestion(paths, refused, func(path string) kit.Intent {
		return kit.Do(func() tea.Cmd { return r.startRecording(path, screen) })
	})}
}

func (r *recording) startRecording(path string, screen bool) tea.Cmd {
	if r.options.Recorder == nil {
		r.sayFailed("nothing is recorded: " + r.noMachine("there is no recorder here"))
		return nil
	}
	recorder, now := r.options.Recorder, r.options.Now
	o := record.Options{WriterOptions: record.WriterOptions{What: "all that arrives", Now: now}}
	if screen {
		o.What = r.onScreen()
		_, has := r.topicsOnScreen()
		o.Match = matcher(has, r.filter)
	}
	return func() tea.Msg {
		status, err := recorder.Start(path, o)
		return startedMsg{status, path, screen, err}
	}
}

func (r *recording) stopRecording() tea.Cmd {
	recorder := r.options.Recorder
	return func() tea.Msg {
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
			r.failed, r.gone = false, false
			r.note("recording " + msg.status.What + " to " + msg.status.Path)
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
	return r.do(r.recordTo([]string{msg.path}, refused, msg.screen))
}

func (r *recording) tellRecorded(s record.Status) {
	words := frame.RecordedWords(s)
	if s.Failed() == nil {
		r.note(words)
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
	case !s.Ended.IsZero():
		return r.stopRecording()
	case s.Gone != nil && !r.gone:
		r.sayFailed("recording goes on, but " + printable.Line(s.Gone.Error()) + "; to record into a new file, press " +
			r.table.Label("record") + " twice")
	case s.Gone == nil && r.gone:
		r.note("the files of the recording are in place again")
	}
	r.gone = on && s.Gone != nil
	return nil
}

func (r *recording) status() (record.Status, bool) {
	if r.options.Recorder == nil {
		return record.Status{}, false
	}
	return r.options.Recorder.Status()
}

// topicsOnScreen words which topics are shown, and returns a function that reports whether
// one is among them, for any goroutine.
func (r *recording) topicsOnScreen() (words string, has func(topic string) bool) {
	var shown []string
	for _, s := range r.streams {
		if words := s.Several(); words != "" {
			return words, r.scope.Has()
		}
		if s.Topic() == "" {
			return "all topics", func(string) bool { return true }
		}
		shown = append(shown, s.Topic())
	}
	return strings.Join(shown, ", "), func(topic string) bool { return slices.Contains(shown, topic) }
}

// onScreen words which messages are on screen.
func (r *recording) onScreen() string {
	words, _ := r.topicsOnScreen()
	if filter := r.filter.String(); filter != "" {
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

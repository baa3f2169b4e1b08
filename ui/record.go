package ui

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/jolt"
	"joltui/ui/views/frame"
	"joltui/ui/views/kit"
)

// Recorder writes what arrives to files, before the dashboard may lose any of
// it. [record.Tap] is one.
type Recorder interface {
	// Start begins a recording in a new file.
	Start(path string, o record.Options) (record.Status, error)
	// Status returns how the recording goes, without waiting, and whether there
	// is one.
	Status() (record.Status, bool)
	// Stop returns when everything is written.
	Stop() (record.Status, bool)
}

// records is what the user has yet to be told, or to take note of.
type records struct {
	failed bool // a recording has, and no other was begun or asked for since
	gone   bool // the files of the one that is on are not in place, which was told
}

// startedMsg and stoppedMsg are what came of a recorder's work.
type (
	startedMsg struct {
		status record.Status
		err    error
	}
	stoppedMsg struct {
		status record.Status
		wasOn  bool
	}
)

// recordKey starts or stops a recording.
func (m *Model) recordKey(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	if !key.Matches(msg, m.keys.Record) {
		return nil, false
	}
	if _, on := m.options.Recorder.Status(); on {
		return m.stopRecording(), true
	}
	m.records.failed = false
	m.prompt.Ask(frame.RecordWhatQuestion(m.onScreen(), m.recordWhere))
	return nil, true
}

// recordWhere asks where to write, once it is known what.
func (m *Model) recordWhere(screen bool) kit.Intent {
	name := "jolt-" + m.now.Format("20060102-150405") + ".ndjson"
	var paths []string
	for _, folder := range m.options.RecordIn {
		paths = append(paths, filepath.Join(folder, name))
	}
	return kit.Ask{Question: frame.RecordToQuestion(paths, func(path string) kit.Intent {
		return kit.Do(func() tea.Cmd { return m.startRecording(path, screen) })
	})}
}

func (m *Model) startRecording(path string, screen bool) tea.Cmd {
	recorder, now := m.options.Recorder, m.options.Now
	o := record.Options{WriterOptions: record.WriterOptions{What: "all that arrives", Now: now}}
	if screen {
		o.What = m.onScreen()
		o.Match = matcher(m.topicsOnScreen(), m.filter)
	}
	return func() tea.Msg {
		status, err := recorder.Start(path, o)
		return startedMsg{status, err}
	}
}

func (m *Model) stopRecording() tea.Cmd {
	recorder := m.options.Recorder
	return func() tea.Msg {
		status, wasOn := recorder.Stop()
		return stoppedMsg{status, wasOn}
	}
}

// recorded takes what came of a recorder's work.
func (m *Model) recorded(msg tea.Msg) (cmd tea.Cmd, done bool) {
	switch msg := msg.(type) {
	case startedMsg:
		if msg.err != nil {
			m.sayFailed("nothing is recorded: " + printable.Line(msg.err.Error()))
		} else {
			m.records = records{}
			m.note("recording " + msg.status.What + " to " + msg.status.Path)
		}
	case stoppedMsg:
		if msg.wasOn {
			m.tellRecorded(msg.status)
		}
	default:
		return nil, false
	}
	return nil, true
}

func (m *Model) tellRecorded(s record.Status) {
	words := frame.RecordedWords(s)
	if s.Failed() == nil {
		m.note(words)
		return
	}
	m.records.failed = true
	m.sayFailed(words + "; to record again, " + room(s) + "press " + m.keys.Record.Help().Key)
}

// room is what else is to be done before a recording can go on.
func room(s record.Status) string {
	if errors.Is(s.Err, syscall.ENOSPC) {
		return "make room on the disk, then "
	}
	return ""
}

// checkRecording puts an end to a recording that has failed, which says why, and says
// once when its files are taken away or put back.
func (m *Model) checkRecording() tea.Cmd {
	s, on := m.recording()
	switch {
	case !on:
	case !s.Ended.IsZero():
		return m.stopRecording()
	case s.Gone != nil && !m.records.gone:
		m.sayFailed("recording goes on, but " + printable.Line(s.Gone.Error()) + "; to record into a new file, press " +
			m.keys.Record.Help().Key + " twice")
	case s.Gone == nil && m.records.gone:
		m.note("the files of the recording are in place again")
	}
	m.records.gone = on && s.Gone != nil
	return nil
}

func (m *Model) recording() (record.Status, bool) {
	if m.options.Recorder == nil {
		return record.Status{}, false
	}
	return m.options.Recorder.Status()
}

// topicsOnScreen are those whose streams are on screen; nil is all.
func (m *Model) topicsOnScreen() []string {
	var topics []string
	for _, s := range m.streams {
		if s.Topic() == "" {
			return nil
		}
		topics = append(topics, s.Topic())
	}
	return topics
}

// onScreen says what is on screen.
func (m *Model) onScreen() string {
	words := "all topics"
	if topics := m.topicsOnScreen(); topics != nil {
		words = strings.Join(topics, ", ")
	}
	if filter := m.filter.String(); filter != "" {
		words += ", filter " + filter
	}
	return words
}

// matcher selects messages of topics, of all if there are none, that a filter
// lets through.
func matcher(topics []string, f feed.Filter) func(*jolt.Message) bool {
	return func(m *jolt.Message) bool {
		return (topics == nil || slices.Contains(topics, m.Topic)) && f.Match(m.Data)
	}
}

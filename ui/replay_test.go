package ui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/teatest"
)

// replayed is a dashboard whose clock is set by the messages that it is sent. It runs no
// commands: their results are in the script.
type replayed struct {
	model *Model
	now   time.Time
	left  int // messages of the script still to come
}

func (r *replayed) Init() tea.Cmd { return nil }

func (r *replayed) View() string { return r.model.View() }

func (r *replayed) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	t, ok := msg.(timed)
	if !ok { // the program's own
		return r, nil
	}
	r.now = t.at
	r.model.Update(t.msg)
	if r.left--; r.left == 0 {
		return r, tea.Quit
	}
	return r, nil
}

// The same scenes through a whole tea.Program, with its event loop and its renderer, end with
// the screen of the same golden file.
func TestGoldenProgram(t *testing.T) {
	const w, h = 100, 30
	for name, scene := range scenes() {
		t.Run(name, func(t *testing.T) {
			s := scene(t, w, h, Options{})
			r := &replayed{now: noon(), left: len(s.script)}
			o := s.options
			o.Now = func() time.Time { return r.now }
			r.model = New(o)
			tm := teatest.NewTestModel(t, r, teatest.WithInitialTermSize(w, h))
			for _, m := range s.script {
				tm.Send(m)
			}
			final := tm.FinalModel(t, teatest.WithFinalTimeout(20*time.Second))
			teatest.RequireEqualOutput(t, []byte(final.View()+"\n"))
		})
	}
}

package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"joltui/ui/keys"
	"joltui/ui/views/diff"
	"joltui/ui/views/inspect"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/ledger"
)

// inspection is the feature of the pages that show one message, two messages, or a row of
// the log.
type inspection struct {
	*desk
	inspector *inspect.Page
	diff      *diff.Page
	details   *ledger.Details
}

func newInspection(d *desk) *inspection {
	return &inspection{
		desk:      d,
		inspector: inspect.New(&d.styles, inspect.Actions(), d.moves),
		diff:      diff.New(&d.styles, diff.Actions(), d.moves),
		details:   ledger.NewDetails(&d.styles, ledger.DetailsActions(), d.moves),
	}
}

func (i *inspection) entries() keys.Table {
	return append(append(i.inspector.Entries(), i.details.Entries()...), i.diff.Entries()...)
}

func (i *inspection) carry(in kit.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case intent.Inspect:
		i.push(i.inspector)
		i.inspector.Open(in.Entry)
	case inspect.Step:
		if e := i.stream().Step(in.By, i.feed); e != nil {
			i.inspector.Follow(*e)
		} else if in.By > 0 {
			i.mention("this is the newest message of the stream")
		} else {
			i.mention("this is the oldest message of the stream")
		}
	case intent.Diff:
		i.push(i.diff)
		i.diff.Open(in.Entry, i.feed)
	case ledger.OpenDetails:
		i.push(i.details)
		i.details.Open(i.log, i.feed, in.Row)
	default:
		return nil, false
	}
	return nil, true
}

// restart closes the details, whose row belongs to a feed that is gone.
func (i *inspection) restart() { i.remove(i.details) }

// worker is a page with work that takes too long for a frame.
type worker interface {
	// NextJob returns the next job, or nil if there is none or one is under way.
	NextJob() kit.Job
}

// jobDoneMsg is the result of a job of a page.
type jobDoneMsg struct {
	of     worker
	finish func()
}

// settle begins the next job of the page on top.
func (i *inspection) settle() tea.Cmd {
	if of, ok := i.top().(worker); ok {
		return startJob(of)
	}
	return nil
}

// startJob returns the command that runs the next job of a page, if it has one.
func startJob(of worker) tea.Cmd {
	job := of.NextJob()
	if job == nil {
		return nil
	}
	return func() tea.Msg { return jobDoneMsg{of, job()} }
}

// take hands the result of a job to its page, and begins the next job.
func (i *inspection) take(msg tea.Msg) (tea.Cmd, bool) {
	w, ok := msg.(jobDoneMsg)
	if !ok {
		return nil, false
	}
	w.finish()
	return startJob(w.of), true
}

package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/printable"
	"joltui/ui/keys"
	"joltui/ui/layout"
	"joltui/ui/views/columns"
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
		inspector: d.detail,
		diff:      diff.New(&d.styles, diff.Actions(), d.moves),
		details:   ledger.NewDetails(&d.styles, ledger.DetailsActions(d.noMachine("")), d.moves),
	}
}

func (i *inspection) entries() keys.Table {
	return append(append(i.inspector.Entries(), i.details.Entries()...), i.diff.Entries()...)
}

func (i *inspection) carry(in kit.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case intent.Inspect:
		i.inspect(in.Entry)
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
		i.compare(in)
	case inspect.SetKey:
		i.setKey(in)
	case ledger.OpenDetails:
		i.push(i.details)
		i.details.Open(i.log, i.feed, in.Row)
	default:
		return nil, false
	}
	return nil, true
}

// compare compares a message with another one, or with the one before it that has the same
// key.
func (i *inspection) compare(in intent.Diff) {
	switch t := i.tables.Find(in.Entry.Topic); {
	case in.Before != nil:
		i.diff.OpenPair(*in.Before, in.Entry)
	case t != nil:
		i.diff.OpenKeyed(in.Entry, i.feed, t.Key)
	default:
		i.diff.OpenKeyed(in.Entry, i.feed, "")
	}
}

// setKey makes a field the key of a topic. The same field again makes it guessed.
func (i *inspection) setKey(in inspect.SetKey) {
	t := i.tables.Of(in.Topic)
	if t.Key == in.Path {
		t.Key = ""
		i.mention("diff goes by no field any more")
		return
	}
	if _, err := columns.Parse(in.Path); err != nil {
		i.mention(err.Error())
		return
	}
	t.Key = in.Path
	i.mention("diff compares with the one before that has the same " + printable.Prefix(in.Path, 40))
}

// inspect shows a message of a stream beside it, if there is room. If it stands there already,
// it gets the whole page, as one of another page does.
func (i *inspection) inspect(e feed.Entry) {
	if i.top() != nil {
		i.push(i.inspector)
		i.inspector.Open(e)
		return
	}
	if i.detailShown() {
		i.push(i.inspector)
		return
	}
	i.beside = true
	i.arrange()
	if i.inspector.Open(e); !i.detailShown() {
		i.beside = false
		i.push(i.inspector)
	}
}

// detailShown reports whether a message is shown beside the streams.
func (d *desk) detailShown() bool { return d.beside && d.layout.Detail.W > 0 }

// closeDetail removes the message beside the streams, and reports whether there was one. If it
// had the focus, the stream has it then.
func (d *desk) closeDetail() bool {
	if !d.detailShown() {
		return false
	}
	d.beside = false
	if d.focus == layout.RegionDetail {
		d.focus = layout.RegionStream
	}
	return true
}

// followCursor shows beside the streams what the cursor is on.
func (d *desk) followCursor() {
	if !d.detailShown() || d.top() != nil {
		return
	}
	if e := d.stream().Current(d.feed); e != nil && e.Seq != d.detail.Entry().Seq {
		d.detail.Follow(*e)
	}
}

// restart closes the details, whose row belongs to a feed that is gone, and the message beside
// the streams.
func (i *inspection) restart() {
	i.remove(i.details)
	i.closeDetail()
}

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

// settle begins the next job of the page on top, or of the message beside the streams.
func (i *inspection) settle() tea.Cmd {
	i.followCursor()
	if i.top() == nil && i.detailShown() {
		return startJob(i.inspector)
	}
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

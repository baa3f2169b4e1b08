package ui

import (
	"cmp"
	"errors"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/export"
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/ui/keys"
	"joltui/ui/layout"
	"joltui/ui/paths"
	"joltui/ui/views/columns"
	"joltui/ui/views/frame"
	"joltui/ui/views/kit"
	"joltui/ui/views/stream"
	"joltui/ui/views/topics"
)

// find highlights a text, as it is, and goes to the newest message that has it.
func (d *desk) find(text string) tea.Cmd {
	d.toStream()
	d.changeOptions(func(o *stream.Options) { o.Filter = stream.ShowOthers })
	d.setFilter(literally(text))
	d.stream().Follow(true)
	d.stream().ToNewestHit(d.feed)
	return nil
}

// literally returns the filter for a text as it is.
func literally(text string) string {
	quoted := regexp.QuoteMeta(text)
	if strings.HasPrefix(quoted, "!") || feed.IsJQ(quoted) { // those would begin something else
		return "[" + quoted[:1] + "]" + quoted[1:]
	}
	return quoted
}

// toStream closes all pages, and gives the focus to the stream.
func (d *desk) toStream() {
	d.pages.close()
	d.focus = layout.RegionStream
}

// timeQuestion asks for a time in what the stream has; while a recording is played, in that.
func (d *desk) timeQuestion() (q kit.Question, any bool) {
	if d.options.Player != nil {
		return frame.GoToQuestion(d.options.Player.Status(), func(t record.Target) kit.Intent {
			d.options.Player.Seek(t)
			return nil
		}), true
	}
	first, last, any := d.stream().Span(d.feed)
	return frame.GoToQuestion(record.Playing{At: d.now, First: first, Last: last}, func(t record.Target) kit.Intent {
		at := t.At
		if at.IsZero() {
			at = first.Add(time.Duration(t.Share * float64(last.Sub(first))))
		}
		d.toStream()
		d.stream().GoToTime(at, d.feed)
		return nil
	}), any
}

func (d *desk) checkTime(text string) error {
	q, any := d.timeQuestion()
	if !any {
		return errors.New("there is no message to go to")
	}
	return q.Check(text)
}

func (d *desk) goToTime(text string) tea.Cmd {
	q, _ := d.timeQuestion()
	return d.do(q.Accept(text))
}

// sortTopics sorts the list of topics, and goes there.
func (d *desk) sortTopics(name string) tea.Cmd {
	if order, err := topics.ParseOrder(name); err == nil {
		d.pages.close()
		d.topics.SetOrder(order)
		d.focus = layout.RegionTopics
	}
	return nil
}

// exporting is the feature that writes messages that have come to a file.
type exporting struct {
	*desk
	file paths.Typed
}

func newExporting(d *desk) *exporting {
	return &exporting{desk: d, file: paths.Typed{Files: d.options.Files}}
}

func (x *exporting) entries() keys.Table { return nil }

func (x *exporting) commands() []command {
	if x.options.Export == nil {
		return nil
	}
	return []command{{name: "export", usage: "FILE", does: "save what has come; hits, marked, from 12:03 to 12:05",
		ask: func() (kit.Question, tea.Cmd) { return x.ask("", nil) }, run: x.begin}}
}

// ask asks what to export, and where to. text was refused, if there is an error.
func (x *exporting) ask(text string, refused error) (kit.Question, tea.Cmd) {
	folder := x.options.RecordIn[0] + string(filepath.Separator)
	name := folder + "jolt-" + x.now.Format("20060102-150405")
	q := x.file.Question("export ", "[hits | marked | from 12:03 to 12:05] FILE.ndjson or .csv", text, nil)
	list, complete := q.Live, q.Suggest
	q.Check = func(typed string) error {
		if _, err := x.parse(typed); err != nil || refused == nil || typed != text {
			return err
		}
		return refused
	}
	q.Advise = func(typed string) string {
		if e, err := x.parse(typed); err == nil && e.File != "" && !strings.HasSuffix(e.File, string(filepath.Separator)) {
			if _, err := export.FormatOf(e.File); err != nil {
				return err.Error()
			}
		}
		return ""
	}
	q.Live = func(typed string) kit.Intent {
		if e, err := x.parse(typed); err == nil {
			return list(e.File)
		}
		return nil
	}
	q.Suggest = func(typed string) []string {
		e, err := x.parse(typed)
		if err != nil {
			return frame.SuggestExport(typed)
		}
		var all []string
		if e.Before == typed || e.Before == "" {
			all = frame.SuggestExport(typed)
		}
		if e.File == "" {
			return append([]string{e.Before + name + ".ndjson", e.Before + name + ".csv"}, all...)
		}
		for _, path := range complete(e.File) {
			all = append(all, e.Before+path)
		}
		return all
	}
	q.Accept = func(typed string) kit.Intent { return kit.Do(func() tea.Cmd { return x.begin(typed) }) }
	return q, x.file.Begin(folder)
}

func (x *exporting) parse(text string) (frame.Export, error) {
	first, last, _ := x.stream().Span(x.feed)
	return frame.ParseExport(text, record.Playing{At: x.now, First: cmp.Or(first, x.now), Last: cmp.Or(last, x.now)})
}

// exportedMsg is the outcome of an export.
type exportedMsg struct {
	plan    export.Plan
	without []string // the file, because it was not there
	result  export.Result
	err     error
}

// begin writes what text asks for.
func (x *exporting) begin(text string) tea.Cmd {
	e, err := x.parse(text)
	if err == nil {
		_, err = export.FormatOf(e.File)
	}
	if err != nil {
		q, cmd := x.ask(text, err)
		x.prompt.Ask(q)
		return cmd
	}
	plan := export.Plan{Path: e.File, Zone: x.now.Location()}
	words, without := x.collect(&plan, &e)
	if words != "" {
		x.sayFailed("nothing exported: " + words)
		return nil
	}
	plan.Table = x.columns()
	return x.write(plan, without)
}

// collect puts the messages into a plan, and returns what is missing among them; or words
// about why there are none.
func (x *exporting) collect(plan *export.Plan, e *frame.Export) (none string, without []string) {
	s := x.stream()
	where := cmp.Or(s.Several(), s.Topic(), "all topics")
	filter := x.filter.String()
	var rest stream.Rest
	switch e.What {
	case frame.ExportMarked:
		plan.What = "marked messages"
		rest.Entries, none = x.feed.Pins().Of(nil), "no message is marked: "+x.table.Label("stream.mark")+" marks one"
	case frame.ExportHits:
		if filter == "" {
			return "there is no filter: " + x.table.Label("filter") + " sets one", nil
		}
		plan.What = where + ", filter " + filter
		rest, none = s.Hits(x.feed), "the filter has found nothing"
	default:
		if plan.What = where; filter != "" && x.streamOptions.Filter == stream.HideOthers {
			plan.What += ", filter " + filter
		}
		rest, none = s.Rest(x.feed), "the stream shows no message"
	}
	plan.Entries = rest.Entries
	if e.What == frame.ExportFrom {
		if plan.Entries, none = e.InTime(rest.Entries), "the stream has no message of that time"; len(rest.Entries) > 0 && rest.Entries[0].At.Before(e.From) {
			rest.Gone = 0 // all that is gone is older
		}
	}
	for _, one := range plan.Entries {
		if one.Gap == nil {
			return "", rest.Without()
		}
	}
	return none, nil
}

// columns returns the table that the stream shows, or nil.
func (x *exporting) columns() *export.Table {
	t := x.stream().Table()
	shown := t.Shown()
	if !t.On || len(shown) == 0 {
		return nil
	}
	table := &export.Table{Values: func(dst []string, data string) ([]string, bool) { return columns.Values(dst, data, shown) }}
	for _, c := range shown {
		table.Titles = append(table.Titles, c.Title())
	}
	return table
}

func (x *exporting) write(plan export.Plan, without []string) tea.Cmd {
	save := x.options.Export
	if save == nil {
		x.sayFailed("nothing exported: " + x.noMachine(noFiles))
		return nil
	}
	return func() tea.Msg {
		r, err := save(plan)
		return exportedMsg{plan, without, r, err}
	}
}

// take says how an export ended. Where there is a file already, it asks.
func (x *exporting) take(msg tea.Msg) (tea.Cmd, bool) {
	m, ok := msg.(exportedMsg)
	switch {
	case !ok:
		return nil, x.file.Take(msg)
	case m.err == nil:
		x.say(printable.Line(frame.ExportedWords(m.result, m.without)))
	case errors.Is(m.err, fs.ErrExist) && !m.plan.Replace:
		m.plan.Replace = true
		x.confirm.Ask(printable.Line(m.result.Path)+" is there already: replace it?", kit.Do(func() tea.Cmd { return x.write(m.plan, m.without) }))
	default:
		x.sayFailed("nothing exported: " + human.Cause(m.err))
	}
	return nil, true
}

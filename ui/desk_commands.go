package ui

import (
	"errors"
	"regexp"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/internal/record"
	"joltui/ui/layout"
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

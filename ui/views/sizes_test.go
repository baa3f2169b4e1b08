package views_test

import (
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/keys"
	"joltui/ui/views/diff"
	"joltui/ui/views/inspect"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
	"joltui/ui/views/ledger"
	"joltui/ui/views/overview"
	"joltui/ui/views/publish"
	"joltui/ui/views/stream"
	"joltui/ui/views/topics"
)

// TestEveryRowIsAsWideAsAsked draws every pane at every width with texts that try to break
// it, with and without colour.
func TestEveryRowIsAsWideAsAsked(t *testing.T) {
	f := kittest.Hostile()
	now := kittest.Start().Add(time.Minute)
	for _, s := range []*kit.Styles{{}, kittest.Coloured()} {
		list := topics.New(s, topics.Actions(), kittest.MoveKeys())
		list.Select("世界世界世界世界")
		list.Update(kittest.Press("v"), f)
		list.SetFocus(true)
		log := ledger.New(s, ledger.Actions(), kittest.MoveKeys())
		list.Update(kittest.Press("z"), f)
		list.Update(kittest.Press("o"), f)
		details := ledger.NewDetails(s, ledger.DetailsActions(), kittest.MoveKeys())
		box := publish.New(s, publish.Actions("", ""), keys.PromptKeys(keys.Prompt()), kittest.Start)
		box.Focus(nil)
		typed(box, "世界", "\t\u202e", "alt+enter", "🇩🇪🇩", "left", "left")
		pages := hostilePages(s, f)
		searching := publish.New(s, publish.Actions("", ""), keys.PromptKeys(keys.Prompt()), kittest.Start)
		searching.SetPast([]intent.Publish{draft("世界\u202e", "\x1b[2J\n世界世界世界 世\u0301界\n\t")})
		searching.Repeats(draft("世界", "x"), &feed.Repeat{
			Plan: "1000 every 5ms", Times: 1000, Acknowledged: 500, Rejected: 20, Unknown: 2, NotSent: 1,
			Begun: kittest.Start(), Latest: kittest.Start().Add(2 * time.Second), Waited: 500 * time.Millisecond, Slowest: 9 * time.Millisecond,
		})
		searching.Focus(nil)
		typed(searching, "ctrl+r", "界")
		streams := hostileStreams(t, s)
		for w := range 121 {
			measured := kittest.Sizes{}
			for _, h := range []int{w % 3, 3, 12} {
				list.SetSize(w, h)
				measured.Require(t, list.View(f, now), w, h)
				log.SetSize(w, h)
				measured.Require(t, log.View(f, now), w, h)
				details.SetSize(w, h)
				details.Open(log, f, f.Log().First()+uint64(w)%(f.Log().Next()-f.Log().First()))
				measured.Require(t, details.View(f, now), w, h)
				box.SetSize(w, h)
				measured.Require(t, box.View(), w, h)
				typed(box, "tab", "ctrl+t")
				measured.Require(t, box.View(), w, h)
				searching.SetSize(w, h)
				measured.Require(t, searching.View(), w, h)
				measured.Require(t, box.View(), w, h)
				if page := pages[(w+h)%len(pages)]; h < 12 {
					page.SetSize(w, h)
					measured.Require(t, page.View(f, now), w, h)
				}
				for _, each := range streams {
					each.SetSize(w, h)
					measured.Require(t, each.View(f, now), w, h)
				}
			}
			for _, page := range pages {
				page.SetSize(w, 12)
				measured.Require(t, page.View(f, now), w, 12)
			}
		}
	}
}

type sized interface {
	SetSize(w, h int)
	View(f *feed.Feed, now time.Time) []string
}

// hostilePages returns the page of one message in each of its formats, with hits, and diffs
// of JSON and of other text.
func hostilePages(s *kit.Styles, f *feed.Feed) []sized {
	var pages []sized
	all := f.All().Window()
	texts := "\x1b[2J 世界 e\u0301\u0301 🇩🇪🇩 \u202e \u0301 \xff\x7f"
	inJSON := `{"` + strings.ReplaceAll(texts, "\x1b", "") + `":["` + strings.Repeat("世\u0301🇩", 70) + `",1e400,{"a":{}}]}`
	for _, data := range []string{all.At(3).Data, texts + "\t\r\n" + texts, inJSON} {
		for format := range 3 {
			v := inspect.New(s, inspect.Actions(), kittest.MoveKeys())
			v.Open(feed.Entry{Topic: "世界", At: kittest.Start(), Data: data, Size: 2 * len(data)})
			for range format {
				v.Update(kittest.Press("f"), nil)
			}
			v.Search("\U0001F1E9|\u0301|[ᄀ世]|a")
			pages = append(pages, v)
		}
		for _, other := range []string{texts, inJSON[:20] + "x" + inJSON[20:], texts + "\n" + data} {
			p := diff.New(s, diff.Actions(), kittest.MoveKeys())
			showPair(p, texts, other, data)
			p.Update(kittest.Press("a"), f)
			pages = append(pages, p)
		}
	}
	return append(pages, overview.New(s, overview.Actions(), kittest.MoveKeys()))
}

func hostileStreams(t *testing.T, s *kit.Styles) []*stream.Pane {
	var streams []*stream.Pane
	for _, topic := range []string{"", "世界世界世界世界", "世界世界世界世界!", "\x1b[2J nowhere"} {
		for _, wrap := range []bool{false, true} {
			each := stream.New(s, stream.Actions(), kittest.MoveKeys())
			each.SetTopic(topic)
			each.SetFocus(true)
			each.SetOptions(stream.Options{Wrap: wrap, Times: stream.TimeMode(len(streams) % 4)})
			each.SetFilter(kittest.Filter(t, "\U0001F1E9|\u0301|[ᄀ世]|."))
			streams = append(streams, each)
		}
	}
	return streams
}

// showPair compares two messages, of which the second was not kept whole, with a gap
// between them.
func showPair(p *diff.Page, topic, before, after string) {
	f := feed.New(feed.Limits{Body: max(len(before), len(after)-1, 1)})
	f.Apply([]jolt.Event{
		kittest.Message(kittest.Start(), topic, before),
		&jolt.Gap{From: kittest.Start(), To: kittest.Start()},
		kittest.Message(kittest.Start(), topic, after),
	})
	rows := f.Topic(topic).History().Window()
	p.Open(*rows.At(rows.Next() - 1), f)
}

// typed presses keys in a publish box.
func typed(p *publish.Box, names ...string) {
	for _, name := range names {
		p.Update(kittest.Press(name))
	}
}

func draft(topic, data string) intent.Publish { return intent.Publish{Topic: topic, Data: data} }

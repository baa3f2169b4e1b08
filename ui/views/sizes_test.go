package views

import (
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/jolt"
)

// hostile is a feed whose every text tries to break out of its row.
func hostile() *feed.Feed {
	texts := []string{
		"\x1b]0;title\x07\x1b[2J\x1b[31mred", "\x9b31m\x84", "世界世界世界世界", "e\u0301\u0301o\u0308",
		"👩\u200d💻🇩🇪🇫🇷👍🏽", "\u202eevil\u202c", "\u0301\u0302 marks first", "ᄀ\u1161ᆨ", "tab\tCR\rBS\b", "\xff\xfe",
		strings.Repeat("🇩", 9), strings.Repeat("각", 40), "",
	}
	f := feed.New(feed.Limits{Body: 30})
	f.Tick(start())
	f.Apply([]jolt.Event{&jolt.StateChange{At: start(), State: jolt.Up, Addr: texts[0], User: texts[4], Topics: 2}})
	for _, topic := range texts {
		f.Want(topic, start())
		rejected := reply(jolt.OpSubscribe, topic+"!", jolt.Rejected, &jolt.RejectedError{Text: topic + topic})
		f.Apply([]jolt.Event{rejected, &jolt.BadLine{At: start(), Raw: topic, Err: jolt.ErrMalformed}})
		for _, data := range texts {
			f.Apply([]jolt.Event{message(start(), topic, data+data+data)})
		}
	}
	f.Apply([]jolt.Event{&jolt.Gap{From: start(), To: start().Add(time.Hour)}})
	f.Apply([]jolt.Event{message(start(), "世", strings.Repeat("世", 500))})
	f.Tick(start().Add(time.Second))
	return f
}

// TestEveryRowIsAsWideAsAsked draws every view at every width with texts that
// try to break it, with and without colour.
func TestEveryRowIsAsWideAsAsked(t *testing.T) {
	f := hostile()
	now := start().Add(time.Minute)
	for _, s := range []*Styles{{}, coloured()} {
		topics := NewTopics(s, testTopicsKeys())
		topics.Select("世界世界世界世界")
		topics.Update(keyPress("v"), f)
		topics.SetFocus(true)
		log := NewLog(s, testLogKeys())
		topics.Update(keyPress("z"), f)
		topics.Update(keyPress("o"), f)
		details := NewLogDetails(s, testLogDetailsKeys(), log)
		box := NewPublishBox(s, testPublishKeys(), start)
		box.Focus()
		typed(box, "世界", "\t\u202e", "alt+enter", "🇩🇪🇩", "left", "left")
		pages := hostilePages(s, f)
		searching := NewPublishBox(s, testPublishKeys(), start)
		searching.SetPast([]Publish{draft("世界\u202e", "\x1b[2J\n世界世界世界 世\u0301界\n\t")})
		searching.Repeats(draft("世界", "x"), someRepeat())
		searching.Focus()
		typed(searching, "ctrl+r", "界")
		streams := hostileStreams(t, s)
		for w := range 121 {
			measured := sizes{}
			for _, h := range []int{w % 3, 3, 12} {
				topics.SetSize(w, h)
				measured.require(t, topics.View(f, now), w, h)
				log.SetSize(w, h)
				measured.require(t, log.View(f, now), w, h)
				details.SetSize(w, h)
				details.Open(f, f.Log().First()+uint64(w)%(f.Log().Next()-f.Log().First()))
				measured.require(t, details.View(f, now), w, h)
				box.SetSize(w, h)
				measured.require(t, box.View(), w, h)
				typed(box, "tab", "ctrl+t")
				measured.require(t, box.View(), w, h)
				searching.SetSize(w, h)
				measured.require(t, searching.View(), w, h)
				measured.require(t, box.View(), w, h)
				if page := pages[(w+h)%len(pages)]; h < 12 {
					page.SetSize(w, h)
					measured.require(t, page.View(f, now), w, h)
				}
				for _, stream := range streams {
					stream.SetSize(w, h)
					measured.require(t, stream.View(f, now), w, h)
				}
			}
			for _, page := range pages {
				page.SetSize(w, 12)
				measured.require(t, page.View(f, now), w, 12)
			}
		}
	}
}

type sized interface {
	SetSize(w, h int)
	View(f *feed.Feed, now time.Time) []string
}

// hostilePages are the inspector in each of its formats, with hits, and diffs of
// JSON and of other text.
func hostilePages(s *Styles, f *feed.Feed) []sized {
	var pages []sized
	all := f.All().Window()
	texts := "\x1b[2J 世界 e\u0301\u0301 🇩🇪🇩 \u202e \u0301 \xff\x7f"
	inJSON := `{"` + strings.ReplaceAll(texts, "\x1b", "") + `":["` + strings.Repeat("世\u0301🇩", 70) + `",1e400,{"a":{}}]}`
	for _, data := range []string{all.At(3).Data, texts + "\t\r\n" + texts, inJSON} {
		for format := range 3 {
			v := NewInspector(s, testInspectorKeys())
			v.Open(feed.Entry{Topic: "世界", At: start(), Data: data, Size: 2 * len(data)})
			for range format {
				v.Update(keyPress("f"), nil)
			}
			v.Search("\U0001F1E9|\u0301|[ᄀ世]|a")
			pages = append(pages, v)
		}
		for _, other := range []string{texts, inJSON[:20] + "x" + inJSON[20:], texts + "\n" + data} {
			p := NewDiffPage(s, testDiffKeys())
			p.show(pair{
				before: feed.Entry{Data: other, Size: 1000}, after: feed.Entry{Topic: texts, Data: data, Size: 1000},
				found: true, gap: &feed.Gap{},
			})
			p.Update(keyPress("a"), f)
			pages = append(pages, p)
		}
	}
	return pages
}

func hostileStreams(t *testing.T, s *Styles) []*Stream {
	var streams []*Stream
	for _, topic := range []string{"", "世界世界世界世界", "世界世界世界世界!", "\x1b[2J nowhere"} {
		for _, wrap := range []bool{false, true} {
			stream := NewStream(s, testStreamKeys())
			stream.SetTopic(topic)
			stream.SetFocus(true)
			stream.SetOptions(StreamOptions{Wrap: wrap, Times: TimeMode(len(streams) % 4)})
			stream.SetFilter(filter(t, "\U0001F1E9|\u0301|[ᄀ世]|."))
			streams = append(streams, stream)
		}
	}
	return streams
}

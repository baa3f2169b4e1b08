package views

import (
	"strings"
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

package kittest

import (
	"strings"
	"time"

	"joltui/internal/feed"
	"joltui/jolt"
)

// Hostile returns a feed whose every text tries to break out of its row.
func Hostile() *feed.Feed {
	texts := []string{
		"\x1b]0;title\x07\x1b[2J\x1b[31mred", "\x9b31m\x84", "世界世界世界世界", "e\u0301\u0301o\u0308",
		"👩\u200d💻🇩🇪🇫🇷👍🏽", "\u202eevil\u202c", "\u0301\u0302 marks first", "ᄀ\u1161ᆨ", "tab\tCR\rBS\b", "\xff\xfe",
		strings.Repeat("🇩", 9), strings.Repeat("각", 40), "",
	}
	f := feed.New(feed.Limits{Body: 30})
	f.Tick(Start())
	f.Apply([]jolt.Event{&jolt.StateChange{At: Start(), State: jolt.Up, Addr: texts[0], User: texts[4], Topics: 2}})
	for _, topic := range texts {
		f.Want(topic, Start())
		rejected := Reply(jolt.OpSubscribe, topic+"!", jolt.Rejected, &jolt.RejectedError{Text: topic + topic})
		f.Apply([]jolt.Event{rejected, &jolt.BadLine{At: Start(), Raw: topic, Err: jolt.ErrMalformed}})
		for _, data := range texts {
			f.Apply([]jolt.Event{Message(Start(), topic, data+data+data)})
		}
	}
	f.Apply([]jolt.Event{&jolt.Gap{From: Start(), To: Start().Add(time.Hour)}})
	f.Apply([]jolt.Event{Message(Start(), "世", strings.Repeat("世", 500))})
	f.Tick(Start().Add(time.Second))
	return f
}

package views

import (
	"strings"
	"testing"

	"joltui/internal/feed"
	"joltui/jolt"
)

func TestCopyTopic(t *testing.T) {
	f := feed.New(feed.Limits{})
	name := "orders\x1b[2J"
	f.Want(name, start())
	topics := NewTopics(&Styles{}, testTopicsKeys())
	if got := topics.Copy(); got != (Copy{What: "the selected topic"}) {
		t.Errorf("all topics give %#v", got)
	}
	topics.Select(name)
	if got := topics.Copy(); got != (Copy{What: "topic " + name, Text: name}) {
		t.Errorf("a topic gives %#v", got)
	}
}

func TestCopyPayload(t *testing.T) {
	f := feed.New(feed.Limits{Body: 20})
	s := NewStream(&Styles{}, testStreamKeys())
	if got := s.Copy(f).(Copy); got.Text != "" {
		t.Errorf("nothing gives %#v", got)
	}
	data := "\x1b[31m\xff\x00\u202e"
	f.Apply([]jolt.Event{message(start(), "t", data)})
	if got := s.Copy(f); got != (Copy{What: "payload of t", Text: data}) {
		t.Errorf("a payload gives %#v", got)
	}
	f.Apply([]jolt.Event{message(start(), "t", strings.Repeat("x", 5000))})
	want := Copy{What: "the first part of the payload of t (5 kB in all)", Text: strings.Repeat("x", 20)}
	if got := s.Copy(f); got != want {
		t.Errorf("a payload that was cut gives %#v", got)
	}
	f.Apply([]jolt.Event{&jolt.Gap{From: start(), To: start()}})
	if got := s.Copy(f).(Copy); got.Text != "" {
		t.Errorf("a gap gives %#v", got)
	}
}

func TestCopyRowOfTheLog(t *testing.T) {
	f := ledger()
	v := newLog(30, 5)
	v.styles = coloured()
	v.View(f, start())
	if got := v.Copy(f); got != (Copy{What: "a row of the log", Text: "12:01:02.123  ■ connection closed"}) {
		t.Errorf("the last row gives %#v", got)
	}
	for range 5 {
		v.Update(keyPress("k"), f)
	}
	v.View(f, start())
	if got := v.Copy(f).(Copy).Text; got != `12:01:02.123  ? frame of an unknown kind  {"hello":"wor\u202eld"}` {
		t.Errorf("a row of text from outside gives %q", got)
	}
	v.Update(keyPress("g"), f)
	for range 6 {
		v.Update(keyPress("j"), f)
	}
	if got := v.Copy(f).(Copy).Text; got != "12:01:02.123  sub   secret  ✗ forbidden: subscribe:secret is not granted to alice  0.31 ms" {
		t.Errorf("a request gives %q", got)
	}
	if got := v.Copy(feed.New(feed.Limits{})).(Copy).Text; got != "" {
		t.Errorf("an empty log gives %q", got)
	}
}

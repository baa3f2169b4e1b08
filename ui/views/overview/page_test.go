package overview

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

// world is a feed, and a clock that goes in whole seconds.
type world struct {
	f   *feed.Feed
	now time.Time
}

func newWorld(topics ...string) *world {
	w := &world{feed.New(feed.Limits{}), kittest.Start()}
	w.f.Tick(w.now)
	for _, topic := range topics {
		w.f.Want(topic, w.now)
		w.reply(jolt.Request{Op: jolt.OpSubscribe, Topic: topic}, jolt.Acknowledged, nil)
	}
	return w
}

func (w *world) reply(r jolt.Request, o jolt.Outcome, err error) {
	w.f.Apply([]jolt.Event{&jolt.Reply{At: w.now, Request: r, Outcome: o, Err: err}})
}

// pass lets so many seconds pass, in each of which so many messages come on a topic.
func (w *world) pass(seconds, messages int, topic string) {
	for range seconds {
		w.f.Tick(w.now)
		for range messages {
			w.f.Apply([]jolt.Event{&jolt.Message{At: w.now, Topic: topic, Data: "1"}})
		}
		w.now = w.now.Add(time.Second)
		w.f.Tick(w.now)
	}
}

func TestJudge(t *testing.T) {
	for name, c := range map[string]struct {
		live  func(*world)
		level level
		words string
	}{
		"nothing came":       {func(*world) {}, calm, "nothing yet"},
		"steady":             {func(w *world) { w.pass(70, 5, "a") }, calm, "steady"},
		"rare and regular":   {func(w *world) { w.pass(120, 0, "a"); w.pass(1, 12, "a"); w.pass(60, 0, "a") }, calm, "quiet"},
		"silent":             {func(w *world) { w.pass(70, 5, "a"); w.pass(15, 0, "a") }, silent, "silent for 16 s"},
		"silent for an hour": {func(w *world) { w.pass(70, 5, "a"); w.pass(3600, 0, "a") }, silent, "silent for 1h"},
		"not silent yet":     {func(w *world) { w.pass(70, 5, "a"); w.pass(8, 0, "a") }, changed, "↓ was 5/s"},
		"too few to say":     {func(w *world) { w.pass(9, 1, "a"); w.pass(60, 0, "a") }, calm, "quiet"},
		"faster":             {func(w *world) { w.pass(70, 5, "a"); w.pass(10, 20, "a") }, changed, "↑ 4 times as fast"},
		"a little faster":    {func(w *world) { w.pass(70, 5, "a"); w.pass(10, 7, "a") }, calm, "steady"},
		"by chance":          {func(w *world) { w.pass(70, 1, "a"); w.pass(10, 2, "a") }, calm, "steady"},
		"slower":             {func(w *world) { w.pass(70, 20, "a"); w.pass(10, 5, "a") }, changed, "↓ was 20/s"},
		"begins":             {func(w *world) { w.pass(70, 0, "a"); w.pass(10, 5, "a") }, changed, "↑ was silent before"},
		"known for a moment": {func(w *world) { w.pass(30, 1, "a"); w.pass(10, 20, "a") }, calm, "steady"},
		"dropped":            {func(w *world) { w.pass(5, 5, "a"); w.f.Dropped("a", 1204, 5000) }, losing, "1,204 dropped"},
		"refused": {func(w *world) {
			w.reply(jolt.Request{Op: jolt.OpSubscribe, Topic: "a"}, jolt.Rejected, kittest.Forbidden())
		}, refused, "forbidden: subscribe:secret is not granted to alice"},
		"unsubscribed": {func(w *world) {
			w.pass(70, 5, "a")
			w.reply(jolt.Request{Op: jolt.OpUnsubscribe, Topic: "a"}, jolt.Acknowledged, nil)
			w.pass(100, 0, "a")
		}, calm, "not subscribed"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld("a")
			c.live(w)
			if v := judge(w.f.Topic("a"), w.now); v.level != c.level || v.words != c.words {
				t.Errorf("%d %q, want %d %q", v.level, v.words, c.level, c.words)
			}
		})
	}
	w := newWorld()
	w.f.Want("a", w.now)
	if v := judge(w.f.Topic("a"), w.now); v.level != waiting || v.words != "not subscribed yet" {
		t.Errorf("pending: %d %q", v.level, v.words)
	}
}

// troubled has a topic of each kind, an alert, and publishes of all outcomes.
func troubled(t *testing.T) *world {
	w := newWorld("audit", "chat.room", "orders.eu", "orders.us", "payments.a-rather-long-name.of-a-topic")
	w.reply(jolt.Request{Op: jolt.OpSubscribe, Topic: "audit"}, jolt.Rejected, kittest.Forbidden())
	w.pass(70, 20, "orders.us")
	w.pass(70, 5, "orders.eu")
	w.pass(10, 30, "orders.eu")
	w.pass(2, 3, "payments.a-rather-long-name.of-a-topic")
	w.f.Dropped("payments.a-rather-long-name.of-a-topic", 12, 300)
	kittest.Watch(t, w.f, ". in orders.eu", "> 0")
	w.pass(1, 30, "orders.eu")
	for _, o := range []jolt.Outcome{jolt.Acknowledged, jolt.Acknowledged, jolt.Rejected, jolt.Unknown, jolt.NotSent} {
		w.reply(jolt.Request{Op: jolt.OpPublish, Topic: "orders.eu"}, o, nil)
	}
	return w
}

func newPage(w, h int) *Page {
	p := New(&kit.Styles{}, Actions(), kittest.MoveKeys())
	p.SetSize(w, h)
	return p
}

func TestPage(t *testing.T) {
	w := troubled(t)
	for _, size := range []struct{ w, h int }{{160, 24}, {78, 20}, {40, 10}, {10, 4}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			p := newPage(size.w, size.h)
			rows := p.View(w.f, w.now)
			kittest.RequireSize(t, rows, size.w, size.h)
			kittest.RequireGolden(t, rows)
		})
	}
}

// Trouble comes first, and the rows change places only where a second is over.
func TestOrder(t *testing.T) {
	w := troubled(t)
	p := newPage(80, 24)
	p.View(w.f, w.now)
	names := func() (all []string) {
		for _, v := range p.rows.All {
			all = append(all, strings.Split(v.topic.Name, ".")[0]+" "+v.sign())
		}
		return all
	}
	if got := fmt.Sprint(names()); got != "[audit ✗ payments ▲ orders ○ orders ~ chat ·]" {
		t.Error(got)
	}
	p.Update(kittest.Press("o"), w.f)
	if p.rows.All[0].topic.Name != "orders.eu" {
		t.Errorf("by rate: %v", names())
	}
	p.Update(kittest.Press("o"), w.f)
	p.Update(kittest.Press("o"), w.f)
	p.Update(kittest.Press("down"), w.f)
	if in := p.Update(kittest.Press("enter"), w.f); in != (Open{"chat.room"}) {
		t.Errorf("the second by name: %#v", in)
	}
}

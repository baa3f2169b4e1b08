package ui

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"joltui/internal/feed"
	"joltui/internal/history"
	"joltui/jolt"
	"joltui/ui/layout"
)

func seeded() *rand.ChaCha8 { return rand.NewChaCha8([32]byte{7}) }

func TestTemplatesAreMadeForEachMessage(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{Random: seeded()})
	s.press("p", "text:t", "enter", "ctrl+t", `text:{{.Count}} {{.Time.Unix}} {{.Random 5 5}}`)
	s.contains("Publish template ", "→ 1 "+fmt.Sprint(s.now.Unix())+" 5")
	s.press("enter")
	if r := s.client.last(t); r.Data != fmt.Sprintf("1 %d 5", s.now.Unix()) {
		t.Errorf("published %q", r.Data)
	}
	s.press("up", "enter")
	if r := s.client.last(t); !strings.HasPrefix(r.Data, "2 ") {
		t.Errorf("the same again is %q", r.Data)
	}
	s.press("ctrl+t", `text:{{.Count}}`, "enter")
	if r := s.client.last(t); r.Data != "{{.Count}}" {
		t.Errorf("published %q although templates are off", r.Data)
	}
	s.press("ctrl+t", `text:{{.Nope}}`, "enter")
	s.contains("→ line 1: there is no .Nope")
	if len(s.client.requests) != 3 {
		t.Error("what is no template was published")
	}
}

func TestReadOnly(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{ReadOnly: true})
	s.contains(" READ-ONLY ")
	s.press("G", "p")
	s.contains("p: publish ─ this dashboard is read-only")
	s.lacks("go to the payload", "┏ Publish")
	s.press("e", "s", "text:more", "enter")
	if len(s.client.requests) != 1 || s.client.last(t).Op != jolt.OpSubscribe {
		t.Errorf("asked for %v", s.client.requests)
	}
	if s.model.prompt.Active() {
		t.Error("it asks how often to publish nothing")
	}
}

func TestConfirmPublish(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{ConfirmPublish: true})
	s.press("G", "p", "text:hello", "enter")
	s.contains("publish 5 bytes to orders.eu?", "y yes", "n no", "> hello")
	s.press("enter", "x") // neither yes nor no
	s.contains("publish 5 bytes to orders.eu?")
	s.press("n")
	s.contains("> hello")
	s.press("enter", "esc", "enter")
	if len(s.client.requests) > 0 {
		t.Fatalf("published %v without a yes", s.client.requests)
	}
	s.press("y")
	if r := s.client.last(t); r.Data != "hello" || r.Topic != "orders.eu" {
		t.Errorf("published %v", r)
	}
	s.lacks("publish 5 bytes")
	s.press("enter", "enter", "y", "ctrl+t", "text:{{.Count}}", "enter")
	s.contains("publish what the template makes to orders.eu?")
	s.press("n", "ctrl+x", "text:1000", "enter")
	s.contains("publish what the template makes to orders.eu, 1,000 times?")
	s.press("n")
	if len(s.client.requests) != 2 {
		t.Errorf("published %v", s.client.requests)
	}
}

func TestEditAndResend(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("p", "text:a", "enter", "text:draft", "esc", "e")
	s.contains("· e: edit and resend ─ go to a message first")
	s.press("G", "enter", "e")
	if s.model.focus != layout.RegionPublish {
		t.Fatal("the publish box has not got the focus")
	}
	last := s.model.feed.Topic("orders.eu").History().Window()
	want := last.At(last.Next() - 1).Data
	if got := s.model.publish.Message(); got.Data != want || got.Topic != "orders.eu" {
		t.Errorf("the box has %+v, want %s", got, want)
	}
	s.press("up")
	if got := s.model.publish.Message(); got.Data != "draft" || got.Topic != "a" {
		t.Errorf("the history has %+v, want the draft", got)
	}
	s.press("down", "enter", "esc", "enter", "e", "enter")
	if r := s.client.last(t); r.Data != want || len(s.client.requests) != 2 {
		t.Errorf("from the inspector, %v was published", s.client.requests)
	}
}

func TestWhatWasNotKeptWholeIsNotEdited(t *testing.T) {
	s := newScreen(t, 120, 40, Options{Limits: feed.Limits{Body: 10}, Topics: []string{"a"}})
	s.events(up(1), &jolt.Message{At: s.now, Topic: "a", Data: strings.Repeat("x", 2000)})
	s.press("enter", "e")
	s.contains("· not edited: only 10 B of the 2 kB of this message on a were kept")
	s.events(&jolt.Message{At: s.now, Topic: "a", Data: "y"})
	if s.model.focus == layout.RegionPublish {
		t.Error("the publish box has the focus")
	}
	big := newScreen(t, 120, 40, Options{Topics: []string{"a"}})
	big.events(up(1), &jolt.Message{At: s.now, Topic: "a", Data: strings.Repeat("x", 2<<20)})
	big.press("enter", "e")
	big.contains("· not edited: this message on a has 2.1 MB, and a payload has at most 1 MiB")
}

// fakeHistory is a [History] in memory.
type fakeHistory struct {
	messages []history.Message
	pending  []history.Message
	skipped  int
	err      error
	writes   int
}

func (h *fakeHistory) Load() ([]history.Message, int, error) { return h.messages, h.skipped, h.err }

func (h *fakeHistory) Keep(m history.Message) error {
	h.pending = append(h.pending, m)
	return nil
}

func (h *fakeHistory) Write() error {
	h.writes++
	if h.err != nil {
		return h.err
	}
	h.messages, h.pending = append(h.messages, h.pending...), nil
	return nil
}

func TestHistoryLastsBetweenRuns(t *testing.T) {
	h := &fakeHistory{}
	s := watchOrders(t, 120, 40, Options{History: h})
	s.run(s.model.publishing.loadPast())
	s.press("p", "text:a", "enter", "text:one", "enter", "ctrl+t", "text:{{.Count}}", "enter")
	want := []history.Message{{At: s.now, Topic: "a", Data: "one"}, {At: s.now, Topic: "a", Data: "{{.Count}}", Template: true}}
	if diff := cmp.Diff(want, h.messages); diff != "" {
		t.Fatalf("kept (-want +got):\n%s", diff)
	}
	again := watchOrders(t, 120, 40, Options{History: h})
	load := again.model.publishing.loadPast()
	again.press("p", "text:b", "enter", "text:early", "enter") // before the history is there
	again.run(load)
	again.press("up")
	again.contains("> early", "history 3 of 3")
	again.press("up")
	again.contains("Publish template ", "to a ", "> {{.Count}}")
	if len(h.messages) != 3 || h.messages[2].Data != "early" {
		t.Errorf("kept %v", h.messages)
	}
}

func TestMessagesAreKeptInTheirOrder(t *testing.T) {
	h := &fakeHistory{}
	s := watchOrders(t, 120, 40, Options{History: h})
	load := s.model.publishing.loadPast()
	s.press("p", "text:a", "enter", "text:1", "enter", "text:2", "enter", "text:3", "enter")
	if h.writes != 0 {
		t.Fatal("two commands use the history at once")
	}
	s.run(load)
	if len(h.messages) != 3 || h.messages[0].Data != "1" || h.messages[2].Data != "3" || h.writes != 1 {
		t.Errorf("kept %v in %d steps", h.messages, h.writes)
	}
}

func TestHistoryTellsWhatIsWrongOnce(t *testing.T) {
	h := &fakeHistory{skipped: 2}
	s := watchOrders(t, 120, 40, Options{History: h})
	s.run(s.model.publishing.loadPast())
	s.contains("· history: 2 lines cannot be read, and were skipped")
	h.err = errors.New("history: disk full")
	s.press("p", "text:a", "enter", "text:1", "enter", "text:2", "enter")
	if n := s.logSays("published, but not kept for the next time: history: disk full; it is tried again"); n != 1 {
		t.Errorf("said %d times:\n%s", n, s.model.View())
	}
	h.err = nil
	s.press("text:3", "enter", "text:4", "enter")
	if n := strings.Count(s.model.View(), "kept for the next time again"); n != 1 || len(h.messages) != 4 {
		t.Errorf("said %d times that %d are kept:\n%s", n, len(h.messages), s.model.View())
	}
	h.err = errors.New("history: disk full")
	broken := watchOrders(t, 120, 40, Options{History: h})
	broken.run(broken.model.publishing.loadPast())
	broken.contains("✗ what was published before is not known: history: disk full")
}

func TestGoldenPublish(t *testing.T) {
	for name, scene := range publishScenes() {
		for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size.w, size.h), func(t *testing.T) {
				s := watchOrders(t, size.w, size.h, Options{Random: seeded(), ConfirmPublish: name == "confirm", ReadOnly: name == "read-only"})
				s.press("G", "p")
				scene(s)
				s.golden()
			})
		}
	}
}

func publishScenes() map[string]func(s *screen) {
	template := `text:{"id":{{.Count}},"at":"{{.Time}}","key":"{{.UUID}}","amount":{{.Random 1 100}}}`
	return map[string]func(s *screen){
		"template":  func(s *screen) { s.press("ctrl+t", template) },
		"no json":   func(s *screen) { s.press(`text:{"id":1,`, "alt+enter", `text: "status":}`) },
		"formatted": func(s *screen) { s.press(`text:{"id":1,"amount":12.50,"tags":[]}`, "ctrl+l") },
		"read-only": func(s *screen) { s.press("text:hello", "enter") },
		"confirm":   func(s *screen) { s.press(`text:{"id":1}`, "enter") },
		"searching": func(s *screen) {
			for _, data := range []string{`{"id":1,"status":"new"}`, `{"id":2,"status":"failed"}`, "hello", `{"id":3,"status":"failed"}`} {
				s.press("text:"+data, "enter")
			}
			s.press("text:draft", "ctrl+r", "text:FAIL", "ctrl+r")
		},
		"how often": func(s *screen) { s.press("ctrl+t", template, "ctrl+x", "text:100 every 5") },
		"repeating": func(s *screen) {
			s.press("ctrl+t", template, "ctrl+x")
			s.repeat("1000 at 200/s", 530, 2)
		},
		"repeated": func(s *screen) {
			s.press("ctrl+t", template, "ctrl+x")
			s.repeat("1000 at 200/s", 530, 0)
			s.model.publishing.repetition.stop(errStopped)
			s.send(repeatedMsg{s.model.publishing.repetition, 530, errStopped})
		},
	}
}

// repeat begins to repeat the message in the box without running the repetition, and sends
// the outcomes of so many messages at the pace of the plan.
func (s *screen) repeat(plan string, done, rejected int) {
	s.t.Helper()
	s.press("text:" + plan)
	s.model.Update(keyMsg(s.t, "enter"))
	if s.model.publishing.repetition == nil {
		s.t.Fatal("nothing is being repeated")
	}
	request := s.model.publishing.repetition.request
	s.now = s.now.Add(2650 * time.Millisecond)
	var all []jolt.Event
	for i := range done {
		event := ack(request, 300*time.Microsecond).(*jolt.Reply)
		if i < rejected {
			event = reject(request, "rate_limited: 200/s").(*jolt.Reply)
		}
		event.At = s.now
		event.Sent = s.now.Add(-300 * time.Microsecond)
		all = append(all, event)
	}
	s.events(all...)
}

package publish

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/keys"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func newBox(topic string) *Box {
	p := New(&kit.Styles{}, Actions("", ""), keys.PromptKeys(keys.Prompt()), kittest.Start)
	p.SetSize(60, 5)
	p.SetTopic(topic)
	p.Focus(nil)
	return p
}

// typed presses keys in the box, tells it that what it asks to publish was sent, and returns
// the last intent.
func typed(p *Box, names ...string) kit.Intent {
	var last kit.Intent
	for _, name := range names {
		last = p.Update(kittest.Press(name))
		if m, ok := last.(intent.Publish); ok {
			p.Sent(m)
		}
	}
	return last
}

func draft(topic, data string) intent.Publish { return intent.Publish{Topic: topic, Data: data} }

func TestPublishView(t *testing.T) {
	for _, w := range []int{30, 80} {
		for name, keys := range map[string][]string{
			"empty":    {},
			"lines":    {`{"id":1,`, "alt+enter", "\t\"note\":\"bell\x07 and 世界\"}"},
			"topic":    {"tab", "-west"},
			"scrolled": {strings.Repeat("0123456789", 20), "left", "left"},
			"no topic": {"tab", "ctrl+u", "enter"},
			"history":  {"a", "enter", "b", "enter", "draft", "up"},
		} {
			t.Run(fmt.Sprint(w, " ", name), func(t *testing.T) {
				p := newBox("orders.eu")
				p.SetSize(w, 5)
				typed(p, keys...)
				kittest.RequireGolden(t, p.View())
			})
		}
	}
}

func TestPublishSends(t *testing.T) {
	p := newBox("orders.eu")
	for _, send := range []string{"enter", "ctrl+s"} {
		if got := typed(p, "hello", " ", "you", send); got != (draft("orders.eu", "hello you")) {
			t.Fatalf("%s: intent %#v", send, got)
		}
		if p.payload.String() != "" {
			t.Fatalf("%s: %q is left in the box", send, p.payload.String())
		}
	}
	if got := typed(p, "enter"); got != nil || !strings.Contains(strings.Join(p.says(), ""), "the payload is empty; enter again") {
		t.Fatalf("an empty payload: intent %#v, %q", got, p.says())
	}
	if got := typed(p, "enter"); got != (draft("orders.eu", "")) {
		t.Fatalf("an empty payload, and a yes: intent %#v", got)
	}
}

func TestPublishRefusesEmptyTopic(t *testing.T) {
	p := newBox("")
	if got := typed(p, "tab", "hello", "enter"); got != nil {
		t.Fatalf("intent %#v without a topic", got)
	}
	if shown := kittest.Text(p.View()); !strings.Contains(shown, "type a topic first") || !strings.Contains(shown, "hello") {
		t.Fatalf("no word about the topic, or the draft is gone:\n%s", shown)
	}
	if got := typed(p, "mine", "enter"); got != (draft("mine", "hello")) {
		t.Fatalf("intent %#v after a topic was typed", got)
	}
}

func TestPublishGoesOnFromTheTopic(t *testing.T) {
	p := newBox("")
	if got := typed(p, "mine", "enter"); got != nil {
		t.Fatalf("intent %#v before there was a payload", got)
	}
	if got := typed(p, "hello", "enter"); got != (draft("mine", "hello")) {
		t.Fatalf("intent %#v", got)
	}
	if got := typed(p, "tab", "enter", "enter", "enter"); got != (draft("mine", "")) {
		t.Fatalf("intent %#v: enter goes on, asks, and sends nothing written, too", got)
	}
}

func TestPublishTopicIsProposedUntilTyped(t *testing.T) {
	p := newBox("a")
	p.SetTopic("b")
	typed(p, "tab", "ctrl+u")
	p.SetTopic("c")
	if got := p.topic.String(); got != "" {
		t.Fatalf("topic %q came back while the user cleared it", got)
	}
	typed(p, "own\n", "tab", "draft")
	p.Blur()
	p.SetTopic("d")
	if got := typed(p, "x"); got != nil || p.topic.String() != "own" || p.payload.String() != "draft" {
		t.Fatalf("topic %q, payload %q: want the user's own topic, and no keys without focus", p.topic.String(), p.payload.String())
	}
	p.Focus(nil)
	typed(p, "ctrl+u")
	p.Blur()
	if got := p.topic.String(); got != "d" {
		t.Fatalf("topic %q, want the proposal once there is no draft", got)
	}
	typed(p, "tab")
	p.Focus(nil)
	typed(p, "tab", "ctrl+u", "own", "enter", "x", "enter")
	if got := p.topic.String(); got != "d" {
		t.Fatalf("topic %q, want the proposal after the message was sent", got)
	}
	p.SetTopic("")
	if got := p.topic.String(); got != "d" {
		t.Fatalf("topic %q: where nothing is selected the latest one stays", got)
	}
}

func TestPublishHistory(t *testing.T) {
	p := newBox("t")
	typed(p, "one", "enter", "two", "alt+enter", "lines", "enter", "dra", "ft")
	for _, step := range []struct{ key, want string }{
		{"up", "two\nlines"}, {"up", "two\nlines"}, // first to the first line
		{"up", "one"}, {"up", "one"}, {"down", "two\nlines"}, {"down", "draft"}, {"down", "draft"},
		{"up", "two\nlines"}, {"!", "two\nlines!"}, {"down", "draft"}, {"up", "two\nlines!"},
	} {
		if typed(p, step.key); p.payload.String() != step.want {
			t.Fatalf("after %s: %q, want %q", step.key, p.payload.String(), step.want)
		}
	}
	if got := typed(p, "enter"); got != (draft("t", "two\nlines!")) {
		t.Fatalf("intent %#v", got)
	}
	if got := p.payload.String(); got != "draft" {
		t.Fatalf("%q in the box after a recalled message was sent, want the draft", got)
	}
	typed(p, "up", "up", "up")
	if got := p.payload.String(); got != "two\nlines" {
		t.Fatalf("%q: the edit of a recalled message changed what was sent", got)
	}
}

func TestPublishHistoryKeepsTopics(t *testing.T) {
	p := newBox("a")
	typed(p, "1", "enter", "tab", "ctrl+u", "b", "tab", "2", "enter")
	if typed(p, "up", "up"); p.topic.String() != "a" || p.payload.String() != "1" {
		t.Fatalf("recalled %q on %q", p.payload.String(), p.topic.String())
	}
	if typed(p, "down", "down"); p.topic.String() != "a" || p.payload.String() != "" {
		t.Fatalf("the draft is %q on %q", p.payload.String(), p.topic.String())
	}
}

func TestHistoryIsBounded(t *testing.T) {
	var h history
	for i := range maxHistory + 5 {
		h.sent(intent.Publish{Topic: "t", Data: fmt.Sprint(i)})
		h.sent(intent.Publish{Topic: "t", Data: fmt.Sprint(i)})
	}
	if len(h.messages) != maxHistory || h.messages[0].Data != "5" {
		t.Fatalf("%d messages from %v on", len(h.messages), h.messages[0])
	}
	for range 20 {
		h.sent(intent.Publish{Data: strings.Repeat("x", 1<<20)})
		h.sent(intent.Publish{Data: strings.Repeat("y", 1<<20)})
	}
	if len(h.messages) != 8 {
		t.Fatalf("%d messages of 1 MiB kept, want 8", len(h.messages))
	}
}

func TestPublishKeepsPastedText(t *testing.T) {
	p := newBox("t")
	lines := strings.Repeat("a\tb\n", 12_000) + "\x1b[0m end"
	p.Update(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune(strings.ReplaceAll(lines, "\n", "\r"))})
	if got := typed(p, "enter"); got != (draft("t", lines)) {
		t.Fatalf("a paste of %d bytes was changed", len(lines))
	}
	p.Update(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune("a\r\nb\rc\nd")})
	if got := typed(p, "enter"); got != (draft("t", "a\nb\nc\nd")) {
		t.Fatalf("intent %#v", got)
	}
}

func TestPublishTellsItsLimit(t *testing.T) {
	p := newBox("t")
	p.payload.Set(strings.Repeat("x", MaxPayload-1))
	if typed(p, "é"); p.payload.Bytes != MaxPayload-1 || !strings.Contains(kittest.Text(p.View()), "at most 1 MiB") {
		t.Fatalf("%d bytes and no word about it:\n%s", p.payload.Bytes, kittest.Text(p.View()))
	}
	if typed(p, "e"); p.payload.Bytes != MaxPayload || strings.Contains(kittest.Text(p.View()), "at most") {
		t.Fatalf("the last byte does not fit")
	}
}

func TestPublishHeight(t *testing.T) {
	p := newBox("t")
	for lines, want := range map[string]int{"": 4, "a\nb": 5, strings.Repeat("\n", 50): 9} {
		if p.payload.Set(lines); p.Height(20) != want {
			t.Errorf("%q: %d rows, want %d", lines, p.Height(20), want)
		}
	}
	p.payload.Set(strings.Repeat("\n", 50))
	if got := p.Height(5); got != 5 {
		t.Errorf("%d rows of at most 5", got)
	}
}

func TestPublishLeaves(t *testing.T) {
	p := newBox("t")
	if got := typed(p, "draft", "esc"); got != (kit.Leave{}) {
		t.Fatalf("intent %#v", got)
	}
	p.Blur()
	p.Focus(nil)
	if got := typed(p, "enter"); got != (draft("t", "draft")) {
		t.Fatalf("intent %#v: the draft is gone", got)
	}
}

// What looks like a payload is no topic, however it comes.
func TestPayloadIsNoTopic(t *testing.T) {
	for _, text := range []string{`{"id":1}`, "[1]", "{\n  \"a\": 1\n}"} {
		p := newBox("")
		typed(p, text)
		if p.topic.Bytes != 0 || p.payload.String() != text || !strings.Contains(strings.Join(p.says(), ""), "taken for the payload") {
			t.Errorf("%q: topic %q, payload %q, %q", text, p.topic.String(), p.payload.String(), p.says())
		}
	}
	p := newBox("")
	typed(p, "one\ntwo")
	if p.topic.Bytes != 0 || !strings.Contains(strings.Join(p.says(), ""), "a topic is one line") {
		t.Errorf("topic %q, %q", p.topic.String(), p.says())
	}
	typed(p, "x", "home", "{") // typed before what is there
	if got := typed(p, "tab", "data", "enter"); got != nil || !strings.Contains(strings.Join(p.says(), ""), "looks like a payload") {
		t.Errorf("intent %#v, %q", got, p.says())
	}
}

// Another key than that of the question is no yes.
func TestDoubtIsAskedAboutAgain(t *testing.T) {
	p := newBox("t")
	if got := typed(p, `{"id":1,`, "enter"); got != nil || !strings.Contains(strings.Join(p.says(), ""), "the JSON is not complete") {
		t.Fatalf("intent %#v, %q", got, p.says())
	}
	if got := typed(p, "left", "enter"); got != nil {
		t.Fatalf("intent %#v: it was not asked again", got)
	}
	if got := typed(p, "enter"); got != (draft("t", `{"id":1,`)) {
		t.Fatalf("intent %#v", got)
	}
}

func TestTopicIsCompleted(t *testing.T) {
	p := newBox("")
	p.Focus([]string{"orders.eu", "orders.us", "audit"})
	typed(p, "ord")
	if shown := kittest.Text(p.View()); !strings.Contains(shown, "orders.eu  orders.us") || strings.Contains(shown, "audit") {
		t.Errorf("the topics are not offered:\n%s", shown)
	}
	if typed(p, "tab"); p.topic.String() != "orders.eu" || !p.onTopic {
		t.Errorf("tab made %q of it", p.topic.String())
	}
	if typed(p, "tab"); p.onTopic {
		t.Error("tab does not go on to the payload")
	}
}

// The key that sends says what it does now, and the box what became of the latest message.
func TestBoxSaysWhatIs(t *testing.T) {
	p := newBox("")
	enter := func() string { return p.ShortHelp()[0].Help().Desc }
	if typed(p, "t"); enter() != "go to the payload" {
		t.Errorf("enter: %q", enter())
	}
	if typed(p, "enter", "x"); enter() != "send to t" {
		t.Errorf("enter: %q", enter())
	}
	typed(p, "enter")
	p.Ended(draft("t", "x"), &feed.Row{Outcome: jolt.Acknowledged, Latency: 300 * time.Microsecond})
	if shown := kittest.Text(p.View()); !strings.Contains(shown, "✓ ok 0.30 ms to t") {
		t.Errorf("no outcome:\n%s", shown)
	}
	typed(p, "y", "enter")
	p.Ended(draft("t", "y"), &feed.Row{Outcome: jolt.Rejected})
	if shown := kittest.Text(p.View()); p.payload.String() != "y" || !strings.Contains(shown, "✗ rejected to t") {
		t.Errorf("the draft is not given back:\n%s", shown)
	}
	p.SetTopic("elsewhere")
	if shown := kittest.Text(p.View()); !strings.Contains(shown, "▲ not the selected elsewhere") {
		t.Errorf("not said that the selection is another topic:\n%s", shown)
	}
}

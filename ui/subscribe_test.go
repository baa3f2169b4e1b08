package ui

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/jolt"
)

// asked returns the topics of the client's requests for op, sorted.
func (c *fakeClient) asked(op jolt.Op) []string {
	var topics []string
	for _, r := range c.requests {
		if r.Op == op {
			topics = append(topics, r.Topic)
		}
	}
	slices.Sort(topics)
	return topics
}

func wantTopics(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("topics %q, want %q", got, want)
	}
}

func TestSubscribePastedList(t *testing.T) {
	s := newScreen(t, 120, 40, Options{})
	s.events(up(0))
	s.press("s")
	paste := keyMsg(t, "x")
	paste.Runes, paste.Paste = []rune("orders.eu\r\norders.us\n\"chat room\", audit"), true
	s.send(paste)
	s.press("enter")
	wantTopics(t, s.client.asked(jolt.OpSubscribe), "audit", "chat room", "orders.eu", "orders.us")
	s.contains("◌ audit", "◌ chat room", "◌ orders.eu", "◌ orders.us")

	s.events(reject(s.client.requests[0], "forbidden: not for you"), ack(s.client.requests[1], time.Millisecond))
	if got := s.model.feed.Topic(s.client.requests[0].Topic); got.State != feed.TopicRejected || got.Err != "forbidden: not for you" {
		t.Errorf("%s: %s, %q: the error has to stay at its topic", got.Name, got.State, got.Err)
	}
}

func TestSubscribeFile(t *testing.T) {
	list := filepath.Join(t.TempDir(), "my list")
	write := func(text string) {
		if err := os.WriteFile(list, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("# what we watch\r\norders.eu\n\n  chat room  \norders.eu\naudit")
	s := newScreen(t, 160, 40, Options{})
	s.events(up(0))
	s.press("s", `text:extra @"`+list+`"`, "enter")
	wantTopics(t, s.client.asked(jolt.OpSubscribe), "audit", "chat room", "extra", "orders.eu")

	for text, want := range map[string]string{
		"a\n\xff\n":                  "line 2 is not UTF-8 text",
		"a\nb\nc\x1bd":               `line 3 has a control character: c\x1bd`,
		"# nothing":                  "it lists no topics",
		strings.Repeat("a\n", 1<<20): "it is larger than 1048576 bytes",
		manyTopics(10_001):           "line 10001 is one topic too many",
	} {
		write(text)
		before := len(s.client.requests)
		s.press("s", `text:@"`+list+`"`, "enter")
		if len(s.client.requests) != before {
			t.Errorf("%.10q: something was subscribed", text)
		}
		if row := lastFailure(s); !strings.Contains(row, "my list: "+want) {
			t.Errorf("%.10q: the log says %q, want %q", text, row, want)
		}
	}
	for path, want := range map[string]string{
		filepath.Dir(list): "it is not a file",
		list + ".nowhere":  "no such file or directory",
	} {
		s.press("s", `text:@"`+path+`"`, "enter")
		if row := lastFailure(s); !strings.Contains(row, want) {
			t.Errorf("%s: the log says %q, want %q", path, row, want)
		}
	}
}

func manyTopics(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintln(&b, i)
	}
	return b.String()
}

func lastFailure(s *screen) string {
	log := s.model.feed.Log()
	for pos := log.Next(); pos > log.First(); pos-- {
		if row := log.At(pos - 1); row.Kind == feed.RowFailure {
			return row.Text
		}
	}
	return ""
}

// TestSubscribeManyInParts: the client has each request for a short time only,
// however many there are.
func TestSubscribeManyInParts(t *testing.T) {
	s := newScreen(t, 80, 24, Options{})
	var topics []string
	for i := range 1000 {
		topics = append(topics, fmt.Sprintf("topic.%04d", i))
	}
	cmd := s.model.subscribing.subscribe(topics)
	if s.model.pending != subscribeAtOnce {
		t.Errorf("%d requests are with the client at once", s.model.pending)
	}
	s.run(cmd)
	wantTopics(t, s.client.asked(jolt.OpSubscribe), topics...)
}

func TestUnsubscribeAllAndAgain(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("z", "j", "v", "j", "v", "U", "y") // audit and chat.room side by side
	wantTopics(t, s.client.asked(jolt.OpUnsubscribe), "audit", "chat.room")
	for _, r := range s.client.requests {
		s.events(ack(r, time.Millisecond))
	}
	s.contains("○ audit", "○ chat.room", "● orders.eu")
	s.press("s", "tab", "enter")
	wantTopics(t, s.client.asked(jolt.OpSubscribe), "audit", "chat.room")
}

func TestUnsubscribeAllOfNothing(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("U")
	if len(s.client.requests) != 0 {
		t.Errorf("asked for %v", s.client.requests)
	}
	s.contains("U: unsubscribe group, tiles ─ put topics side by side first (v), or select a group of the tree (z)")
}

func TestCompletionKnowsWhatWasSeen(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("p", "text:billing", "tab", "text:x", "enter", "esc")
	wantTopics(t, s.model.subscribing.seenTopics(), "billing")
	s.events(&jolt.Message{At: s.now, Topic: "late.one", Data: "x"})
	s.press("s")
	s.model.subscribing.offered = []string{"audit", "nobody.here"} // as the broker tells
	for _, want := range []string{"subscribe to late.one▏", "subscribe to billing▏", "subscribe to nobody.here▏", "subscribe to late.one▏"} {
		s.press("tab")
		s.contains(want)
	}
}

// groupsInMemory keeps groups as long as the test.
type groupsInMemory struct {
	groups map[string][]string
	err    error
}

func (g *groupsInMemory) Load() (map[string][]string, error) { return g.groups, g.err }

func (g *groupsInMemory) Save(name string, topics []string) (map[string][]string, error) {
	if g.err != nil {
		return nil, g.err
	}
	next := maps.Clone(g.groups)
	next[name] = topics
	g.groups = next
	return next, nil
}

func TestGroups(t *testing.T) {
	store := &groupsInMemory{groups: map[string][]string{"night": {"audit", "alarm"}}}
	s := watchOrders(t, 120, 40, Options{Groups: store})
	s.run(s.model.subscribing.loadGroups())
	s.press("s", "text:+n", "tab", "enter")
	wantTopics(t, s.client.asked(jolt.OpSubscribe), "alarm", "audit")

	s.press("S", "text:all", "enter")
	wantTopics(t, store.groups["all"], "alarm", "audit", "chat.room", "orders.eu")
	s.contains("saved as group +all: 4 topics")
	s.press("s", "text:+all", "enter")
	if got := len(s.client.asked(jolt.OpSubscribe)); got != 6 {
		t.Errorf("%d topics were asked for, want the group that was just saved", got)
	}
}

func TestGroupsThatCannotBeKept(t *testing.T) {
	store := &groupsInMemory{err: errors.New("groups.json: permission denied")}
	s := watchOrders(t, 120, 40, Options{Groups: store})
	s.run(s.model.subscribing.loadGroups())
	s.contains("the saved groups could not be read: groups.json: permission denied")
	s.press("S", "text:x", "enter")
	s.contains("group +x could not be saved: groups.json: permission denied")

	none := watchOrders(t, 120, 40, Options{})
	none.press("S")
	none.contains("S: save topics as group ─ this dashboard has no file for groups")
	idle := newScreen(t, 120, 40, Options{Groups: store})
	idle.press("S")
	idle.contains("S: save topics as group ─ nothing is subscribed")
}

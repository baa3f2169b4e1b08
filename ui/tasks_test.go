package ui

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"joltui/internal/clipboard"
	"joltui/jolt"
	"joltui/ui/views/diff"
)

// task is something that people do every day.
type task struct {
	name   string
	before []string // keys after which it begins
	keys   []string
	cost   string // in keys, and in letters that are typed; README has the table
	done   func() bool
}

// cost counts keys, and the letters of what is typed.
func cost(keys []string) (pressed, typed int) {
	for _, key := range keys {
		if text, is := strings.CutPrefix(key, "text:"); is {
			typed += utf8.RuneCountInString(text)
		} else {
			pressed++
		}
	}
	return pressed, typed
}

// The ten most common tasks take as many keys as README says: they are done after the last
// one, and not before.
func TestTheTenMostCommonTasks(t *testing.T) {
	recorded := filepath.Dir(writePayload(t, "jolt-20260101-100000.ndjson", ""))
	var s *screen
	var played []string
	clip := &fakeClipboard{way: clipboard.Terminal}
	recorder := &fakeRecorder{}
	open := func() {
		played, clip.texts, recorder.on = nil, nil, false
		s = watchOrders(t, 120, 40, Options{
			Clipboard: clip, Recorder: recorder, RecordIn: []string{recorded}, Profiles: someProfiles(), Profile: "local", Editor: "true",
			Replay: func(path string) *exec.Cmd {
				played = append(played, path)
				return exec.Command("true")
			},
		})
	}
	asked := func(op jolt.Op) (n int) {
		for _, r := range s.client.requests {
			if r.Op == op {
				n++
			}
		}
		return n
	}
	started := false
	for _, task := range []task{
		{"watch a topic", nil, []string{"s", "text:pay.in", "enter"}, "2+6",
			func() bool { return asked(jolt.OpSubscribe) == 1 && s.client.last(t).Topic == "pay.in" }},
		{"find the failed orders", nil, []string{"tab", "/", "text:failed", "enter"}, "3+6",
			func() bool { return strings.Contains(s.model.filter.String(), "failed") && !s.model.prompt.Active() }},
		{"see what changed", []string{"G"}, []string{"enter", "d"}, "2+0",
			func() bool { return s.model.top() != nil && s.model.top().Place() == diff.Place() }},
		{"publish a JSON", []string{"G"}, []string{"p", `text:{"id":1}`, "enter"}, "2+8",
			func() bool { return asked(jolt.OpPublish) == 1 && s.client.last(t).Data == `{"id":1}` }},
		{"repeat it", []string{"G", "p", `text:{"id":1}`, "enter"}, []string{"up", "enter"}, "2+0",
			func() bool { return asked(jolt.OpPublish) == 2 && s.client.last(t).Data == `{"id":1}` }},
		{"watch a number", []string{"G"}, []string{"W", "a", "tab", "enter"}, "4+0",
			func() bool { all := s.model.feed.Watches().All(); return len(all) == 1 && all[0].Stats().Values() > 0 }},
		{"copy a payload", []string{"G"}, []string{"tab", "y"}, "2+0",
			func() bool { return strings.HasPrefix(clip.last(), `{"id":`) }},
		{"record a while", nil, []string{"r", "enter", "enter", "r"}, "4+0",
			func() bool { started = started || recorder.on; return started && !recorder.on }},
		{"replay it", nil, []string{":", "text:replay ", "tab", "enter"}, "3+7",
			func() bool { return len(played) == 1 }},
		{"switch to another broker", nil, []string{"C", "j", "enter", "y"}, "4+0",
			func() bool { return s.quit && s.model.SwitchTo() == "prod" }},
	} {
		t.Run(task.name, func(t *testing.T) {
			open()
			s.press(task.before...)
			for i, key := range task.keys {
				if task.done() {
					t.Fatalf("done before %s, its key %d", key, i+1)
				}
				s.press(key)
			}
			pressed, typed := cost(task.keys)
			if !task.done() {
				t.Errorf("not done after %v:\n%s", task.keys, s.model.View())
			}
			if got := fmt.Sprintf("%d+%d", pressed, typed); got != task.cost {
				t.Errorf("it takes %s keys, want %s", got, task.cost)
			}
		})
	}
}

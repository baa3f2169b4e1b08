package topics

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func newTopics(w, h int) *Pane {
	v := New(&kit.Styles{}, Actions(), kittest.MoveKeys())
	v.SetSize(w, h)
	v.SetFocus(true)
	return v
}

func TestTopicsView(t *testing.T) {
	for _, w := range []int{24, 40} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			f, v := kittest.Lively(), newTopics(w, 11)
			v.Select("orders.eu")
			v.Update(kittest.Press("v"), f)
			kittest.RequireGolden(t, v.View(f, kittest.Start().Add(4*time.Minute)))
		})
	}
}

func TestTopicsSelectionGoesByName(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newTopics(30, 8)
	for _, name := range []string{"b", "d", "f"} {
		f.Want(name, kittest.Start())
	}
	v.Select("d")
	v.View(f, kittest.Start())
	f.Want("a", kittest.Start())
	f.Want("c", kittest.Start())
	if v.View(f, kittest.Start()); v.Selected() != "d" {
		t.Fatalf("selected %q after others came, want d", v.Selected())
	}
	f.Forget("d")
	if v.View(f, kittest.Start()); v.Selected() != "f" {
		t.Fatalf("selected %q after d went, want its neighbour f", v.Selected())
	}
	f.Forget("f")
	if v.View(f, kittest.Start()); v.Selected() != "c" {
		t.Fatalf("selected %q after the last one went, want c", v.Selected())
	}
	for _, name := range []string{"a", "b", "c"} {
		f.Forget(name)
	}
	if v.View(f, kittest.Start()); v.Selected() != "" {
		t.Fatalf("selected %q with no topic left, want all topics", v.Selected())
	}
}

func TestTopicsMove(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newTopics(30, 6)
	for i := range 20 {
		f.Want(fmt.Sprintf("t%02d", i), kittest.Start())
	}
	for _, step := range []struct{ key, want string }{
		{"k", ""}, {"j", "t00"}, {"pgdown", "t04"}, {"G", "t19"}, {"j", "t19"}, {"k", "t18"}, {"g", ""}, {"end", "t19"}, {"x", "t19"},
	} {
		v.View(f, kittest.Start())
		if v.Update(kittest.Press(step.key), f); v.Selected() != step.want {
			t.Fatalf("after %s %q is selected, want %q", step.key, v.Selected(), step.want)
		}
	}
	f.Want("zz", kittest.Start())
	if v.View(f, kittest.Start()); v.Selected() != "t19" {
		t.Fatalf("selected %q: the list followed its end", v.Selected())
	}
	if shown := strings.Join(v.View(f, kittest.Start()), "\n"); !strings.Contains(shown, "▸◌ t19") {
		t.Fatalf("the selected row is not on screen:\n%s", shown)
	}
}

func TestTopicsStepsOverTheNamelessOne(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newTopics(30, 8)
	f.Apply([]jolt.Event{kittest.Message(kittest.Start(), "", "x"), kittest.Message(kittest.Start(), "a", "x")})
	for _, step := range []struct{ key, want string }{{"j", "a"}, {"k", ""}, {"k", ""}, {"G", "a"}} {
		if v.Update(kittest.Press(step.key), f); v.Selected() != step.want {
			t.Fatalf("after %s %q is selected, want %q", step.key, v.Selected(), step.want)
		}
	}
}

func TestTopicsTiles(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newTopics(30, 8)
	for _, name := range []string{"a", "b", "c"} {
		f.Want(name, kittest.Start())
	}
	for _, name := range []string{"", "c", "a", "b", "a"} {
		v.Select(name)
		v.Update(kittest.Press("v"), f)
	}
	if want := []string{"c", "b"}; !slices.Equal(v.Tiled(), want) {
		t.Fatalf("tiled %q, want %q", v.Tiled(), want)
	}
	f.Forget("c")
	if v.View(f, kittest.Start()); !slices.Equal(v.Tiled(), []string{"b"}) {
		t.Fatalf("tiled %q after c was forgotten, want b", v.Tiled())
	}
}

func TestTopicsOpen(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newTopics(30, 8)
	if got := v.Update(kittest.Press("enter"), f); got != (Open{}) {
		t.Fatalf("intent %#v, want Open", got)
	}
}

// TestTopicsCostOfManyTopics fails if drawing depends on rows that are not on
// screen.
func TestTopicsCostOfManyTopics(t *testing.T) {
	cost := func(n int) float64 {
		f, v := feed.New(feed.Limits{}), newTopics(40, 20)
		for i := range n {
			f.Want(fmt.Sprintf("topic.%05d", i), kittest.Start())
		}
		v.View(f, kittest.Start())
		return testing.AllocsPerRun(10, func() { v.View(f, kittest.Start()) })
	}
	if few, many := cost(1_000), cost(9_000); few != many {
		t.Fatalf("%v allocations with 1,000 topics, %v with 9,000", few, many)
	}
}

func TestTopicsRejected(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newTopics(60, 5)
	f.Apply([]jolt.Event{kittest.Reply(jolt.OpSubscribe, "secret", jolt.Rejected,
		&jolt.RejectedError{Text: "forbidden\x1b[2J: no"})})
	shown := strings.Join(v.View(f, kittest.Start()), "\n")
	if !strings.Contains(shown, "✗ secret") || !strings.Contains(shown, `forbidden\x1b[2J: no`) {
		t.Fatalf("the refusal does not show:\n%s", shown)
	}
}

// grouped is a feed whose topics make a tree.
func grouped() *feed.Feed {
	f := feed.New(feed.Limits{})
	f.Tick(kittest.Start())
	names := []string{"audit", "chat.room", "orders", "orders.eu.paid", "orders.eu.refused", "orders.us", "sensor.hall-1", "sensor.hall-2"}
	for _, name := range append(names, "secret.plans") {
		f.Want(name, kittest.Start())
	}
	for _, name := range names {
		f.Apply([]jolt.Event{kittest.Reply(jolt.OpSubscribe, name, jolt.Acknowledged, nil)})
	}
	f.Apply([]jolt.Event{kittest.Reply(jolt.OpSubscribe, "secret.plans", jolt.Rejected, kittest.Forbidden())})
	for second := range 90 {
		f.Tick(kittest.Start().Add(time.Duration(second) * time.Second))
		for i, name := range names[3:] {
			kittest.Orders(f, name, second*1000, (second*(i+2))%23*(i+1))
		}
		if second < 20 {
			kittest.Orders(f, "audit", second*1000, 2)
		}
	}
	f.Tick(kittest.Start().Add(90 * time.Second))
	return f
}

func TestTopicsTable(t *testing.T) {
	for _, w := range []int{80, 160} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			f, v := grouped(), newTopics(w, 14)
			v.Update(kittest.Press("o"), f)
			kittest.RequireGolden(t, v.View(f, kittest.Start().Add(90*time.Second)))
		})
	}
}

func TestTopicsTree(t *testing.T) {
	for _, w := range []int{30, 50, 80, 160} {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			f, v := grouped(), newTopics(w, 18)
			for _, k := range []string{"z", "G", "k", "h", "h", "j", "k"} {
				v.Update(kittest.Press(k), f)
			}
			kittest.RequireGolden(t, v.View(f, kittest.Start().Add(90*time.Second)))
		})
	}
}

func TestTopicsFold(t *testing.T) {
	f, v := grouped(), newTopics(40, 20)
	for _, step := range []struct {
		key  string
		want topicID
		rows int
	}{
		{"h", topicID{}, 10}, // without a tree there is nothing to fold
		{"z", topicID{}, 13},
		{"j", topicID{name: "audit"}, 13},
		{"h", topicID{name: "audit"}, 13},
		{"j", topicID{name: "chat.room"}, 13},
		{"j", topicID{"orders", true}, 13},
		{"enter", topicID{"orders", true}, 8},
		{"enter", topicID{"orders", true}, 13},
		{"l", topicID{name: "orders"}, 13},
		{"j", topicID{"orders.eu", true}, 13},
		{"l", topicID{name: "orders.eu.paid"}, 13},
		{"left", topicID{"orders.eu", true}, 13},
		{"left", topicID{"orders.eu", true}, 11},
		{"left", topicID{"orders", true}, 11},
		{"left", topicID{"orders", true}, 8},
		{"right", topicID{"orders", true}, 11},
		{"z", topicID{name: "orders"}, 10},
	} {
		v.Update(kittest.Press(step.key), f)
		v.View(f, kittest.Start())
		if v.selected != step.want || len(v.list.rows) != step.rows {
			t.Fatalf("after %s %+v is selected among %d rows, want %+v among %d",
				step.key, v.selected, len(v.list.rows), step.want, step.rows)
		}
	}
}

func TestTopicsRevealTheSelectedOne(t *testing.T) {
	f, v := grouped(), newTopics(40, 20)
	v.list.setTree(true)
	v.View(f, kittest.Start())
	v.list.fold("orders", true)
	v.list.fold("orders.eu", true)
	v.Select("orders.eu.paid")
	if shown := kittest.Text(v.View(f, kittest.Start())); !strings.Contains(shown, "▸    ● paid") {
		t.Fatalf("a topic selected from outside is not on screen:\n%s", shown)
	}
}

func TestTopicsKeepTheSelectionWhenSorted(t *testing.T) {
	f, v := grouped(), newTopics(40, 6)
	v.Select("sensor.hall-2")
	for range OrderCount + 1 {
		v.Update(kittest.Press("o"), f)
		if shown := kittest.Text(v.View(f, kittest.Start())); v.Selected() != "sensor.hall-2" || !strings.Contains(shown, "▸● sensor.hall-2") {
			t.Fatalf("%q is selected:\n%s", v.Selected(), shown)
		}
	}
}

func TestTopicsMarkWhatChanged(t *testing.T) {
	f, v := feed.New(feed.Limits{}), newTopics(40, 6)
	at := kittest.Start()
	f.Tick(at)
	f.Want("a", at)
	f.Want("b", at)
	v.Select("a")
	row := func() string {
		v.sync(f)
		return kittest.Text(v.View(f, at)[3:4])
	}
	if got := row(); !strings.Contains(got, "┃ ◌ b") {
		t.Errorf("silent: %s", got)
	}
	f.Apply([]jolt.Event{kittest.Message(at, "b", "x")})
	if got := row(); !strings.Contains(got, "┃ ◌ b") {
		t.Errorf("just heard, which the rate will say: %s", got)
	}
	v.SetSize(14, 6)
	if got := row(); !strings.Contains(got, "┃*◌ b") {
		t.Errorf("just heard, with no room for a rate: %s", got)
	}
	v.SetSize(40, 6)
	at = at.Add(time.Second)
	f.Tick(at)
	if got := row(); !strings.Contains(got, "┃ ◌ b") {
		t.Errorf("with a rate: %s", got)
	}
	for range 10 {
		at = at.Add(time.Second)
		f.Tick(at)
	}
	if got := row(); !strings.Contains(got, "┃+◌ b") {
		t.Errorf("heard since the user looked: %s", got)
	}
	v.Select("b")
	v.View(f, at)
	v.Select("a")
	if got := row(); !strings.Contains(got, "┃ ◌ b") {
		t.Errorf("looked at: %s", got)
	}
}

func TestTopicsTileAGroup(t *testing.T) {
	f, v := grouped(), newTopics(40, 20)
	v.list.setTree(true)
	v.Select("orders.eu.refused")
	v.Update(kittest.Press("v"), f)
	v.selected = topicID{"orders", true}
	for _, want := range [][]string{{"orders.eu.refused", "orders", "orders.eu.paid", "orders.us"}, nil} {
		if v.Update(kittest.Press("v"), f); !slices.Equal(v.Tiled(), want) {
			t.Errorf("tiled %q, want %q", v.Tiled(), want)
		}
	}
	for i := range 1000 {
		f.Want(fmt.Sprintf("orders.%d", i), kittest.Start())
	}
	if v.Update(kittest.Press("v"), f); len(v.Tiled()) != 1004 {
		t.Errorf("%d topics are side by side", len(v.Tiled()))
	}
}

func TestTopicsUnsubscribeAll(t *testing.T) {
	f, v := grouped(), newTopics(40, 20)
	v.Select("audit")
	v.Update(kittest.Press("v"), f)
	if got := v.Update(kittest.Press("U"), f); !reflect.DeepEqual(got, UnsubscribeAll{[]string{"audit"}, "side by side"}) {
		t.Errorf("with a tile: %+v", got)
	}
	v.list.setTree(true)
	v.selected = topicID{"orders.eu", true}
	want := UnsubscribeAll{[]string{"orders.eu.paid", "orders.eu.refused"}, "in orders.eu."}
	if got := v.Update(kittest.Press("U"), f); !reflect.DeepEqual(got, want) {
		t.Errorf("on a group: %+v", got)
	}
}

func TestCopyTopic(t *testing.T) {
	f := feed.New(feed.Limits{})
	name := "orders\x1b[2J"
	f.Want(name, kittest.Start())
	topics := New(&kit.Styles{}, Actions(), kittest.MoveKeys())
	if got := topics.Copy(); got.(intent.Copy).Why == "" {
		t.Errorf("all topics give %#v", got)
	}
	f.Want("orders.eu", kittest.Start())
	topics.setFilter("orders")
	topics.Settle(f)
	if got := topics.Copy(); got != (intent.Copy{What: "the names of 2 topics", Text: name + "\norders.eu\n"}) {
		t.Errorf("with a filter it gives %#v", got)
	}
	topics.Select(name)
	if got := topics.Copy(); got != (intent.Copy{What: "the name of topic " + name, Text: name}) {
		t.Errorf("a topic gives %#v", got)
	}
}

// Each sign that is drawn has a word in the help.
func TestSignsHaveWords(t *testing.T) {
	words := make(map[string]bool)
	for _, s := range Signs() {
		words[s.Sign] = s.Means != ""
	}
	f, v := kittest.Lively(), newTopics(40, 20)
	v.Select("orders.eu")
	v.Update(kittest.Press("v"), f)
	v.list.setTree(true)
	for i := range 2 {
		f.Want(fmt.Sprintf("orders.eu.%d", i), kittest.Start())
	}
	shown := kittest.Text(v.View(f, kittest.Start().Add(time.Hour)))
	v.Select("audit")
	v.list.fold("orders.eu", true)
	shown += kittest.Text(v.View(f, kittest.Start().Add(time.Hour)))
	v.SetSize(14, 20)
	v.list.setTree(false)
	f.Want("hidden.*", kittest.Start())
	f.Apply([]jolt.Event{kittest.Message(kittest.Start(), "chat.room", "x"), kittest.Message(kittest.Start(), "hidden.one", "x")})
	shown += kittest.Text(v.View(f, kittest.Start()))
	for _, r := range shown {
		if strings.ContainsRune("▸+*●◌✗◎○⊟⊞◫", r) && !words[string(r)] {
			t.Errorf("%c has no word", r)
		}
	}
	for sign := range words {
		if !strings.Contains(shown, sign) {
			t.Errorf("%s is never drawn", sign)
		}
	}
}

package topics

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"joltui/internal/topiclist"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func TestTopicsQuestion(t *testing.T) {
	groups := Groups{"prod": {"orders.eu", "orders.us"}, "all things": {"a"}}
	for _, tc := range []struct {
		text string
		want Wanted
		err  string
	}{
		{text: "a,b\nc\t d,,a", want: Wanted{Topics: []string{"a", "b", "c", "d"}}},
		{text: `"chat room", 'b c' it's`, want: Wanted{Topics: []string{"chat room", "b c", "it's"}}},
		{text: `"a \"b\" \\ c"`, want: Wanted{Topics: []string{`a "b" \ c`}}},
		{text: `"@x" "+y" a@b a+b`, want: Wanted{Topics: []string{"@x", "+y", "a@b", "a+b"}}},
		{text: `@list.txt @"my list" x`, want: Wanted{Topics: []string{"x"}, Files: []string{"list.txt", "my list"}}},
		{text: `orders.us +prod`, want: Wanted{Topics: []string{"orders.us", "orders.eu"}}},
		{text: `+"all things"`, want: Wanted{Topics: []string{"a"}}},
		{text: `a "b`, err: "not closed"},
		{text: `a "b"c`, err: "blank after"},
		{text: `""`, err: "empty"},
		{text: `@`, err: "name of a file"},
		{text: `+pr`, err: "no group +pr; tab completes"},
		{text: `+prdo`, err: "no group +prdo; is it +prod?"},
		{text: `+nope`, err: "no group +nope; quote topics"},
	} {
		var got Wanted
		q := Question(Choices{Groups: groups}, func(w Wanted) kit.Intent {
			got = w
			return kittest.Answer("taken")
		})
		err := q.Check(tc.text)
		if tc.err != "" {
			if err == nil || !strings.Contains(err.Error(), tc.err) || q.Accept(tc.text) != nil {
				t.Errorf("%s: error %v, want %q", tc.text, err, tc.err)
			}
			continue
		}
		if in := q.Accept(tc.text); in != kittest.Answer("taken") || err != nil {
			t.Errorf("%s: %v, %v", tc.text, in, err)
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.text, diff)
		}
	}
}

// TestTopicsSurviveTyping: whatever topics are called, they can be typed.
func TestTopicsSurviveTyping(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.StringN(1, 8, -1), rapid.StringMatching(`[ ,"'\\@+a]{1,5}`))
		topics := rapid.SliceOfNDistinct(name, 1, 5, rapid.ID[string]).Draw(t, "topics")
		got, err := parseTopics(topiclist.Join(topics, " "), nil)
		if err != nil || !slices.Equal(got.Topics, topics) || got.Files != nil {
			t.Fatalf("%s: %+v, %v", topiclist.Join(topics, " "), got, err)
		}
	})
}

func TestTopicsSuggested(t *testing.T) {
	c := Choices{
		Again:  []string{"given up", "too"},
		Topics: func() []string { return []string{"audit", "chat room", "chat.x"} },
		Groups: Groups{"prod": {"a"}, "play": {"b"}},
	}
	for text, want := range map[string][]string{
		"":            {`"given up" too`, "audit", `"chat room"`, "chat.x", "+play", "+prod"},
		"audit ":      {`audit "chat room"`, "audit chat.x", "audit +play", "audit +prod"},
		"x,ch":        {`x,"chat room"`, "x,chat.x"},
		`"ch`:         {`"chat room"`, "chat.x"},
		`"chat r`:     {`"chat room"`},
		"+":           {"+play", "+prod"},
		"a +pr":       {"a +prod"},
		"@a":          nil,
		"nope":        nil,
		"chat.x":      nil,
		"audit audit": nil,
	} {
		if got := c.suggest(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestTopicsSuggestedAreBounded(t *testing.T) {
	all := make([]string, 10_000)
	c := Choices{Topics: func() []string { return all }}
	for i := range all {
		all[i] = strings.Repeat("a", i%7+1) + string(rune('a'+i%26)) + strings.Repeat("b", i/100)
	}
	if got := c.suggest(""); len(got) > maxSuggestions {
		t.Errorf("%d suggestions", len(got))
	}
}

func TestGroupQuestion(t *testing.T) {
	q := GroupQuestion(3, Groups{"prod": nil, "play": nil}, kittest.Accepted)
	for name, ok := range map[string]bool{"": false, "a b": false, "a,b": false, `"a`: false, "prod-1": true, strings.Repeat("x", 65): false} {
		if err := q.Check(name); (err == nil) != ok {
			t.Errorf("%q: %v", name, err)
		}
	}
	if got := q.Accept("prod"); got != kittest.Accepted("prod") {
		t.Errorf("intent %#v", got)
	}
	if got := q.Suggest("pr"); !slices.Equal(got, []string{"prod"}) {
		t.Errorf("suggestions %q", got)
	}
}

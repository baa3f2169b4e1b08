package kit_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"joltui/ui/keys"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
	"joltui/ui/views/topics"
)

func TestPromptTakesSeveralTopics(t *testing.T) {
	for _, tc := range []struct {
		text string
		want []kit.Intent
	}{
		{"orders.eu", []kit.Intent{kittest.Answer(fmt.Sprint([]string{"orders.eu"}))}},
		{" a, b  c,a ", []kit.Intent{kittest.Answer(fmt.Sprint([]string{"a", "b", "c"}))}},
		{"a\r\nb\n", []kit.Intent{kittest.Answer(fmt.Sprint([]string{"a", "b"}))}},
		{" , ", nil},
		{"", nil},
	} {
		p := kittest.Prompt()
		p.Ask(topicsOf())
		if tc.text != "" {
			kittest.TypeInto(p, tc.text)
		}
		if diff := cmp.Diff(tc.want, kittest.TypeInto(p, "enter")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tc.text, diff)
		}
		if p.Active() {
			t.Errorf("%q: the prompt is still open", tc.text)
		}
	}
}

func TestPromptCancelled(t *testing.T) {
	p := kittest.Prompt()
	p.Ask(topicsOf())
	if got := kittest.TypeInto(p, "a", "esc"); len(got) != 0 || p.Active() {
		t.Errorf("cancelling gives %v, open %v", got, p.Active())
	}
	p.Ask(intent.FilterQuestion("old", kittest.Tried, kittest.Accepted))
	if diff := cmp.Diff([]kit.Intent{kittest.Tried("oldx"), kittest.Tried("old")}, kittest.TypeInto(p, "x", "esc")); diff != "" {
		t.Errorf("intents (-want +got):\n%s", diff)
	}
}

func TestPromptFiltersAsItIsTyped(t *testing.T) {
	p := kittest.Prompt()
	p.Ask(intent.FilterQuestion("", kittest.Tried, kittest.Accepted))
	got := kittest.TypeInto(p, "a", "(", "b", ")", "left", "enter")
	want := []kit.Intent{
		kittest.Tried("a"), kittest.Tried("a(b)"), kittest.Accepted("a(b)"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("intents (-want +got):\n%s", diff)
	}
}

func TestPromptKeepsAFilterThatIsNone(t *testing.T) {
	p := kittest.Prompt()
	p.Ask(intent.FilterQuestion("", kittest.Tried, kittest.Accepted))
	if got := kittest.TypeInto(p, "(", "enter"); len(got) != 0 || !p.Active() {
		t.Errorf("gives %v, open %v", got, p.Active())
	}
	if row := p.View(80); !strings.Contains(row, "filter / (▏") || !strings.Contains(row, "✗ missing closing )") {
		t.Errorf("the row does not say what is wrong: %q", row)
	}
	p.Update(kittest.Press("backspace"))
	if row := p.View(80); strings.Contains(row, "✗") {
		t.Errorf("the error stays: %q", row)
	}
}

func TestPromptRowIsAsWideAsTold(t *testing.T) {
	for _, text := range []string{"", "short", "wide 東京 \x1b[2J é\u0301\u202e", strings.Repeat("(long", 100)} {
		for w := range 121 {
			p := kittest.Prompt()
			p.Ask(intent.FilterQuestion(text, kittest.Tried, kittest.Accepted))
			kittest.TypeInto(p, "left", "left", ")")
			if row := p.View(w); kit.Width(row) != w || strings.ContainsAny(row, "\x1b\u202e") {
				t.Fatalf("%q in %d cells is %d wide: %q", text, w, kit.Width(row), row)
			}
		}
	}
}

func TestPromptCompletes(t *testing.T) {
	p := kittest.Prompt()
	var asked []string
	p.Ask(kit.Question{
		Suggest: func(text string) []string { asked = append(asked, text); return []string{text + "1", text + "2"} },
		Live:    func(text string) kit.Intent { return kittest.Answer(text) },
		Accept:  func(text string) kit.Intent { return kittest.Answer(text + "!") },
	})
	got := kittest.TypeInto(p, "a", "tab", "tab", "tab", "b", "tab", "enter")
	want := []kit.Intent{kittest.Answer("a"), kittest.Answer("a1"), kittest.Answer("a2"), kittest.Answer("a1"), kittest.Answer("a1b"), kittest.Answer("a1b1"), kittest.Answer("a1b1!")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("intents (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a", "a1b"}, asked); diff != "" {
		t.Errorf("completed were (-want +got):\n%s", diff)
	}
}

func TestPromptTogglesRegexpAndJQ(t *testing.T) {
	p := kittest.Prompt()
	p.Ask(intent.FilterQuestion("!paid", kittest.Tried, kittest.Accepted))
	got := kittest.TypeInto(p, "tab")
	if row := p.View(100); len(got) != 0 || !strings.Contains(row, "filter !jq paid▏") ||
		!strings.Contains(row, "✗ put quotes around paid") {
		t.Errorf("gives %v, and shows %q", got, row)
	}
	got = kittest.TypeInto(p, "backspace", "backspace", "backspace", "backspace", ".a", "tab", "tab", "enter")
	want := []kit.Intent{
		kittest.Tried("!jq "), kittest.Tried("!jq .a"),
		kittest.Tried("!.a"), kittest.Tried("!jq .a"), kittest.Accepted("!jq .a"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("intents (-want +got):\n%s", diff)
	}
	p.Ask(intent.FilterQuestion("", kittest.Tried, kittest.Accepted))
	if row := p.View(120); !strings.Contains(row, "tab regexp or jq") || !strings.Contains(row, "filter / ") {
		t.Errorf("the row does not say how to go on: %q", row)
	}
}

// topicsOf asks for topics, and is answered with them.
func topicsOf() kit.Question {
	return topics.Question(topics.Choices{}, func(w topics.Wanted) kit.Intent { return kittest.Answer(fmt.Sprint(w.Topics)) })
}

// A jq expression that is typed as a regular one is recognised, and so is the other way round:
// the key that changes the language is then pointed out.
func TestTheOtherLanguageIsRecognised(t *testing.T) {
	for text, want := range map[string]string{
		`.status == "failed"`:    "jq",
		`!.a.b[0] > 5`:           "jq",
		`.tags | index("a")`:     "jq",
		`select(.a)`:             "jq",
		`.a and .b`:              "jq",
		`.*failed`:               "",
		`.status`:                "",
		`"status":"failed"`:      "",
		`jq failed`:              "regexp",
		`jq order 17 .*`:         "regexp",
		`jq .status ==`:          "",
		`jq .status == "failed"`: "",
		`jq `:                    "",
		``:                       "",
	} {
		p := kit.NewPrompt(kittest.Coloured(), keys.PromptKeys(keys.Prompt()))
		p.Ask(intent.FilterQuestion(text, kittest.Tried, kittest.Accepted))
		row := p.View(160)
		if want == "" {
			if strings.Contains(row, kittest.Coloured().Warn.String(" as jq")) || strings.Contains(row, "tab as regexp  ✗") {
				t.Errorf("%s is taken for the other language: %q", text, row)
			}
			continue
		}
		if !strings.Contains(row, kittest.Coloured().Warn.String(" as "+want)) && !strings.Contains(row, "tab as "+want+"  ✗") {
			t.Errorf("%s is not recognised: %q", text, row)
		}
	}
}

// What deletes all that is typed leaves the language that was chosen.
func TestDeletingKeepsTheLanguage(t *testing.T) {
	for _, tc := range []struct {
		text string
		keys []string
		want string
	}{
		{"jq .status", []string{"ctrl+u"}, "jq "},
		{"!jq .status", []string{"ctrl+u", ".", "a"}, "!jq .a"},
		{"jq .a", []string{"ctrl+u", "ctrl+u"}, ""},
		{"jq .a.b", []string{"left", "left", "ctrl+u"}, "jq .b"},
		{"failed", []string{"ctrl+u"}, ""},
		{"jq a", []string{"backspace", "backspace"}, "jq"},
	} {
		p := kittest.Prompt()
		p.Ask(intent.FilterQuestion(tc.text, kittest.Tried, func(text string) kit.Intent { return kittest.Accepted(text) }))
		got := kittest.TypeInto(p, append(tc.keys, "enter")...)
		if last := got[len(got)-1]; last != kittest.Accepted(tc.want) {
			t.Errorf("%s, %q: %v", tc.text, tc.keys, last)
		}
	}
}

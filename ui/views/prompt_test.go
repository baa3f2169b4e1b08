package views

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPromptTakesSeveralTopics(t *testing.T) {
	for _, tc := range []struct {
		text string
		want []Intent
	}{
		{"orders.eu", []Intent{answer(fmt.Sprint([]string{"orders.eu"}))}},
		{" a, b  c,a ", []Intent{answer(fmt.Sprint([]string{"a", "b", "c"}))}},
		{"a\r\nb\n", []Intent{answer(fmt.Sprint([]string{"a", "b"}))}},
		{" , ", nil},
		{"", nil},
	} {
		p := testPrompt()
		p.Ask(topicsOf())
		if tc.text != "" {
			typeInto(p, tc.text)
		}
		if diff := cmp.Diff(tc.want, typeInto(p, "enter")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tc.text, diff)
		}
		if p.Active() {
			t.Errorf("%q: the prompt is still open", tc.text)
		}
	}
}

func TestPromptCancelled(t *testing.T) {
	p := testPrompt()
	p.Ask(topicsOf())
	if got := typeInto(p, "a", "esc"); len(got) != 0 || p.Active() {
		t.Errorf("cancelling gives %v, open %v", got, p.Active())
	}
	p.Ask(FilterQuestion("old", tried, accepted))
	if diff := cmp.Diff([]Intent{tried("oldx"), tried("old")}, typeInto(p, "x", "esc")); diff != "" {
		t.Errorf("intents (-want +got):\n%s", diff)
	}
}

func TestPromptFiltersAsItIsTyped(t *testing.T) {
	p := testPrompt()
	p.Ask(FilterQuestion("", tried, accepted))
	got := typeInto(p, "a", "(", "b", ")", "left", "enter")
	want := []Intent{
		tried("a"), tried("a(b)"), accepted("a(b)"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("intents (-want +got):\n%s", diff)
	}
}

func TestPromptKeepsAFilterThatIsNone(t *testing.T) {
	p := testPrompt()
	p.Ask(FilterQuestion("", tried, accepted))
	if got := typeInto(p, "(", "enter"); len(got) != 0 || !p.Active() {
		t.Errorf("gives %v, open %v", got, p.Active())
	}
	if row := p.View(80); !strings.Contains(row, "filter / (▏") || !strings.Contains(row, "✗ missing closing )") {
		t.Errorf("the row does not say what is wrong: %q", row)
	}
	p.Update(keyPress("backspace"))
	if row := p.View(80); strings.Contains(row, "✗") {
		t.Errorf("the error stays: %q", row)
	}
}

func TestPromptRowIsAsWideAsTold(t *testing.T) {
	for _, text := range []string{"", "short", "wide 東京 \x1b[2J é\u0301\u202e", strings.Repeat("(long", 100)} {
		for w := range 121 {
			p := testPrompt()
			p.Ask(FilterQuestion(text, tried, accepted))
			typeInto(p, "left", "left", ")")
			if row := p.View(w); Width(row) != w || strings.ContainsAny(row, "\x1b\u202e") {
				t.Fatalf("%q in %d cells is %d wide: %q", text, w, Width(row), row)
			}
		}
	}
}

func TestPromptCompletes(t *testing.T) {
	p := testPrompt()
	var asked []string
	p.Ask(Question{
		Suggest: func(text string) []string { asked = append(asked, text); return []string{text + "1", text + "2"} },
		Live:    func(text string) Intent { return answer(text) },
		Accept:  func(text string) Intent { return answer(text + "!") },
	})
	got := typeInto(p, "a", "tab", "tab", "tab", "b", "tab", "enter")
	want := []Intent{answer("a"), answer("a1"), answer("a2"), answer("a1"), answer("a1b"), answer("a1b1"), answer("a1b1!")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("intents (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a", "a1b"}, asked); diff != "" {
		t.Errorf("completed were (-want +got):\n%s", diff)
	}
}

func TestPromptTogglesRegexpAndJQ(t *testing.T) {
	p := testPrompt()
	p.Ask(FilterQuestion("!paid", tried, accepted))
	got := typeInto(p, "tab")
	if row := p.View(100); len(got) != 0 || !strings.Contains(row, "filter !jq paid▏") ||
		!strings.Contains(row, "✗ function not defined: paid/0") {
		t.Errorf("gives %v, and shows %q", got, row)
	}
	got = typeInto(p, "backspace", "backspace", "backspace", "backspace", ".a", "tab", "tab", "enter")
	want := []Intent{
		tried("!jq "), tried("!jq .a"),
		tried("!.a"), tried("!jq .a"), accepted("!jq .a"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("intents (-want +got):\n%s", diff)
	}
	p.Ask(FilterQuestion("", tried, accepted))
	if row := p.View(100); !strings.Contains(row, "tab regexp or jq") || !strings.Contains(row, "filter / ") {
		t.Errorf("the row does not say how to go on: %q", row)
	}
}

// topicsOf asks for topics, and is answered with them.
func topicsOf() Question {
	return TopicsQuestion(TopicChoices{}, func(w Wanted) Intent { return answer(fmt.Sprint(w.Topics)) })
}

package publish

import (
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func someRepeat() *feed.Repeat {
	return &feed.Repeat{
		Plan: "1000 every 5ms", Times: 1000, Acknowledged: 500, Rejected: 20, Unknown: 2, NotSent: 1,
		Begun: kittest.Start(), Latest: kittest.Start().Add(2 * time.Second), Waited: 500 * time.Millisecond, Slowest: 9 * time.Millisecond,
	}
}

func TestRepeatRow(t *testing.T) {
	r := someRepeat()
	row := repeatRow(&kit.Styles{}, r, 140)
	want := " █████████████░░░░░░░░░░░  523 of 1,000  ✗ 20 rejected  ? 2 unknown  ⊘ 1 not sent  ✓ 500 ok  262/s  mean 1.00 ms, slowest 9.00 ms"
	if got := strings.TrimRight(row, " "); got != want {
		t.Errorf("row %q, want %q", got, want)
	}
	r.Times, r.Ended, r.Why = 0, true, "stopped\x1b"
	row = repeatRow(&kit.Styles{}, r, 140)
	want = ` 523  ■ stopped\x1b  ✗ 20 rejected  ? 2 unknown  ⊘ 1 not sent  ✓ 500 ok  262/s  mean 1.00 ms, slowest 9.00 ms`
	if got := strings.TrimRight(row, " "); got != want {
		t.Errorf("row %q, want %q", got, want)
	}
	for w := range 150 {
		kittest.RequireWidth(t, repeatRow(kittest.Coloured(), someRepeat(), w), w)
	}
}

func TestRepeatIsShownUntilAKeyAfterItsEnd(t *testing.T) {
	p := newBox("t")
	p.SetSize(80, 6)
	r := someRepeat()
	typed(p, "x")
	p.Repeats(draft("t", "x"), r)
	typed(p, "y")
	if shown := kittest.Text(p.View()); !strings.Contains(shown, "523 of 1,000") || !strings.Contains(shown, "> xy") {
		t.Errorf("what runs is not shown:\n%s", shown)
	}
	if p.Height(20) != 5 {
		t.Errorf("%d rows", p.Height(20))
	}
	if got := typed(p, "tab", "ctrl+u", "ctrl+x"); got != (AskRepeat{draft("", "xy")}) {
		t.Errorf("intent %#v: what runs can be stopped whatever is written", got)
	}
	r.Ended = true
	if shown := kittest.Text(p.View()); !strings.Contains(shown, "■ done") {
		t.Errorf("the end is not shown:\n%s", shown)
	}
	if typed(p, "z"); strings.Contains(kittest.Text(p.View()), "done") {
		t.Errorf("the end is still shown:\n%s", kittest.Text(p.View()))
	}
}

func TestProgressShowsInASingleRow(t *testing.T) {
	p := newBox("t")
	p.SetSize(80, 3)
	p.Repeats(draft("t", "x"), someRepeat())
	if shown := kittest.Text(p.View()); strings.Contains(shown, "523") {
		t.Errorf("nothing can be seen of what is typed:\n%s", shown)
	}
	p.Blur()
	if shown := kittest.Text(p.View()); !strings.Contains(shown, "523 of 1,000") {
		t.Errorf("what runs is not shown:\n%s", shown)
	}
}

func TestRepeatQuestion(t *testing.T) {
	p := kittest.Prompt()
	p.Ask(RepeatQuestion("100", kittest.Accepted))
	if got := kittest.TypeInto(p, " ", "e", "enter"); len(got) != 0 || !strings.Contains(p.View(80), "✗ say how often") {
		t.Errorf("%v: %q", got, p.View(80))
	}
	if got := kittest.TypeInto(p, "very", " ", "5s", "enter"); len(got) != 1 || got[0] != kittest.Accepted("100 every 5s") {
		t.Errorf("%#v", got)
	}
}

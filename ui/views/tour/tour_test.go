package tour

import (
	"strings"
	"testing"

	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func someKeys() Keys {
	return Keys{
		Down: "DOWN", Open: "OPEN", Filter: "FILTER", Up: "UP", Inspect: "INSPECT", Diff: "DIFF", Publish: "PUBLISH",
		Back: "BACK", Help: "HELP", Palette: "PALETTE",
	}
}

// Each step names the keys that lead on from where the user is, as they are called here.
func TestTheTourNamesTheKeys(t *testing.T) {
	for _, tc := range []struct {
		step Step
		at   Place
		want string
	}{
		{Open, Dashboard, "DOWN goes down to orders.eu, OPEN"},
		{Filter, Dashboard, "FILTER then type failed, OPEN"},
		{Filter, Typing, "   type failed, OPEN"},
		{Diff, Dashboard, "UP goes up to a message, INSPECT"},
		{Diff, Page, "DIFF shows what has changed"},
		{Publish, Page, "BACK goes back to the dashboard, then PUBLISH"},
		{Publish, Dashboard, "   PUBLISH then type a payload, OPEN"},
		{Publish, Typing, "   type a payload, OPEN"},
		{Done, Dashboard, "HELP shows all keys, PALETTE"},
	} {
		got := strings.Join(View(&kit.Styles{}, 90, tc.step, someKeys(), tc.at), "\n")
		if !strings.Contains(got, tc.want) {
			t.Errorf("step %d at %d: it does not say %q:\n%s", tc.step, tc.at, tc.want, got)
		}
		if ends := strings.Contains(got, "BACK ends it"); ends != (tc.at == Dashboard) {
			t.Errorf("step %d at %d: that the key that goes back ends the tour is said: %v", tc.step, tc.at, ends)
		}
	}
}

// It has as many rows as it says, as wide as asked, and at 80 columns nothing is cut.
func TestTheTourFits(t *testing.T) {
	k := Keys{Down: "j", Open: "enter", Filter: "/", Up: "k", Inspect: "enter", Diff: "d", Publish: "p", Back: "esc", Help: "?", Palette: ":"}
	for step := Open; step <= Done; step++ {
		for at := Dashboard; at <= Typing; at++ {
			for _, w := range []int{0, 1, 20, 40, 80, 200} {
				rows := View(kittest.Coloured(), w, step, k, at)
				kittest.RequireSize(t, rows, w, Rows)
				if all := strings.Join(rows, ""); w >= 80 && strings.Contains(all, kit.Ellipsis) {
					t.Errorf("step %d at %d is cut at %d cells:\n%s", step, at, w, strings.Join(rows, "\n"))
				}
			}
		}
	}
}

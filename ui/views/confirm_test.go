package views

import (
	"strings"
	"testing"
)

func TestConfirm(t *testing.T) {
	c := NewConfirm(&Styles{}, ConfirmKeys{Yes: bind("y", "y"), No: bind("n", "n", "esc")})
	for _, tc := range []struct {
		key  string
		want Intent
		open bool
	}{
		{"y", accepted("t"), false}, {"n", nil, false}, {"esc", nil, false},
		{"enter", nil, true}, {" ", nil, true}, {"yes", nil, true},
	} {
		c.Ask("publish?", accepted("t"))
		if got := c.Update(keyPress(tc.key)); got != tc.want || c.Active() != tc.open {
			t.Errorf("%s: %#v, open %v", tc.key, got, c.Active())
		}
	}
	c.Ask(strings.Repeat("long ", 20), nil)
	for w := range 120 {
		requireWidth(t, c.View(w), w)
	}
	if row := c.View(40); !strings.Contains(row, "…  y y  n n") {
		t.Errorf("the answers are cut: %q", row)
	}
}

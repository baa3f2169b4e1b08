package kit_test

import (
	"strings"
	"testing"

	"joltui/ui/keys"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func TestConfirm(t *testing.T) {
	c := kit.NewConfirm(&kit.Styles{}, keys.ConfirmKeys(keys.Confirm()))
	for _, tc := range []struct {
		key  string
		want kit.Intent
		open bool
	}{
		{"y", kittest.Accepted("t"), false}, {"n", nil, false}, {"esc", nil, false},
		{"enter", nil, true}, {" ", nil, true}, {"yes", nil, true},
	} {
		c.Ask("publish?", kittest.Accepted("t"))
		if got := c.Update(kittest.Press(tc.key)); got != tc.want || c.Active() != tc.open {
			t.Errorf("%s: %#v, open %v", tc.key, got, c.Active())
		}
	}
	c.Ask(strings.Repeat("long ", 20), nil)
	for w := range 120 {
		kittest.RequireWidth(t, c.View(w), w)
	}
	if row := c.View(40); !strings.Contains(row, "…  y yes  n no") {
		t.Errorf("the answers are cut: %q", row)
	}
}

package pattern

import "testing"

func TestForeign(t *testing.T) {
	for name, want := range map[string]bool{
		"orders.*": true, "orders.>": true, "orders/#": true, "+/eu": true, "a.+.b": true, "ord*": true,
		"orders.eu": false, "c++": false, "": false, "a+b.c": false,
	} {
		if got := Foreign(name); got != want {
			t.Errorf("%q looks like a pattern: %v", name, got)
		}
	}
}

func TestMeant(t *testing.T) {
	for _, tt := range []struct {
		foreign, topic string
		want           bool
	}{
		{"orders.*", "orders.eu", true}, {"orders/#", "orders.eu.late", true}, {"*.eu", "orders.eu", true},
		{"+/eu", "orders.eu", true}, {"a.*.c", "a.b.c", true}, {"*", "x", true}, {"ord*", "orders.eu", true},
		{"*b*", "abc", true}, {"a.*.c.*", "a.b.c.d", true},
		{"orders.*", "chat.room", false}, {"*.eu", "orders.us", false}, {"a.*.c", "a.b.d", false}, {"", "x", false},
		{"*x*", "abc", false},
	} {
		if got := Meant(tt.foreign, tt.topic); got != tt.want {
			t.Errorf("%q means %q: %v", tt.foreign, tt.topic, got)
		}
	}
}

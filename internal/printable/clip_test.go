package printable

import "testing"

func TestClip(t *testing.T) {
	for _, tt := range []struct {
		in   string
		n    int
		want string
	}{
		{"", 0, ""}, {"a", 0, ""}, {"abc", 3, "abc"}, {"abc", 2, "ab"},
		{"aé", 2, "a"}, {"é", 1, ""}, {"漢字", 5, "漢"}, {"🚀", 3, ""},
		{"\x80\x80\x80\x80\x80\x80", 5, "\x80\x80"}, // no character begins anywhere
	} {
		if got := Clip(tt.in, tt.n); got != tt.want {
			t.Errorf("clip(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}

package profiles

import (
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

// However narrow the page is, its rows have the width that was asked for, and it says which
// certificates are not verified.
func TestProfilesPageGivesWayWhenNarrow(t *testing.T) {
	p := New(kittest.Coloured(), Actions(true), kittest.MoveKeys(), "/home/ann/.config/joltui/config.toml", "stage")
	p.SetProfiles([]Profile{
		{Name: "local", Addr: "127.0.0.1:8080", Default: true},
		{Name: "stage", Addr: "broker.stage.example.com:8443", User: "alice", TLS: true, NotVerified: true},
	})
	p.SetTest("stage", Test{Done: true, RTT: time.Millisecond})
	f := feed.New(feed.Limits{})
	for w := range 140 {
		p.SetSize(w, 12)
		rows := p.View(f, kittest.Start())
		if len(rows) != 12 {
			t.Fatalf("%d rows", len(rows))
		}
		for _, row := range rows {
			if kit.Width(row) != w {
				t.Fatalf("at %d: %q", w, row)
			}
		}
		if w >= 46 && !strings.Contains(strings.Join(rows, "\n"), "TLS not verified") {
			t.Errorf("at %d:\n%s", w, strings.Join(rows, "\n"))
		}
	}
}

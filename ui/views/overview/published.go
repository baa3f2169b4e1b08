package overview

import (
	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/jolt"
	"joltui/ui/views/kit"
)

// published is the row that says what became of what was published.
func (p *Page) published(f *feed.Feed, w int) string {
	s, totals := p.styles, f.Log().Totals()
	l := kit.NewLine(w, kit.Paint{}).Space(kit.RowEdge).Put(s.Dim, "published")
	any := false
	for _, o := range []struct {
		of    jolt.Outcome
		word  string
		paint kit.Paint
	}{
		{jolt.Acknowledged, "ok", s.OK},
		{jolt.Rejected, "rejected", s.Error},
		{jolt.Unknown, "unknown", s.Warn},
		{jolt.NotSent, "not sent", s.Warn},
		{jolt.Pending, "pending", s.Dim},
	} {
		if n := totals.Of(jolt.OpPublish, o.of); n > 0 {
			l.Space(kit.ColumnGap).Put(o.paint, human.Sign(o.of)+" "+human.Count(n)+" "+o.word)
			any = true
		}
	}
	if !any {
		l.Put(s.Dim, " nothing from here")
	}
	if took := f.Log().PublishLatency(); took.Count > 0 {
		l.Space(kit.ColumnGap).Put(s.Dim, "answered in ").Put(s.Text, human.Duration(took.Median))
		l.Put(s.Dim, ", 99 % within ").Put(s.Text, human.Duration(took.P99))
	}
	return l.String()
}

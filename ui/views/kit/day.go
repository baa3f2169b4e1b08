package kit

import (
	"time"

	"joltui/internal/human"
)

// DayRow draws the line between two days, above the first row of the second one, whose
// time of day says nothing of the date.
func DayRow(s *Styles, w, indent int, day time.Time) string {
	l := NewLine(w, Paint{}).Space(indent)
	words, _ := Cut("── "+human.Day(day)+" ", l.Rest()-RowEdge)
	return l.Put(s.Dim, words).Fill(s.Dim, "─", RowEdge).String()
}

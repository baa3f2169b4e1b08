package ledger

import (
	"joltui/internal/feed"
	"joltui/ui/keys"
)

// Actions returns the actions of the log.
func Actions() keys.Set[*Pane] {
	place := keys.Region("Log")
	return keys.Set[*Pane]{
		{Name: "log.details", Where: place, Key: keys.Bind("enter", "details", "enter"), Why: (*Pane).noRow, Opens: DetailsPlace(), Run: (*Pane).Details},
		{Name: "log.outcome", Where: place, Key: keys.Bind("o", "by outcome", "o"), Run: (*Pane).nextOutcome},
		{Name: "log.op", Where: place, Key: keys.Bind("O", "by operation", "O"), Run: (*Pane).nextOp},
	}
}

func (v *Pane) noRow(f *feed.Feed) string {
	if v.sync(f.Log()); v.rows.next == v.rows.first {
		return "the log has no row here"
	}
	return ""
}

func (v *Details) isFirst(f *feed.Feed) string { return v.isEnd(f, -1, "this is the first row") }
func (v *Details) isLast(f *feed.Feed) string  { return v.isEnd(f, +1, "this is the last row") }

// isEnd says that there is no row further that way.
func (v *Details) isEnd(f *feed.Feed, by int, words string) string {
	if v.log == nil || v.log.neighbour(f, v.pos, by) == v.pos {
		return words
	}
	return ""
}

// DetailsActions returns the actions of the page of a row.
func DetailsActions() keys.Set[*Details] {
	place := DetailsPlace()
	return keys.Set[*Details]{
		{Name: "details.previous", Where: place, Key: keys.Bind("h ←", "previous row", "h", "left"), Why: (*Details).isFirst, Run: (*Details).previous},
		{Name: "details.next", Where: place, Key: keys.Bind("l →", "next row", "l", "right"), Why: (*Details).isLast, Run: (*Details).next},
		{Name: "details.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q"), Run: keys.Leave[*Details]},
	}
}

// DetailsPlace returns where these actions work.
func DetailsPlace() keys.Place { return keys.Page("Details of a row") }

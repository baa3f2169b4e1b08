package ledger

import "joltui/ui/keys"

// Actions returns the actions of the log.
func Actions() keys.Set[*Pane] {
	place := keys.Region("Log")
	return keys.Set[*Pane]{
		{Name: "log.details", Where: place, Key: keys.Bind("enter", "details", "enter"), Run: (*Pane).Details},
		{Name: "log.outcome", Where: place, Key: keys.Bind("o", "by outcome", "o"), Run: (*Pane).nextOutcome},
		{Name: "log.op", Where: place, Key: keys.Bind("O", "by operation", "O"), Run: (*Pane).nextOp},
	}
}

// DetailsActions returns the actions of the page of a row.
func DetailsActions() keys.Set[*Details] {
	place := DetailsPlace()
	return keys.Set[*Details]{
		{Name: "details.previous", Where: place, Key: keys.Bind("h ←", "previous row", "h", "left"), Run: (*Details).previous},
		{Name: "details.next", Where: place, Key: keys.Bind("l →", "next row", "l", "right"), Run: (*Details).next},
		{Name: "details.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q"), Run: keys.Leave[*Details]},
	}
}

// DetailsPlace returns where these actions work.
func DetailsPlace() keys.Place { return keys.Page("Details of a row") }

package ledger

import (
	"joltui/internal/feed"
	"joltui/ui/keys"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
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
// noProfiles says why there are none to go on with, and is empty where there are.
func DetailsActions(noProfiles string) keys.Set[*Details] {
	place := DetailsPlace()
	return keys.Set[*Details]{
		{Name: "details.previous", Where: place, Key: keys.Bind("h ←", "previous row", "h", "left"), Why: (*Details).isFirst, Run: (*Details).previous},
		{Name: "details.next", Where: place, Key: keys.Bind("l →", "next row", "l", "right"), Why: (*Details).isLast, Run: (*Details).next},
		{Name: "details.message", Where: place, Key: keys.Bind("enter", "the message", "enter"), Why: (*Details).noMessage, Run: (*Details).message},
		{Name: "details.watch", Where: place, Key: keys.Bind("W", "the watched field", "W"), Why: (*Details).noAlert, Run: (*Details).watch},
		{Name: "details.profiles", Where: place, Key: keys.Bind("C", "profiles", "C"), On: func(*Details) bool { return noProfiles == "" }, Off: noProfiles, Why: (*Details).noProfiles, Run: keys.Plain((*Details).profiles)},
		{Name: "details.again", Where: place, Key: keys.Bind("R", "connect anew", "R"), Why: (*Details).noRetry, Run: keys.Plain((*Details).again)},
		{Name: "details.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q"), Run: keys.Leave[*Details]},
	}
}

// DetailsPlace returns where these actions work.
func DetailsPlace() keys.Place { return keys.Page("Details of a row") }

func (v *Details) noMessage(*feed.Feed) string {
	if alertMessage(&v.row) == nil {
		return "this row leads to no message"
	}
	return ""
}

func (v *Details) noAlert(*feed.Feed) string {
	if v.row.Kind != feed.RowAlert {
		return "this row is no alert"
	}
	return ""
}

func (v *Details) noProfiles(*feed.Feed) string { return v.noWayOn(v.log.hints.Profiles.Enabled()) }
func (v *Details) noRetry(*feed.Feed) string    { return v.noWayOn(v.log.hints.Retry.Enabled()) }

// noWayOn says why a key does not lead on from a connection that has failed.
func (v *Details) noWayOn(enabled bool) string {
	switch {
	case !broken(&v.row):
		return "this row is about no connection that has failed"
	case !enabled:
		return "there is no other connection to choose here"
	default:
		return ""
	}
}

// message asks to show the message that began the alert.
func (v *Details) message(*feed.Feed) kit.Intent {
	if e := alertMessage(&v.row); e != nil {
		return intent.Inspect{Entry: *e}
	}
	return nil
}

// watch asks to show the field that the alert is about.
func (v *Details) watch(*feed.Feed) kit.Intent {
	if v.row.Kind != feed.RowAlert {
		return nil
	}
	return OpenWatch{v.row.Alert.Field}
}

func (v *Details) profiles() kit.Intent { return OpenProfiles{} }
func (v *Details) again() kit.Intent    { return ConnectAgain{} }

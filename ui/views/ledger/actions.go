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
		{Name: "details.message", Where: place, Key: keys.Bind("enter", "the message", "enter"), When: (*Details).hasMessage, Run: (*Details).message},
		{Name: "details.watch", Where: place, Key: keys.Bind("W", "the watched field", "W"), When: (*Details).isAlert, Run: (*Details).watch},
		{Name: "details.profiles", Where: place, Key: keys.Bind("C", "profiles", "C"), When: (*Details).mayGoOn, Run: keys.Plain((*Details).profiles)},
		{Name: "details.again", Where: place, Key: keys.Bind("R", "log in again", "R"), When: (*Details).mayLogIn, Run: keys.Plain((*Details).again)},
		{Name: "details.leave", Where: place, Key: keys.Bind("esc", "close", "esc", "q"), Run: keys.Leave[*Details]},
	}
}

// DetailsPlace returns where these actions work.
func DetailsPlace() keys.Place { return keys.Page("Details of a row") }

func (v *Details) hasMessage() bool { return alertMessage(&v.row) != nil }
func (v *Details) isAlert() bool    { return v.row.Kind == feed.RowAlert }
func (v *Details) mayGoOn() bool    { return broken(&v.row) && v.log.hints.Profiles.Enabled() }
func (v *Details) mayLogIn() bool   { return broken(&v.row) && v.log.hints.Again.Enabled() }

// message asks to show the message that began the alert.
func (v *Details) message(*feed.Feed) kit.Intent {
	if e := alertMessage(&v.row); e != nil {
		return intent.Inspect{Entry: *e}
	}
	return nil
}

// watch asks to show the field that the alert is about.
func (v *Details) watch(*feed.Feed) kit.Intent {
	if !v.isAlert() {
		return nil
	}
	return OpenWatch{v.row.Alert.Field}
}

func (v *Details) profiles() kit.Intent { return OpenProfiles{} }
func (v *Details) again() kit.Intent    { return ConnectAgain{} }

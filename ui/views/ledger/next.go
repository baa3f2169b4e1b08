package ledger

import (
	"strings"

	"joltui/internal/feed"
	"joltui/jolt"
	"joltui/ui/views/kit"
)

// nextSteps says what to do about a connection that cannot be made: the keys that lead on,
// where there are profiles, or else what to do outside.
func (v *Pane) nextSteps(outside string) string {
	var steps []string
	for _, step := range []string{
		kit.Press(v.hints.Retry, "to connect anew"),
		kit.Press(v.hints.Profiles, "for another profile"),
	} {
		if step != "" {
			steps = append(steps, step)
		}
	}
	if len(steps) == 0 {
		return outside
	}
	return strings.Join(steps, ", ")
}

// broken reports whether a row is about a connection that ended or could not be made.
func broken(row *feed.Row) bool {
	change, ok := row.Event.(*jolt.StateChange)
	hint := row.Kind == feed.RowHint && row.Hint != feed.HintNotSubscribed
	return hint || ok && (change.State == jolt.Down || change.State == jolt.Closed)
}

// The intents of the details of a row.
type (
	// OpenWatch asks to show the watch of a field.
	OpenWatch struct{ Field feed.Field }
	// OpenProfiles asks for the page of profiles.
	OpenProfiles struct{}
	// ConnectAgain asks to connect anew with the profile in use.
	ConnectAgain struct{}
)

// Intent implements [kit.Intent].
func (OpenWatch) Intent() {}

// Intent implements [kit.Intent].
func (OpenProfiles) Intent() {}

// Intent implements [kit.Intent].
func (ConnectAgain) Intent() {}

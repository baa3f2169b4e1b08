package sub

import (
	"testing"

	"joltui/jolt"
)

// What came on the topic of the answer before the question was asked is none; all else
// that happens counts.
func TestAnswersComeAfterTheQuestion(t *testing.T) {
	batch := []jolt.Event{&jolt.Message{Topic: "answer"}, &jolt.StateChange{State: jolt.Up}}
	if got := answers(batch, false); len(got) != 1 || got[0] != batch[1] {
		t.Errorf("before: %v", got)
	}
	if got := answers(batch, true); len(got) != 2 {
		t.Errorf("after: %v", got)
	}
}

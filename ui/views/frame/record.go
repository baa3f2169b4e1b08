package frame

import (
	"errors"
	"strings"

	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/ui/views/kit"
)

// What can be recorded.
const (
	recordAll    = "all"
	recordScreen = "screen"
)

// RecordWhatQuestion asks what to record: what is on screen, which is what screen says,
// or all that arrives.
func RecordWhatQuestion(screen string, accept func(onlyScreen bool) kit.Intent) kit.Question {
	return kit.Question{
		Label: "record all, or screen (" + printable.Prefix(screen, 40) + "): ",
		Text:  recordAll,
		Check: func(text string) error {
			if whatOf(text) == "" {
				return errors.New("all or screen")
			}
			return nil
		},
		Accept:  func(text string) kit.Intent { return accept(whatOf(text) == recordScreen) },
		Suggest: func(string) []string { return []string{recordScreen, recordAll} },
	}
}

// whatOf completes what is known by its beginning.
func whatOf(text string) string {
	text = strings.TrimSpace(text)
	for _, what := range []string{recordAll, recordScreen} {
		if text != "" && strings.HasPrefix(what, text) {
			return what
		}
	}
	return ""
}

// RecordToQuestion asks for the file of a recording. The first of the paths is
// proposed, the others are what it completes to. A path that was refused before is refused again, with the reason.
func RecordToQuestion(paths []string, refused map[string]error, accept func(path string) kit.Intent) kit.Question {
	return kit.Question{
		Label: "record to ",
		Hint:  "a new file",
		Text:  paths[0],
		Check: func(text string) error {
			if strings.TrimSpace(text) == "" {
				return errors.New("name a file")
			}
			return refused[strings.TrimSpace(text)]
		},
		Accept: func(text string) kit.Intent { return accept(strings.TrimSpace(text)) },
		Suggest: func(string) []string {
			return append(append([]string(nil), paths[1:]...), paths[0])
		},
	}
}

// RecordedWords say how a recording that has ended went, and where it is.
func RecordedWords(s record.Status) string {
	words := "recorded " + human.Counted(s.Messages, "message") + ", " + human.Bytes(uint64(max(s.Size, 0))) +
		", in " + human.Duration(s.Ended.Sub(s.Started)) + ": " + s.Path
	if s.Parts > 1 {
		words += " and " + human.Counted(uint64(s.Parts-1), "file") + " more"
	}
	if s.Missing > 0 && s.Err == nil {
		words += "; " + human.Count(s.Missing) + " came faster than they could be written, and are missing"
	}
	if s.Gone != nil {
		words = human.Cause(s.Gone) + "; " + words
	}
	if s.Err != nil {
		return "the recording ended: " + human.Cause(s.Err) + "; " + words + "; " + human.Count(s.Missing) + " more are lost"
	}
	return words
}

package frame

import (
	"errors"
	"strings"

	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/ui/views/kit"
)

// The answers to what is to be recorded.
const (
	recordAll    = "all"
	recordScreen = "screen"
)

// RecordWhatQuestion asks what to record: all that arrives, or what is on screen, which
// screen describes.
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

// whatOf returns the answer that begins with text, or "".
func whatOf(text string) string {
	text = strings.TrimSpace(text)
	for _, what := range []string{recordAll, recordScreen} {
		if text != "" && strings.HasPrefix(what, text) {
			return what
		}
	}
	return ""
}

// RecordToQuestion asks for the file of a recording. It proposes the first of paths, of
// which there must be one, and completes to the others. It refuses the paths in refused
// for the reasons given there.
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

// RecordedWords says how a recording ended, what is in it, and where it is.
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

package frame

import (
	"errors"
	"strings"
	"time"

	"joltui/internal/human"
	"joltui/internal/printable"
	"joltui/internal/record"
	"joltui/ui/views/kit"
)

// The answers to what is to be recorded.
const (
	recordAll    = "all"
	recordScreen = "screen"
	withHistory  = "with history"
)

// Recording says what is to be recorded.
type Recording struct {
	Screen  bool          // only what is on screen; else all that arrives
	For     time.Duration // 0: until it is stopped
	History bool          // it begins with what was already seen
}

// RecordWhatQuestion asks what to record: all that arrives, or what is on screen, which
// screen describes; for how long, and from when on.
func RecordWhatQuestion(screen string, accept func(Recording) kit.Intent) kit.Question {
	return kit.Question{
		Label: "record all, or screen (" + printable.Prefix(screen, 24) + "): ",
		Text:  recordAll,
		Check: func(text string) error {
			_, err := parseRecording(text)
			return err
		},
		Accept: func(text string) kit.Intent {
			what, err := parseRecording(text)
			if err != nil {
				return nil
			}
			return accept(what)
		},
		Advise: func(text string) string {
			if text = strings.TrimSpace(text); text == recordAll || text == recordScreen {
				return "may follow: 1m, with history"
			}
			return ""
		},
		Suggest: func(string) []string {
			return []string{recordScreen, recordAll + " 1m", recordAll + " " + withHistory, recordScreen + " " + withHistory, recordAll}
		},
	}
}

// parseRecording reads all or screen, or how that begins, and what may follow.
func parseRecording(text string) (Recording, error) {
	rest, what, err := cutRecording(text)
	if err != nil {
		return what, err
	}
	switch rest = strings.TrimSpace(rest); {
	case rest != "" && strings.HasPrefix(recordAll, rest):
		return what, nil
	case rest != "" && strings.HasPrefix(recordScreen, rest):
		what.Screen = true
		return what, nil
	}
	return what, errors.New("all or screen, then 1m, then with history")
}

// cutRecording reads how long, and with history, at the end of a text.
func cutRecording(text string) (rest string, what Recording, err error) {
	rest, what.History = strings.CutSuffix(strings.TrimSpace(text), " "+withHistory)
	rest = strings.TrimSpace(rest)
	if at := strings.LastIndexByte(rest, ' '); at >= 0 {
		if d, bad := time.ParseDuration(rest[at+1:]); bad == nil {
			if what.For = d; d < time.Second {
				return rest, what, errors.New("a second at least, as 30s or 1m")
			}
			rest = rest[:at]
		}
	}
	return strings.TrimSpace(rest), what, nil
}

// ParseRecord reads "[screen] FILE [1m] [with history]".
func ParseRecord(text string) (path string, what Recording, err error) {
	path, what, err = cutRecording(text)
	if after, found := strings.CutPrefix(path, recordScreen+" "); found {
		path, what.Screen = strings.TrimSpace(after), true
	}
	if err == nil && path == "" {
		err = errors.New("name a file")
	}
	return path, what, err
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

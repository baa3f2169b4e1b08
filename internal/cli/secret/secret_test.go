package secret

import (
	"errors"
	"strings"
	"testing"
)

func TestReadTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"hunter2\r":             "hunter2",
		"hunter2\nmore":         "hunter2",
		"\x7fhunteé\x7f\x7fr\r": "huntr",
		"wrong\x15right\r":      "right",
		"\r":                    "",
	} {
		r := strings.NewReader(typed)
		got, err := readTyped(r)
		if got != want || err != nil {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
		if strings.HasSuffix(typed, "more") && r.Len() != len("more") {
			t.Errorf("%q: what follows was read too", typed)
		}
	}
	for typed, want := range map[string]error{"half\x03\r": ErrCancelled, "\x04": ErrCancelled} {
		if got, err := readTyped(strings.NewReader(typed)); got != "" || !errors.Is(err, want) {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	if got, err := readTyped(strings.NewReader(strings.Repeat("x", Max+2))); got != "" || err == nil {
		t.Errorf("a long one: %q, %v", got, err)
	}
}

package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/muesli/termenv"
)

// TestGoldenColumns: JSON as a table, and the pages about its columns.
func TestGoldenColumns(t *testing.T) {
	for name, keys := range map[string][]string{
		"table":   {"G", "enter", "|"},
		"all":     {"tab", "|"},
		"rule":    {"G", "enter", "|", ":", `text:colour .status == "failed" red`, "enter"},
		"picker":  {"G", "enter", "\\", "j", " ", "K"},
		"sorted":  {"G", "enter", "%", "l", "l", "o"},
		"grouped": {"G", "enter", "%", "l", "b"},
	} {
		for _, size := range []struct{ w, h int }{{80, 24}, {160, 50}} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size.w, size.h), func(t *testing.T) {
				s := watchOrders(t, size.w, size.h, Options{Renderer: renderer(termenv.TrueColor, true)})
				s.press(keys...)
				s.pass(sayTime)
				s.golden()
			})
		}
	}
}

// TestTableStaysWithItsTopic: what is a table is one for its topic, and in the next run.
func TestTableStaysWithItsTopic(t *testing.T) {
	d := &drawer{}
	s := remembering(t, d, Options{})
	s.press("G", "enter")
	s.typedCommand("columns status, id")
	s.contains("status   ")
	s.press("esc", "k")
	s.lacks(" status  ")
	again := remembering(t, d, Options{})
	again.press("G", "enter")
	if got := again.model.stream().Table().Text(); got != ".status .id" {
		t.Errorf("found %q, kept %s", got, d.prefs.Tables)
	}
	again.contains("failed")
	again.lacks(`"failed"`)
	again.typedCommand("columns off")
	again.contains(`"failed"`)
	again.typedCommand("columns auto")
	again.contains(" currency")
}

// TestEnterInATableInspects: the rest of a message is one key away.
func TestEnterInATableInspects(t *testing.T) {
	s := watchOrders(t, 80, 24, Options{})
	s.press("G", "enter", "|", "k", "enter")
	s.contains(`"currency": "EUR"`)
	s.press("esc", "%", "l", "l", "enter")
	s.contains(`"amount": 7.50`)
	s.press("esc", "b", "h", "enter") // by status, into the largest group
	s.contains("grouped by .status ─ ")
	s.press("esc", "esc")
	if s.model.top() != nil {
		t.Error("the page is open")
	}
}

// TestPickerChangesNothingUntilItIsTold so.
func TestPickerChangesNothingUntilItIsTold(t *testing.T) {
	s := watchOrders(t, 120, 40, Options{})
	s.press("G", "enter", "|")
	s.pass(time.Second)
	before := s.model.View()
	s.press("\\", " ", "J", "esc")
	if s.model.View() != before {
		t.Error("esc has changed the table")
	}
	s.press("\\", " ", "K", "enter")
	if got := s.model.stream().Table().Text(); !strings.HasPrefix(got, ".status -.id .amount") {
		t.Errorf("chose %s", got)
	}
	s.press("\\", "a", "enter")
	if got := s.model.stream().Table().Text(); !strings.HasPrefix(got, ".id .status .amount") {
		t.Errorf("by use: %s", got)
	}
}

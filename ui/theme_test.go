package ui

import (
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"joltui/ui/views"
)

// paints returns what each paint of s makes of a mark, by name.
func paints(s views.Styles) map[string]string {
	all := make(map[string]string)
	v := reflect.ValueOf(s)
	for i := range v.NumField() {
		all[v.Type().Field(i).Name] = v.Field(i).Interface().(views.Paint).String("x")
	}
	return all
}

func TestEveryMeaningHasAPaint(t *testing.T) {
	for name, profile := range map[string]termenv.Profile{
		"truecolour": termenv.TrueColor, "256": termenv.ANSI256, "16": termenv.ANSI,
	} {
		for _, dark := range []bool{true, false} {
			for meaning, painted := range paints(NewStyles(renderer(profile, dark))) {
				if meaning != "Text" && !strings.Contains(painted, "\x1b[") {
					t.Errorf("%s, dark %v: %s has no paint", name, dark, meaning)
				}
			}
		}
	}
}

func TestLightAndDarkDiffer(t *testing.T) {
	light, dark := paints(NewStyles(renderer(termenv.TrueColor, false))), paints(NewStyles(renderer(termenv.TrueColor, true)))
	for _, meaning := range []string{"Dim", "Accent", "OK", "Warn", "Error", "Border", "Selected"} {
		if light[meaning] == dark[meaning] {
			t.Errorf("%s is the same on light and dark", meaning)
		}
	}
}

func TestWhatIsNoTerminalGetsPlainText(t *testing.T) {
	for meaning, painted := range paints(NewStyles(renderer(termenv.Ascii, true))) {
		if painted != "x" {
			t.Errorf("%s is %q", meaning, painted)
		}
	}
}

func TestNoColorKeepsAttributes(t *testing.T) {
	r := lipgloss.NewRenderer(io.Discard, termenv.WithUnsafe(),
		termenv.WithEnvironment(environment{"NO_COLOR": "1", "TERM": "xterm-256color"}))
	all := paints(NewStyles(r))
	for meaning, want := range map[string]string{
		"Strong": "\x1b[1mx\x1b[0m", "Dim": "\x1b[2mx\x1b[0m", "Selected": "\x1b[7mx\x1b[0m",
		"Cursor": "\x1b[7mx\x1b[0m", "Badge": "\x1b[7mx\x1b[0m",
	} {
		if all[meaning] != want {
			t.Errorf("%s is %q, want %q", meaning, all[meaning], want)
		}
	}
	colour := regexp.MustCompile(`\x1b\[([0-9]+;)*(3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]`)
	for meaning, painted := range all {
		if colour.MatchString(painted) {
			t.Errorf("%s has a colour: %q", meaning, painted)
		}
	}
}

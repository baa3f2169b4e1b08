package ui

import (
	"cmp"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"joltui/internal/config"
	"joltui/ui/theme"
	"joltui/ui/views/kit"
)

// paints returns a mark painted with each paint of s, by the name of the paint.
func paints(s kit.Styles) map[string]string {
	all := make(map[string]string)
	v := reflect.ValueOf(s)
	for i := range v.NumField() {
		all[v.Type().Field(i).Name] = v.Field(i).Interface().(kit.Paint).String("x")
	}
	return all
}

func TestEveryMeaningHasAPaint(t *testing.T) {
	for name, profile := range map[string]termenv.Profile{
		"truecolour": termenv.TrueColor, "256": termenv.ANSI256, "16": termenv.ANSI,
	} {
		for _, dark := range []bool{true, false} {
			for _, th := range []theme.Theme{theme.Auto, theme.Dark, theme.Light, theme.Contrast} {
				for meaning, painted := range paints(theme.Styles(renderer(profile, dark), th)) {
					plain := meaning == "Text" || meaning == "Screen" && th == theme.Auto
					if plain == strings.Contains(painted, "\x1b[") {
						t.Errorf("%s, %s, dark %v: %s is %q", th, name, dark, meaning, painted)
					}
				}
			}
		}
	}
}

func TestLightAndDarkDiffer(t *testing.T) {
	light, dark := paints(theme.Styles(renderer(termenv.TrueColor, false), theme.Auto)), paints(theme.Styles(renderer(termenv.TrueColor, true), theme.Auto))
	for _, meaning := range []string{"Dim", "Accent", "OK", "Warn", "Error", "Border", "Selected"} {
		if light[meaning] == dark[meaning] {
			t.Errorf("%s is the same on light and dark", meaning)
		}
	}
}

func TestWhatIsNoTerminalGetsPlainText(t *testing.T) {
	for meaning, painted := range paints(theme.Styles(renderer(termenv.Ascii, true), theme.Auto)) {
		if painted != "x" {
			t.Errorf("%s is %q", meaning, painted)
		}
	}
}

func TestNoColorKeepsAttributes(t *testing.T) {
	r := lipgloss.NewRenderer(io.Discard, termenv.WithUnsafe(),
		termenv.WithEnvironment(environment{"NO_COLOR": "1", "TERM": "xterm-256color"}))
	all := paints(theme.Styles(r, theme.Auto))
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

// luminance returns the luminance of a colour as the Web Content Accessibility Guidelines
// define it, from 0 to 1.
func luminance(colour termenv.Color) float64 {
	r, g, b := termenv.ConvertToRGB(colour).LinearRgb()
	return 0.2126*r + 0.7152*g + 0.0722*b
}

// contrast returns how much two colours differ in brightness, from 1 to 21.
func contrast(a, b termenv.Color) float64 {
	light, dark := max(luminance(a), luminance(b)), min(luminance(a), luminance(b))
	return (light + 0.05) / (dark + 0.05)
}

func TestTextCanBeRead(t *testing.T) {
	for of, tc := range map[string]struct {
		p     theme.Colours
		least float64
	}{
		"dark": {theme.DarkPalette(), 4.5}, "light": {theme.LightPalette(), 4.5}, "high-contrast": {theme.ContrastPalette(), 7},
	} {
		for profile, pick := range map[termenv.Profile]func(lipgloss.CompleteColor) string{
			termenv.TrueColor: func(c lipgloss.CompleteColor) string { return c.TrueColor },
			termenv.ANSI256:   func(c lipgloss.CompleteColor) string { return c.ANSI256 },
		} {
			colour := func(c lipgloss.TerminalColor) termenv.Color {
				return profile.Color(pick(c.(lipgloss.CompleteColor)))
			}
			check := func(name string, text, on lipgloss.TerminalColor) {
				if got := contrast(colour(text), colour(on)); got < tc.least {
					t.Errorf("%s, profile %d: %s has a contrast of %.2f, want %.1f", of, profile, name, got, tc.least)
				}
			}
			p := tc.p
			for name, text := range map[string]lipgloss.TerminalColor{
				"text": p.Text, "dim": p.Dim, "accent": p.Accent, "ok": p.Ok, "warn": p.Warn, "err": p.Err, "str": p.Str, "number": p.Number, "word": p.Word,
			} {
				check(name, text, p.Screen)
				check(name+" on the selected row", text, p.Selected)
			}
			check("ink", p.Ink, p.Plate)
			for name, plate := range theme.Plates() {
				check("ink on "+name, theme.DarkPalette().Ink, plate)
			}
		}
	}
}

func TestParseTheme(t *testing.T) {
	for name, want := range map[string]theme.Theme{
		"auto": theme.Auto, "Dark": theme.Dark, "light": theme.Light, "high-contrast": theme.Contrast,
		"contrast": theme.Contrast, "no-colour": theme.None, "no-color": theme.None, "none": theme.None, "mono": theme.None,
	} {
		if got, err := theme.Parse(name); got != want || err != nil {
			t.Errorf("%s is %s, %v", name, got, err)
		}
	}
	_, err := theme.Parse("blue")
	if want := `no theme is called "blue": there are auto, dark, light, high-contrast, no-colour`; err == nil || err.Error() != want {
		t.Errorf("blue: %v", err)
	}
}

// TestAThemeReachesEveryView compares a screen whose theme was changed with one that began
// with that theme: no pane may keep paints of the theme before.
func TestAThemeReachesEveryView(t *testing.T) {
	r := renderer(termenv.TrueColor, true)
	for name, scene := range scenes() {
		for _, theme := range []theme.Theme{theme.Light, theme.None} {
			changed := scene(t, 120, 40, Options{Renderer: r})
			changed.model.theming.use(theme)
			changed.pass(sayTime)
			fresh := scene(t, 120, 40, Options{Renderer: r, Theme: theme})
			fresh.pass(sayTime)
			if changed.model.View() != fresh.model.View() {
				t.Errorf("%s: not all of the screen has become %s", name, theme)
			}
		}
	}
}

func TestThemesFollowOneAnother(t *testing.T) {
	s := watchOrders(t, 160, 50, Options{Renderer: renderer(termenv.TrueColor, true)})
	before := s.model.View()
	for _, theme := range []theme.Theme{theme.Dark, theme.Light, theme.Contrast, theme.None, theme.Auto} {
		s.press("ctrl+t")
		s.contains("theme: " + string(theme))
	}
	s.model.mention("")
	if got := s.model.View(); got != before {
		t.Error("the circle does not end where it began")
	}
}

// TestTheScreenHasTheBackgroundOfItsTheme looks at each cell: none may show the
// terminal's own background.
func TestTheScreenHasTheBackgroundOfItsTheme(t *testing.T) {
	sgr := regexp.MustCompile(`\x1b\[([0-9;]*)m`)
	for name, scene := range scenes() {
		s := scene(t, 100, 30, Options{Renderer: renderer(termenv.TrueColor, true), Theme: theme.Light})
		for _, row := range strings.Split(s.model.View(), "\n") {
			background := false
			for row != "" {
				at := sgr.FindStringSubmatchIndex(row)
				if at == nil || at[0] > 0 {
					if !background {
						t.Fatalf("%s: no background under %q", name, row)
					}
					if at == nil {
						break
					}
				}
				switch params := row[at[2]:at[3]]; {
				case params == "0" || params == "":
					background = false
				case strings.Contains(params, "48;"):
					background = true
				}
				row = row[at[1]:]
			}
		}
	}
}

func TestNoColorIsSaid(t *testing.T) {
	s := watchOrders(t, 160, 50, Options{})
	s.press("ctrl+t")
	s.contains("theme: dark, when the terminal shows colours")
}

// The header has the profile's name, in its colour where there are colours; each colour of the
// configuration is one of the theme.
func TestTheProfileIsInTheHeader(t *testing.T) {
	for _, name := range config.Colours() {
		if theme.Plates()[name] == nil {
			t.Errorf("%s has no colour", name)
		}
	}
	header := func(o Options) string {
		o.Profile, o.Theme = "prod\x1b[2J", cmp.Or(o.Theme, theme.Dark)
		s := watchOrders(t, 80, 24, o)
		row, _, _ := strings.Cut(s.model.View(), "\n")
		if !strings.Contains(row, "prod") || strings.Contains(row, "\x1b[2J") {
			t.Errorf("the header is %q", row)
		}
		return row
	}
	trueColour := func() *lipgloss.Renderer { return renderer(termenv.TrueColor, true) }
	red := header(Options{Renderer: trueColour(), ProfileColour: "red"})
	block := regexp.MustCompile(`48;2;255;\d+;\d+m prod`)
	if plain := header(Options{Renderer: trueColour()}); !block.MatchString(red) || block.MatchString(plain) {
		t.Errorf("in red it is %q, and without %q", red, plain)
	}
	if none := header(Options{Renderer: trueColour(), ProfileColour: "red", Theme: theme.None}); !strings.Contains(none, "\x1b[7m prod") {
		t.Errorf("without colours it is %q", none)
	}
	header(Options{ProfileColour: "red"})
}

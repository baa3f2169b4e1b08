package theme

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/charmbracelet/lipgloss"
)

// The contrast that people with weak sight need to read text, by WCAG 2.2 (1.4.3, 1.4.6),
// and what they need to see where a frame or a marked row is (1.4.11).
const (
	readable     = 4.5
	veryReadable = 7
	visible      = 3
)

// notText are the colours in which nothing is written.
var notText = []string{"Screen", "Border", "Selected", "Plate"}

// Every text of every theme can be read on the background of the screen and of the row
// under the cursor, in true colour and in 256 colours. The theme auto leaves the
// terminal's own background, of which the usual ones are tried.
func TestContrast(t *testing.T) {
	for name, p := range map[string]struct {
		colours Colours
		least   float64
		others  []string // backgrounds
	}{
		"dark":          {DarkPalette(), readable, []string{"#000000", "#1e1e1e", "#282828", "#002b36", "#1a1b26"}},
		"light":         {LightPalette(), readable, []string{"#ffffff", "#fdf6e3", "#fafafa", "#f6f8fa"}},
		"high contrast": {ContrastPalette(), veryReadable, nil},
	} {
		for _, depth := range []int{24, 8} {
			of := func(c lipgloss.TerminalColor) rgb { return parse(t, c.(lipgloss.CompleteColor), depth) }
			check := func(what string, text, ground rgb, least float64) {
				t.Helper()
				if got := contrast(text, ground); got < least {
					t.Errorf("%s, %d bit: %s has a contrast of %.2f, and needs %.1f", name, depth, what, got, least)
				}
			}
			colours := reflect.ValueOf(p.colours)
			for i := range colours.NumField() {
				field := colours.Type().Field(i).Name
				if field == "Ink" || slices.Contains(notText, field) {
					continue
				}
				text := of(colours.Field(i).Interface().(lipgloss.TerminalColor))
				check(field+" on Screen", text, of(p.colours.Screen), p.least)
				check(field+" on Selected", text, of(p.colours.Selected), readable)
				for _, other := range p.others {
					check(field+" on "+other, text, hex(t, other), readable)
				}
			}
			check("Ink on Plate", of(p.colours.Ink), of(p.colours.Plate), p.least)
			check("the frame of the focus on Screen", of(p.colours.Accent), of(p.colours.Screen), visible)
		}
	}
}

// The two that everybody quotes.
func TestContrastIsThatOfWCAG(t *testing.T) {
	white := rgb{255, 255, 255}
	if got := contrast(rgb{}, white); got != 21 {
		t.Errorf("black on white: %v", got)
	}
	if got := contrast(hex(t, "#767676"), white); math.Round(got*100) != 454 {
		t.Errorf("#767676 on white: %v", got)
	}
}

type rgb [3]float64

func parse(t *testing.T, c lipgloss.CompleteColor, depth int) rgb {
	t.Helper()
	if depth == 24 {
		return hex(t, c.TrueColor)
	}
	n, err := strconv.Atoi(c.ANSI256)
	if err != nil || n < 16 || n > 255 {
		t.Fatalf("%q is none of the 240 colours that look the same on all terminals", c.ANSI256)
	}
	if n >= 232 {
		grey := float64(8 + 10*(n-232))
		return rgb{grey, grey, grey}
	}
	steps := []float64{0, 95, 135, 175, 215, 255}
	n -= 16
	return rgb{steps[n/36], steps[n/6%6], steps[n%6]}
}

func hex(t *testing.T, s string) rgb {
	t.Helper()
	var r, g, b int
	if _, err := fmt.Sscanf(s, "#%02x%02x%02x", &r, &g, &b); err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return rgb{float64(r), float64(g), float64(b)}
}

// contrast is that of WCAG 2.2, from 1 to 21.
func contrast(a, b rgb) float64 {
	la, lb := a.luminance(), b.luminance()
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func (c rgb) luminance() float64 {
	var linear rgb
	for i, v := range c {
		if v /= 255; v <= 0.04045 {
			linear[i] = v / 12.92
		} else {
			linear[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*linear[0] + 0.7152*linear[1] + 0.0722*linear[2]
}

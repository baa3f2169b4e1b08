package ui

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"

	"joltui/ui/theme"
)

// readable replaces the escape codes of a screen by text: a run is ‹dim›…‹/›, and the codes
// that each name stands for are listed at the end, so that none is lost.
func readable(view string) string {
	names := make(map[string]string) // by parameters
	text := sgr.ReplaceAllStringFunc(view, func(code string) string {
		parameters := sgr.FindStringSubmatch(code)[1]
		if parameters == "" || parameters == "0" {
			return "‹/›"
		}
		if names[parameters] == "" {
			names[parameters] = uniqueName(names, describe(parameters))
		}
		return "‹" + names[parameters] + "›"
	})
	if len(names) == 0 {
		return text
	}
	var legend []string
	for parameters, name := range names {
		legend = append(legend, fmt.Sprintf("‹%s› is %s\n", name, parameters))
	}
	slices.Sort(legend)
	return text + strings.Join(legend, "")
}

// sgr is the escape code for colours and attributes; ECMA-48 calls it Select Graphic
// Rendition.
var sgr = regexp.MustCompile("\x1b\\[([0-9;]*)m")

func uniqueName(names map[string]string, name string) string {
	taken := func(name string) bool {
		for _, other := range names {
			if other == name {
				return true
			}
		}
		return false
	}
	unique := name
	for n := 2; taken(unique); n++ {
		unique = fmt.Sprintf("%s %d", name, n)
	}
	return unique
}

// describe names attributes and colours.
func describe(parameters string) string {
	attributes := map[string]string{"1": "bold", "2": "faint", "3": "italic", "4": "underlined", "7": "reversed"}
	var words []string
	all := strings.Split(parameters, ";")
	for i := 0; i < len(all); i++ {
		switch p := all[i]; {
		case attributes[p] != "":
			words = append(words, attributes[p])
		case p == "38" || p == "48":
			n := map[string]int{"2": 4, "5": 2}[all[i+1]]
			words = append(words, colourWords(p == "48", strings.Join(all[i+1:i+1+n], ";")))
			i += n
		default:
			words = append(words, sixteenWords(p))
		}
	}
	return strings.Join(words, " ")
}

// colourWords names a colour of 24 or 8 bits, given as 2;r;g;b or 5;n.
func colourWords(background bool, colour string) string {
	for _, c := range namedColours() {
		if sameColour(colour, c.colour.TrueColor) || colour == "5;"+c.colour.ANSI256 {
			return onto(background, c.name)
		}
	}
	return onto(background, colour)
}

// sameColour compares 2;r;g;b with #rrggbb. termenv computes one from the other with
// real numbers, and may be one off.
func sameColour(parameters, hex string) bool {
	var got, want [3]int
	if n, _ := fmt.Sscanf(parameters, "2;%d;%d;%d", &got[0], &got[1], &got[2]); n != 3 {
		return false
	}
	fmt.Sscanf(hex, "#%02x%02x%02x", &want[0], &want[1], &want[2])
	for i := range got {
		if d := got[i] - want[i]; d < -1 || d > 1 {
			return false
		}
	}
	return true
}

// sixteenWords names one of the sixteen colours, given as 30 to 37, 90 to 97, or 40 to
// 47, 100 to 107 for the background.
func sixteenWords(p string) string {
	n, err := strconv.Atoi(p)
	if err != nil {
		return p
	}
	background := n >= 40 && n <= 47 || n >= 100
	index := n % 10
	if n >= 90 {
		index += 8
	}
	for _, c := range namedColours() {
		if c.colour.ANSI == strconv.Itoa(index) {
			return onto(background, c.name)
		}
	}
	return onto(background, p)
}

func onto(background bool, name string) string {
	if background {
		return "on " + name
	}
	return name
}

type namedColour struct {
	name   string
	colour lipgloss.CompleteColor
}

// namedColours returns the colours of all palettes.
func namedColours() (all []namedColour) {
	for _, p := range []theme.Colours{theme.DarkPalette(), theme.LightPalette(), theme.ContrastPalette()} {
		for _, c := range []struct {
			name   string
			colour lipgloss.TerminalColor
		}{{"accent", p.Accent}, {"dim", p.Dim}, {"border", p.Border}, {"ok", p.Ok}, {"warn", p.Warn}, {"error", p.Err},
			{"string", p.Str}, {"number", p.Number}, {"word", p.Word}, {"selected", p.Selected}, {"ink", p.Ink},
			{"plate", p.Plate}, {"text", p.Text}, {"screen", p.Screen}} {
			if whole, ok := c.colour.(lipgloss.CompleteColor); ok {
				all = append(all, namedColour{c.name, whole})
			}
		}
	}
	return all
}

func TestReadable(t *testing.T) {
	got := readable("\x1b[1;38;2;108;182;255mjoltui\x1b[0m \x1b[92;7mx\x1b[0m\x1b[48;5;236m \x1b[m\n")
	want := "‹bold accent›joltui‹/› ‹ok reversed›x‹/›‹on selected› ‹/›\n" +
		"‹bold accent› is 1;38;2;108;182;255\n‹ok reversed› is 92;7\n‹on selected› is 48;5;236\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

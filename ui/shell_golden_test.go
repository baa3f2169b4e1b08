package ui

import (
	"fmt"
	"testing"

	"github.com/muesli/termenv"

	"joltui/ui/layout"
	"joltui/ui/theme"
)

// sizes are those of the golden screens of layouts, themes and the palette.
func sizes() [][2]int { return [][2]int{{80, 24}, {160, 50}} }

func TestGoldenLayouts(t *testing.T) {
	for _, kind := range []layout.Kind{layout.Focused, layout.Tiled} {
		for _, size := range sizes() {
			t.Run(fmt.Sprintf("%s %dx%d", kind, size[0], size[1]), func(t *testing.T) {
				s := watchOrders(t, size[0], size[1], Options{})
				s.press("G", "enter")
				s.model.setLayout(kind)
				s.pass(sayTime)
				s.golden()
			})
		}
	}
	for _, size := range sizes() {
		t.Run(fmt.Sprintf("splits %dx%d", size[0], size[1]), func(t *testing.T) {
			s := watchOrders(t, size[0], size[1], Options{})
			s.press("G", "<", "<", "<", "=", "=", "=")
			s.golden()
		})
	}
}

func TestGoldenThemes(t *testing.T) {
	for _, theme := range theme.All() {
		for _, size := range sizes() {
			t.Run(fmt.Sprintf("%s %dx%d", theme, size[0], size[1]), func(t *testing.T) {
				s := watchOrders(t, size[0], size[1], Options{Theme: theme, Renderer: renderer(termenv.TrueColor, true)})
				s.press("G", "enter", "/", "text:failed", "enter", " ")
				s.golden()
			})
		}
	}
}

func TestGoldenPalette(t *testing.T) {
	for name, keys := range map[string][]string{
		"all": {}, "found": {"text:pane"}, "arguments": {"text:sub ord"}, "wrong": {"text:theme blue"},
	} {
		for _, size := range sizes() {
			t.Run(fmt.Sprintf("%s %dx%d", name, size[0], size[1]), func(t *testing.T) {
				s := watchOrders(t, size[0], size[1], Options{})
				s.press(append([]string{":"}, keys...)...)
				s.golden()
			})
		}
	}
	t.Run("help found 80x24", func(t *testing.T) {
		s := watchOrders(t, 80, 24, Options{})
		s.press("?", "/", "text:log", "enter")
		s.golden()
	})
}

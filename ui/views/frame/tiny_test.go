package frame

import (
	"strings"
	"testing"

	"joltui/ui/views/kit/kittest"
)

func TestTinyFitsEveryWindowAndSaysTheSizes(t *testing.T) {
	tiny := NewTiny(kittest.Coloured())
	for w := range 60 {
		for h := range 20 {
			rows := tiny.View(w, h, 40, 12)
			kittest.RequireSize(t, rows, w, h)
			if text := strings.Join(rows, "\n"); w >= 15 && h >= 1 && !strings.Contains(text, "40×12") {
				t.Fatalf("%d×%d does not say what it needs: %q", w, h, text)
			}
		}
	}
}

package main

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

func picture(w, h int, text string) string {
	e := vt.NewEmulator(w, h)
	e.WriteString(text)
	t := &terminal{screen: e}
	return string(svg(t.cells()))
}

func TestPictureHasTextAndColours(t *testing.T) {
	got := picture(20, 2, "plain \x1b[1;38;2;1;2;255mbold\x1b[0m\r\n\x1b[7m<&>\x1b[0m")
	for _, want := range []string{
		">plain </text>", `fill="#0102ff" font-weight="bold">bold</text>`,
		`fill="` + background + `">&lt;&amp;&gt;</text>`, `height="17" fill="` + foreground + `"/>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

func TestPictureIsXML(t *testing.T) {
	d := xml.NewDecoder(strings.NewReader(picture(10, 3, "a\"<>&' 世界 é\u0301")))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestHalfOfAWideCharacterIsNoBlank(t *testing.T) {
	if got := content(&uv.Cell{Width: 0}); got != "" {
		t.Errorf("the second half is drawn as %q", got)
	}
	if got := content(&uv.Cell{Width: 1}); got != " " {
		t.Errorf("a cell without text is drawn as %q", got)
	}
}

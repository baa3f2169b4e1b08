package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// The size of a cell and of the margin, in pixels, and the colours of a terminal
// that was asked for none.
const (
	cellWidth, cellHeight = 8.4, 17
	margin                = 10
	fontSize              = 14
	foreground            = "#d7dbe0"
	background            = "#14181d"
)

// look is how text is drawn. Neighbours that look the same are drawn together.
type look struct {
	fg, bg          string
	bold, underline bool
}

// svg draws a screen. Each stretch of text is told its width, so that columns
// and borders meet whatever font there is.
func svg(rows [][]*uv.Cell) []byte {
	var b bytes.Buffer
	width := 2*margin + cellWidth*float64(len(rows[0]))
	height := 2*margin + cellHeight*len(rows)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" viewBox="0 0 %.0f %d">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="6" fill="%s"/>`+"\n", background)
	fmt.Fprintf(&b, `<g font-family="ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="%d" xml:space="preserve" style="white-space:pre">`+"\n", fontSize)
	for y, row := range rows {
		for x := 0; x < len(row); {
			x += run(&b, row[x:], x, y)
		}
	}
	b.WriteString("</g>\n</svg>\n")
	return b.Bytes()
}

// run draws the cells at the start of row that look the same, and returns how
// many they are.
func run(b *bytes.Buffer, row []*uv.Cell, x, y int) int {
	as := lookOf(row[0])
	var text strings.Builder
	n := 0
	for ; n < len(row) && lookOf(row[n]) == as; n++ {
		text.WriteString(content(row[n]))
	}
	left, top := margin+cellWidth*float64(x), margin+cellHeight*y
	width := cellWidth * float64(n)
	if as.bg != background {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`+"\n", left, top, width, cellHeight, as.bg)
	}
	if strings.TrimSpace(text.String()) != "" {
		fmt.Fprintf(b, `<text x="%.1f" y="%d" textLength="%.1f" fill="%s"%s>%s</text>`+"\n",
			left, top+13, width, as.fg, as.attributes(), escape(text.String()))
	}
	return n
}

func (l look) attributes() string {
	s := ""
	if l.bold {
		s += ` font-weight="bold"`
	}
	if l.underline {
		s += ` text-decoration="underline"`
	}
	return s
}

// content is the text of a cell; the second half of a wide character has none.
func content(c *uv.Cell) string {
	if c == nil || c.Content == "" && c.Width == 1 {
		return " "
	}
	return c.Content
}

func lookOf(c *uv.Cell) look {
	as := look{fg: foreground, bg: background}
	if c == nil {
		return as
	}
	as.fg, as.bg = hex(c.Style.Fg, as.fg), hex(c.Style.Bg, as.bg)
	as.bold = c.Style.Attrs&uv.AttrBold != 0
	as.underline = c.Style.Underline != uv.UnderlineNone
	if c.Style.Attrs&uv.AttrReverse != 0 {
		as.fg, as.bg = as.bg, as.fg
	}
	return as
}

func hex(c color.Color, otherwise string) string {
	if c == nil {
		return otherwise
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

func escape(text string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(text))
	return b.String()
}

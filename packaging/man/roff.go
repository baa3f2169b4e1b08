package main

import (
	"fmt"
	"strings"
)

// page is a manual page as it is written, in roff with the macros of man.
type page struct{ strings.Builder }

// newPage begins one. What it is about is a line, without a full stop.
func newPage(name, section, source, about string) *page {
	p := new(page)
	fmt.Fprintf(p, ".TH \"%s\" \"%s\" \"\" \"%s\" \"joltui\"\n", strings.ToUpper(name), section, escaped(source))
	p.section("NAME")
	fmt.Fprintf(p, "%s \\- %s\n", escaped(name), escaped(about))
	return p
}

func (p *page) section(name string) { fmt.Fprintf(p, ".SH %s\n", name) }

// paragraph is text that is filled.
func (p *page) paragraph(text string) { fmt.Fprintf(p, ".PP\n%s\n", lines(text)) }

// entry is a term with what is to be said of it.
func (p *page) entry(term, text string) {
	fmt.Fprintf(p, ".TP\n.B %s\n%s\n", escaped(term), lines(text))
}

// example is text as it is.
func (p *page) example(text string) {
	fmt.Fprintf(p, ".PP\n.nf\n%s\n.fi\n", lines(text))
}

// lines are escaped, and none of them is taken for a request.
func lines(text string) string {
	all := strings.Split(strings.Trim(text, "\n"), "\n")
	for i, line := range all {
		line = escaped(strings.ReplaceAll(line, "\t", "        "))
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			line = `\&` + line
		}
		all[i] = line
	}
	return strings.Join(all, "\n")
}

// escaped has backslashes, and hyphens that are to be typed, as they are.
func escaped(text string) string {
	return strings.NewReplacer(`\`, `\e`, "-", `\-`, "…", "...").Replace(text)
}

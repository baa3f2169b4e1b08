package main

import (
	"cmp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"joltui/internal/cli"
)

// commandPage is the page of a command.
func commandPage(c *cobra.Command) string {
	p := newPage(pageName(c), "1", c.Root().Version, strings.TrimSuffix(c.Short, "."))
	p.section("SYNOPSIS")
	p.paragraph(c.UseLine())
	p.section("DESCRIPTION")
	about, codes := description(c)
	for _, paragraph := range about {
		p.paragraph(paragraph)
	}
	p.flags("OPTIONS", c.NonInheritedFlags())
	p.flags("OPTIONS OF ALL OF THEM", c.InheritedFlags())
	if all := cli.Variables(c); len(all) > 0 {
		p.section("ENVIRONMENT")
		p.paragraph("Flags beat variables, which beat the configuration file.")
		for _, v := range all {
			p.entry(v.Name, v.Meaning)
		}
	}
	if all := cli.Files(c); len(all) > 0 {
		p.section("FILES")
		for _, f := range all {
			p.entry(f.Path, f.Meaning)
		}
	}
	if codes != "" {
		p.section("EXIT STATUS")
		p.paragraph(codes)
	}
	if c.Example != "" {
		p.section("EXAMPLES")
		p.example(c.Example)
	}
	p.section("SEE ALSO")
	p.paragraph(strings.Join(seeAlso(c), ", "))
	return p.String()
}

// description is the paragraphs of a command's help, with those about its exit codes
// apart.
func description(c *cobra.Command) (about []string, codes string) {
	for _, paragraph := range strings.Split(cmp.Or(c.Long, c.Short+"."), "\n\n") {
		if strings.HasPrefix(paragraph, "Exit codes") {
			codes = paragraph
			continue
		}
		about = append(about, paragraph)
	}
	return about, codes
}

func (p *page) flags(title string, fs *pflag.FlagSet) {
	if !fs.HasAvailableFlags() {
		return
	}
	p.section(title)
	fs.VisitAll(func(f *pflag.Flag) {
		value, usage := pflag.UnquoteUsage(f)
		term := "--" + f.Name
		if f.Shorthand != "" {
			term = "-" + f.Shorthand + ", " + term
		}
		if value != "" {
			term += " " + value
		}
		if !strings.Contains("|0|0s|false|[]|", "|"+f.DefValue+"|") && f.DefValue != "" {
			usage += " (default " + f.DefValue + ")"
		}
		p.entry(term, usage)
	})
}

// seeAlso are the pages beside, above and below that of a command.
func seeAlso(c *cobra.Command) []string {
	var all []string
	if c.HasParent() {
		all = append(all, pageName(c.Parent())+"(1)")
	}
	for _, below := range c.Commands() {
		if below.IsAvailableCommand() {
			all = append(all, pageName(below)+"(1)")
		}
	}
	return append(all, "joltui.toml(5)", "joltui-broker.json(5)")
}

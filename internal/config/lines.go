package config

import (
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// linesOf returns the line of each key in a valid TOML document, by its dotted name. The
// decoder reports lines only for its own errors.
func linesOf(data []byte) map[string]int {
	lines := make(map[string]int)
	var p unstable.Parser
	p.Reset(data)
	table := ""
	for p.NextExpression() {
		e := p.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = addKey(&p, lines, "", e.Key())
		case unstable.KeyValue:
			addKey(&p, lines, table, e.Key())
		}
	}
	return lines
}

// addKey records the line of a key, and of the tables that it is in, if they have none yet.
// It returns the key's dotted name.
func addKey(p *unstable.Parser, lines map[string]int, table string, parts unstable.Iterator) string {
	name := table
	for parts.Next() {
		part := parts.Node()
		name = join(name, string(part.Data))
		if _, known := lines[name]; !known {
			lines[name] = p.Shape(part.Raw).Start.Line
		}
	}
	return name
}

func join(table, name string) string {
	if table == "" {
		return name
	}
	return table + "." + name
}

// last returns the last part of a dotted name.
func last(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

func sorted(table map[string]any) []string { return slices.Sorted(maps.Keys(table)) }

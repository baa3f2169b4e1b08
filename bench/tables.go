package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"joltui/bench/turns"
)

// table is something to measure, by name.
type table struct {
	name    string
	extra   bool // only measured when asked for
	measure func(context.Context, *bench) ([]turns.Result, error)
}

// tables returns all that there are.
func tables() []table {
	all := append(fanOutTables(), limitTable(), pingTable(), idleTable(), topicsTable(), patternsTable(), clientTable())
	return slices.Concat(all, spacedTables(), systemTables())
}

// choose returns the tables with these names, or names that begin so. Without
// any it returns all that are not extra.
func choose(all []table, names []string) ([]table, error) {
	var chosen []table
	for _, t := range all {
		if len(names) == 0 && !t.extra {
			chosen = append(chosen, t)
		}
	}
	for _, name := range names {
		before := len(chosen)
		for _, t := range all {
			if t.name == name || strings.HasPrefix(t.name, strings.TrimSuffix(name, "/")+"/") {
				chosen = append(chosen, t)
			}
		}
		if len(chosen) == before {
			return nil, fmt.Errorf("there is no table %q; -list prints the names", name)
		}
	}
	return chosen, nil
}

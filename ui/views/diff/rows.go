package diff

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff/lcs"

	"joltui/internal/jsondiff"
	"joltui/internal/jsontree"
	"joltui/ui/views/kit"
)

// difference is the result of a comparison, in rows. It is immutable.
type difference struct {
	how    string // how they were compared, and why not field by field; empty if they were
	count  [4]int // rows by jsondiff.Op
	rows   int
	differ []int // the rows that are not the same on both sides
	get    func(i int) diffRow
}

// diffRow is one value, or one line. The text of a side that lacks it is empty.
type diffRow struct {
	op            jsondiff.Op
	place         string // path or line
	before, after string
	note          string
}

// len returns how many rows are shown: all, or those that differ.
func (d *difference) len(all bool) int {
	if all {
		return d.rows
	}
	return len(d.differ)
}

// position returns which row is shown as number i.
func (d *difference) position(i int, all bool) int {
	if all || i >= len(d.differ) {
		return i
	}
	return d.differ[i]
}

// find returns as which number a row is shown, or the next one that is.
func (d *difference) find(row int, all bool) int {
	if all {
		return row
	}
	return sort.SearchInts(d.differ, row)
}

func (d *difference) row(i int, all bool) diffRow { return d.get(d.position(i, all)) }

// newDifference returns a difference of so many rows. op is called for each of them now,
// get later for those that are drawn.
func newDifference(how string, rows int, op func(i int) jsondiff.Op, get func(i int) diffRow) *difference {
	d := &difference{how: how, rows: rows, get: get}
	for i := range rows {
		d.count[op(i)]++
		if op(i) != jsondiff.Same {
			d.differ = append(d.differ, i)
		}
	}
	return d
}

// compare compares two payloads: JSON by value, other text by lines, and a single line by
// the one stretch of bytes that differs.
func compare(before, after string) *difference {
	x, y := jsontree.Parse(before, 0), jsontree.Parse(after, 0)
	switch {
	case x.Whole() && y.Whole():
		return compareTrees(x, y)
	case strings.Contains(before, "\n") || strings.Contains(after, "\n"):
		return compareLines("compared line by line: "+whichIsNoJSON(x, y), before, after)
	default:
		return compareBytes("compared byte by byte: "+whichIsNoJSON(x, y), before, after)
	}
}

// whichIsNoJSON says which of the payloads is no JSON, and why.
func whichIsNoJSON(before, after *jsontree.Tree) string {
	switch {
	case before.Whole():
		return "the one after is no JSON (" + after.Err().Error() + ")"
	case after.Whole():
		return "the one before is no JSON (" + before.Err().Error() + ")"
	default:
		return "no JSON on either side"
	}
}

func compareTrees(before, after *jsontree.Tree) *difference {
	changes := jsondiff.Compare(before, after)
	op := func(i int) jsondiff.Op { return changes[i].Op }
	return newDifference("", len(changes), op, func(i int) diffRow {
		c := changes[i]
		row := diffRow{op: c.Op}
		if c.Before != jsontree.None {
			row.place, row.before = pathTo(before, c.Before), before.Value(c.Before)
		}
		if c.After != jsontree.None {
			row.place, row.after = pathTo(after, c.After), after.Value(c.After)
		}
		if c.Unlooked {
			row.note = "too big to be compared field by field"
		}
		return row
	})
}

// pathTo returns the path of a node, or the end of one that is too long for any screen.
func pathTo(t *jsontree.Tree, n int) string {
	const enough = 1000
	path, whole := t.PathEnd(n, enough)
	if !whole {
		return kit.Ellipsis + path
	}
	return path
}

// lineChange is a line, by its number on each side, from 0; -1 on a side that lacks it.
type lineChange struct{ before, after int }

func (c lineChange) op() jsondiff.Op {
	switch {
	case c.before < 0:
		return jsondiff.Added
	case c.after < 0:
		return jsondiff.Removed
	default:
		return jsondiff.Same
	}
}

func compareLines(how, before, after string) *difference {
	old, changed := slices.Collect(strings.Lines(before)), slices.Collect(strings.Lines(after))
	var rows []lineChange
	x, y := 0, 0
	same := func(until int) {
		for ; x < until; x, y = x+1, y+1 {
			rows = append(rows, lineChange{x, y})
		}
	}
	for _, d := range lcs.DiffRunes(numberLines(old, changed)) {
		same(d.Start)
		for ; x < d.End; x++ {
			rows = append(rows, lineChange{x, -1})
		}
		for ; y < d.ReplEnd; y++ {
			rows = append(rows, lineChange{-1, y})
		}
	}
	same(len(old))
	op := func(i int) jsondiff.Op { return rows[i].op() }
	return newDifference(how, len(rows), op, func(i int) diffRow {
		row := diffRow{op: rows[i].op()}
		if n := rows[i].before; n >= 0 {
			row.place, row.before = fmt.Sprint("line ", n+1), old[n]
		}
		if n := rows[i].after; n >= 0 {
			row.place, row.after = fmt.Sprint("line ", n+1), changed[n]
		}
		if row.op != jsondiff.Same && !strings.HasSuffix(row.before+row.after, "\n") {
			row.note = "no line feed at its end"
		}
		return row
	})
}

// numberLines gives equal lines the same number, as a rune, since the algorithm compares
// runes.
func numberLines(texts ...[]string) (before, after []rune) {
	numbers := make(map[string]rune)
	var out [2][]rune
	for side, lines := range texts {
		for _, line := range lines {
			n, known := numbers[line]
			if !known {
				n = rune(len(numbers))
				numbers[line] = n
			}
			out[side] = append(out[side], n)
		}
	}
	return out[0], out[1]
}

// compareBytes compares two lines by the shortest stretch outside of which they are the
// same. It does not cut through a character.
func compareBytes(how, before, after string) *difference {
	from := 0
	for from < min(len(before), len(after)) && before[from] == after[from] {
		from++
	}
	for from > 0 && !(runeStart(before, from) && runeStart(after, from)) {
		from--
	}
	same := 0 // at the end
	for same < min(len(before), len(after))-from && before[len(before)-1-same] == after[len(after)-1-same] {
		same++
	}
	for same > 0 && !(runeStart(before, len(before)-same) && runeStart(after, len(after)-same)) {
		same--
	}
	rows := []diffRow{
		{place: "the beginning", before: before[:from], after: after[:from]},
		{place: fmt.Sprint("from byte ", from), before: before[from : len(before)-same], after: after[from : len(after)-same]},
		{place: "the end", before: before[len(before)-same:], after: after[len(after)-same:]},
	}
	switch middle := &rows[1]; {
	case middle.before == "" && middle.after != "":
		middle.op = jsondiff.Added
	case middle.after == "" && middle.before != "":
		middle.op = jsondiff.Removed
	default:
		middle.op = jsondiff.Changed
	}
	rows = slices.DeleteFunc(rows, func(r diffRow) bool { return r.before == "" && r.after == "" })
	return newDifference(how, len(rows), func(i int) jsondiff.Op { return rows[i].op }, func(i int) diffRow { return rows[i] })
}

func runeStart(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }

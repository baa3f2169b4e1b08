package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"
)

// row is one figure of a case.
type row struct {
	Name   string  `json:"name"`
	Figure float64 `json:"figure"`
	Unit   string  `json:"unit"`
	Note   string  `json:"note,omitempty"` // what the figure alone does not say, such as "not yet"
}

// result has the rows of one target.
type result struct {
	target string
	rows   []row
}

func count(name string, n int, unit string) row {
	return row{Name: name, Figure: float64(n), Unit: unit}
}

func seconds(name string, d time.Duration) row {
	return row{Name: name, Figure: d.Seconds(), Unit: "s"}
}

func millis(name string, d time.Duration) row {
	return row{Name: name, Figure: 1000 * d.Seconds(), Unit: "ms"}
}

func megabytes(name string, bytes int) row {
	return row{Name: name, Figure: float64(bytes) / 1e6, Unit: "MB"}
}

// unless adds a note to a row that has not come out as its name says.
func (r row) unless(ok bool, note string) row {
	if !ok {
		r.Note = note
	}
	return r
}

// print writes the results of a case.
func (o options) print(w io.Writer, c attack, results []result) error {
	if !o.json {
		return printTable(w, c, results)
	}
	e := json.NewEncoder(w)
	for _, r := range results {
		for _, figure := range r.rows {
			err := e.Encode(struct {
				Case   string `json:"case"`
				Target string `json:"target"`
				row
			}{c.name, r.target, figure})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// printTable has a line for each figure and a column for each target.
func printTable(w io.Writer, c attack, results []result) error {
	fmt.Fprintf(w, "%s: %s\n", c.name, c.about)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "\t")
	for _, r := range results {
		fmt.Fprintf(t, "%s\t", r.target)
	}
	fmt.Fprintln(t)
	for _, name := range rowNames(results) {
		fmt.Fprintf(t, "  %s\t", name)
		for _, r := range results {
			fmt.Fprintf(t, "%s\t", r.cell(name))
		}
		fmt.Fprintln(t)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w)
	return err
}

// rowNames returns the names of all rows in the order in which they came.
func rowNames(results []result) []string {
	var names []string
	for _, r := range results {
		for _, figure := range r.rows {
			if !slices.Contains(names, figure.Name) {
				names = append(names, figure.Name)
			}
		}
	}
	return names
}

func (r result) cell(name string) string {
	i := slices.IndexFunc(r.rows, func(f row) bool { return f.Name == name })
	if i < 0 {
		return "–"
	}
	f := r.rows[i]
	cell := short(f.Figure) + " " + f.Unit
	if f.Note != "" {
		cell += " (" + f.Note + ")"
	}
	return cell
}

// short writes a figure with three digits that mean something, and counts in full.
func short(v float64) string {
	switch {
	case v == float64(int64(v)):
		return strconv.FormatInt(int64(v), 10)
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v < 0.001:
		return "<0.001"
	}
	return fmt.Sprintf("%.3g", v)
}

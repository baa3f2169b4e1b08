// Package turns compares figures that were measured in turn. The machines that
// benchmarks run on are shared, so a figure alone says little; the ratio of two
// that were taken within seconds of each other says much, and how it varies
// from round to round says how much.
package turns

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
)

// Side is one of the things that are compared.
type Side struct {
	Name string
	// Measure runs it once and returns its figure. An error ends the comparison.
	Measure func() (float64, error)
}

// Comparison is a table: the first side is what the others are compared with.
type Comparison struct {
	Title string
	Unit  string // of the figures, such as "messages/s" or "µs"
	Sides []Side
	// Aims are the ratios that the project wants to reach, by name of a side:
	// they are printed beside what was measured, and nothing fails.
	Aims map[string]string
}

// Result has the figures of each side, round by round.
type Result struct {
	Comparison
	Figures [][]float64 // of each side
	Stolen  float64     // the share of processor time that the host took away
}

// Run measures every side in each of so many rounds, in an order that turns
// by one with each round, so that none always comes first.
func (c Comparison) Run(rounds int) (Result, error) {
	r := Result{Comparison: c, Figures: make([][]float64, len(c.Sides))}
	before := readSteal()
	for round := range rounds {
		for i := range c.Sides {
			at := (i + round) % len(c.Sides)
			figure, err := c.Sides[at].Measure()
			if err != nil {
				return r, fmt.Errorf("%s: %s: %w", c.Title, c.Sides[at].Name, err)
			}
			r.Figures[at] = append(r.Figures[at], figure)
		}
	}
	r.Stolen = readSteal().since(before)
	return r, nil
}

// Ratios returns the figures of a side divided by those of the first in the
// same round, in ascending order.
func (r Result) Ratios(side int) []float64 {
	ratios := make([]float64, len(r.Figures[side]))
	for i, figure := range r.Figures[side] {
		ratios[i] = figure / r.Figures[0][i]
	}
	slices.Sort(ratios)
	return ratios
}

// Print writes the table: for each side the median of its figures and the
// least, the median and the greatest of its ratios.
func (r Result) Print(w io.Writer) error {
	fmt.Fprintf(w, "%s  (%d rounds, %.1f %% of processor time stolen)\n", r.Title, len(r.Figures[0]), 100*r.Stolen)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "\t%s\tmin\tmedian\tmax\taim\t\n", r.Unit)
	for i, side := range r.Sides {
		figures := slices.Sorted(slices.Values(r.Figures[i]))
		ratios := r.Ratios(i)
		fmt.Fprintf(t, "%s\t%s\t%.3f\t%.3f\t%.3f\t%s\t\n", side.Name, short(Median(figures)),
			ratios[0], Median(ratios), ratios[len(ratios)-1], r.Aims[side.Name])
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(w)
	return err
}

// Median returns the middle of sorted values; the lower of two.
func Median(sorted []float64) float64 { return sorted[(len(sorted)-1)/2] }

// short writes a figure with three digits that mean something.
func short(v float64) string {
	switch {
	case v >= 1e6:
		return fmt.Sprintf("%.2f M", v/1e6)
	case v >= 1e4:
		return fmt.Sprintf("%.0f k", v/1e3)
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	default:
		return fmt.Sprintf("%.3g", v)
	}
}

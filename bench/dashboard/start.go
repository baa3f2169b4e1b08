package main

import "joltui/bench/turns"

// firstFrames compares the time from the start of a program to its first whole
// frame.
func firstFrames(o options) error {
	milliseconds := func(t *terminal) float64 { return float64(t.first.Microseconds()) / 1000 }
	result, err := turns.Comparison{
		Title: "from the start to the first whole frame",
		Unit:  "ms",
		Sides: []turns.Side{
			{Name: "empty program", Measure: func() (float64, error) {
				t, err := o.openEmpty()
				if err != nil {
					return 0, err
				}
				return milliseconds(t), t.close()
			}},
			{Name: "dashboard", Measure: func() (float64, error) {
				d, err := o.openDashboard()
				if err != nil {
					return 0, err
				}
				return milliseconds(d.terminal), d.close()
			}},
		},
		Aims: map[string]string{"dashboard": "≤ 1.25"},
	}.Run(4 * o.rounds) // each takes a moment only
	if err != nil {
		return err
	}
	return result.Print(o.out)
}

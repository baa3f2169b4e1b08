package main

import (
	"encoding/json"
	"os"

	"joltui/bench/turns"
)

// report is all figures, for programs to read.
type report struct {
	Tables []reportTable `json:"tables"`
}

type reportTable struct {
	Name   string       `json:"name"`
	Title  string       `json:"title"`
	Unit   string       `json:"unit"`
	Stolen float64      `json:"stolen"` // share of processor time
	Sides  []reportSide `json:"sides"`
}

type reportSide struct {
	Name    string    `json:"name"`
	Aim     string    `json:"aim,omitempty"`
	Figures []float64 `json:"figures"` // round by round
	Ratios  []float64 `json:"ratios"`  // to the first side's of the same round, ascending
}

func (r *report) add(name string, result turns.Result) {
	t := reportTable{Name: name, Title: result.Title, Unit: result.Unit, Stolen: result.Stolen}
	for i, side := range result.Sides {
		t.Sides = append(t.Sides, reportSide{side.Name, result.Aims[side.Name], result.Figures[i], result.Ratios(i)})
	}
	r.Tables = append(r.Tables, t)
}

func (r *report) write(path string) error {
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(data, '\n'), 0o644)
}

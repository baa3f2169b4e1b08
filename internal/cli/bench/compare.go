package bench

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"joltui/internal/bom"
	"joltui/internal/cli/connect"
	"joltui/internal/cli/exit"
	"joltui/internal/cli/process"
	"joltui/internal/human"
	"joltui/internal/printable"
)

func newCompare(env process.Env) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "compare A.json B.json",
		Short: "Compare two measurements",
		Long: `Compares what joltui bench --json has written to two files: each a run, or one run a
line, of which the medians count. It says by how much B differs from A, and how far
the runs of a file differ from one another: what is within that is no difference. It
says, too, where the two were asked for different loads, or a run was not sound.

Exit codes: 0 compared; 1 failed; 2 usage, or a file that has no such runs.`,
		Example: `  joltui bench --rate 5000 --json >> before.ndjson
  joltui bench compare before.ndjson after.ndjson`,
		Args: func(c *cobra.Command, files []string) error {
			if len(files) != 2 {
				return exit.Usagef("%s takes two files, but got %s; see %[1]s --help", c.CommandPath(), human.Counted(uint64(len(files)), "argument"))
			}
			return nil
		},
		RunE: func(c *cobra.Command, files []string) error {
			if _, err := connect.FromEnvironment(c, env); err != nil {
				return err
			}
			a, err := readRuns(files[0])
			if err != nil {
				return err
			}
			b, err := readRuns(files[1])
			if err != nil {
				return err
			}
			return printComparison(env.Stdout, compared(a, b), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the comparison as one line of JSON")
	return cmd
}

// readRuns reads what bench --json has written, a run a line.
func readRuns(path string) ([]report, error) {
	data, err := bom.ReadFile(path)
	if err != nil {
		return nil, exit.Usagef("%w", err)
	}
	var runs []report
	lines := bufio.NewScanner(strings.NewReader(string(data)))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var run report
		if err := json.Unmarshal(lines.Bytes(), &run); err != nil || run.Broker == "" || run.Asked.Publishers == 0 {
			return nil, exit.Usagef("%s line %d is not what joltui bench --json writes", path, n)
		}
		runs = append(runs, run)
	}
	if err := lines.Err(); err != nil {
		return nil, exit.Usagef("%s: %w", path, err)
	}
	if len(runs) == 0 {
		return nil, exit.Usagef("%s has no run: joltui bench --json writes one", path)
	}
	return runs, nil
}

// comparison is two sets of runs beside one another.
type comparison struct {
	RunsA   int      `json:"runs_a"`
	RunsB   int      `json:"runs_b"`
	Figures []figure `json:"figures"`
	Remarks []string `json:"remarks"`
}

// figure is one of what was measured. Spreads are the distance between the largest and
// the smallest run, as a share of the median.
type figure struct {
	Name    string  `json:"name"`
	A       float64 `json:"a"`
	B       float64 `json:"b"`
	Change  float64 `json:"change"` // (B-A)/A; 0 where A is 0
	SpreadA float64 `json:"spread_a"`
	SpreadB float64 `json:"spread_b"`
}

// measured are the figures that are compared, by the names that they have in JSON.
func measured() []struct {
	name string
	of   func(report) float64
} {
	return []struct {
		name string
		of   func(report) float64
	}{
		{"published per_s", func(r report) float64 { return r.Published.Rate }},
		{"acknowledged per_s", func(r report) float64 { return r.Acknowledged.Rate }},
		{"delivered per_s", func(r report) float64 { return r.Delivered.Rate }},
		{"ack p50_us", func(r report) float64 { return r.Ack.P50 }},
		{"ack p99_us", func(r report) float64 { return r.Ack.P99 }},
		{"ack p999_us", func(r report) float64 { return r.Ack.P999 }},
		{"end_to_end p50_us", func(r report) float64 { return r.EndToEnd.P50 }},
		{"end_to_end p99_us", func(r report) float64 { return r.EndToEnd.P99 }},
		{"end_to_end p999_us", func(r report) float64 { return r.EndToEnd.P999 }},
		{"rejected", func(r report) float64 { return float64(r.Rejected) }},
		{"unknown", func(r report) float64 { return float64(r.Unknown) }},
		{"lost", func(r report) float64 { return float64(r.Lost) }},
		{"duplicates", func(r report) float64 { return float64(r.Duplicates) }},
		{"reordered", func(r report) float64 { return float64(r.Reordered) }},
	}
}

func compared(a, b []report) comparison {
	c := comparison{RunsA: len(a), RunsB: len(b), Remarks: []string{}}
	for _, m := range measured() {
		f := figure{Name: m.name}
		f.A, f.SpreadA = median(a, m.of)
		f.B, f.SpreadB = median(b, m.of)
		if f.A != 0 {
			f.Change = (f.B - f.A) / f.A
		}
		c.Figures = append(c.Figures, f)
	}
	if a[0].Asked != b[0].Asked {
		c.Remarks = append(c.Remarks, "the two were asked for different loads: "+differences(a[0].Asked, b[0].Asked))
	}
	for i, runs := range [][]report{a, b} {
		name := string("AB"[i])
		if slices.ContainsFunc(runs, func(r report) bool { return r.Asked != runs[0].Asked }) {
			c.Remarks = append(c.Remarks, "the runs of "+name+" were not all asked for the same load")
		}
		for _, r := range runs {
			if r.Error != "" {
				c.Remarks = append(c.Remarks, "a run of "+name+" was not sound: "+r.Error)
			}
		}
	}
	return c
}

// median is the one in the middle, and how far the runs lie apart.
func median(runs []report, of func(report) float64) (middle, spread float64) {
	values := make([]float64, len(runs))
	for i, r := range runs {
		values[i] = of(r)
	}
	slices.Sort(values)
	n := len(values)
	middle = (values[(n-1)/2] + values[n/2]) / 2
	if middle != 0 {
		spread = (values[n-1] - values[0]) / middle
	}
	return middle, spread
}

// differences names what was asked for differently.
func differences(a, b asked) string {
	var left, right map[string]any
	for _, each := range []struct {
		from asked
		to   *map[string]any
	}{{a, &left}, {b, &right}} {
		text, err := json.Marshal(each.from)
		if err = errors.Join(err, json.Unmarshal(text, each.to)); err != nil {
			return err.Error()
		}
	}
	var words []string
	for _, key := range slices.Sorted(maps.Keys(left)) {
		if left[key] != right[key] {
			words = append(words, fmt.Sprintf("%s %v and %v", key, left[key], right[key]))
		}
	}
	return strings.Join(words, ", ")
}

func printComparison(out io.Writer, c comparison, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(out).Encode(c)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "\tA (%s)\tB (%s)\tB to A\t±A\t±B\t\n", human.Counted(uint64(c.RunsA), "run"), human.Counted(uint64(c.RunsB), "run"))
	for _, f := range c.Figures {
		change := "–"
		if f.A != 0 {
			change = fmt.Sprintf("%+.1f %%", 100*f.Change)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%.0f %%\t%.0f %%\t\n", f.Name, human.Number(f.A), human.Number(f.B), change, 100*f.SpreadA, 100*f.SpreadB)
	}
	err := w.Flush()
	for _, remark := range c.Remarks {
		if err == nil {
			_, err = fmt.Fprintln(out, printable.Line(remark))
		}
	}
	return err
}

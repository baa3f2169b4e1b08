package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Where nobody can see the dashboard or press a key, it says so in one line.
func TestNoTerminal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("q"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{}, {"demo"}, {"watch", "orders"}} {
		for name, tt := range map[string]struct{ stdin, stdout bool }{
			"stdin is a file": {stdin: true}, "stdout is a pipe": {stdout: true}, "neither is a terminal": {true, true},
		} {
			t.Run(name+strings.Join(args, " "), func(t *testing.T) {
				t.Parallel()
				var out, errs strings.Builder
				cmd := exec.Command(binary, args...)
				cmd.Stderr = &errs
				if tt.stdin {
					f, err := os.Open(file)
					if err != nil {
						t.Fatal(err)
					}
					defer f.Close()
					cmd.Stdin = f
				}
				if tt.stdout {
					cmd.Stdout = &out
				}
				x := run(t, 80, 24, cmd, false)
				if code := x.exit(); code != 2 {
					t.Errorf("exit code %d", code)
				}
				const want = "joltui: the dashboard needs a terminal: stdin and stdout must be one\n"
				if errs.String() != want || out.Len() != 0 {
					t.Errorf("stderr %q, stdout %q", &errs, &out)
				}
				if found := faults(x.bytes()); len(found) != 0 || strings.Contains(x.bytes(), "1049") {
					t.Errorf("the terminal got %q", x.bytes())
				}
				x.restored()
			})
		}
	}
}

// colour is an SGR sequence with a colour among its parameters.
var colour = regexp.MustCompile(`\x1b\[(?:[0-9;:]*;)?(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:[;:][0-9;:]*)?m`)

// Who asks for no colour, or has a terminal without, gets none, but everything
// else.
func TestNoColour(t *testing.T) {
	for name, tt := range map[string]struct {
		environ  []string
		coloured bool
	}{
		"colour":                   {coloured: true}, // else this test would see nothing
		"NO_COLOR=1":               {environ: []string{"NO_COLOR=1"}},
		"NO_COLOR=anything":        {environ: []string{"NO_COLOR=anything"}},
		"TERM=dumb":                {environ: []string{"TERM=dumb", "COLORTERM="}},
		"TERM=dumb, and COLORTERM": {environ: []string{"TERM=dumb"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(binary, "demo")
			cmd.Env = environ(t, tt.environ...)
			x := run(t, 100, 30, cmd, true)
			x.see("● orders.eu", "✗ payroll", "received")
			for _, step := range [][2]string{
				{"?", "┏ Help"}, {"q/\torder\r", "filter /order/"}, {" ", "PAUSED"}, {"\x1b[Zj", "▸● audit"}, {"v", "◫"},
				{"u", "unsub "}, {"p", "┏ Publish"}, {"odd", "> odd"}, {"\t", "enter send"},
			} {
				x.press(step[0])
				x.see(step[1])
			}
			x.press("\x03")
			if code := x.exit(); code != 0 {
				t.Errorf("exit code %d", code)
			}
			x.restored()
			checkBytes(t, x.bytes())
			if seq := colour.FindString(x.bytes()); (seq != "") != tt.coloured {
				t.Errorf("colour: %q", seq)
			}
		})
	}
}

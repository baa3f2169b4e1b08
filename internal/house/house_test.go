package house

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// floors are the packages of production code, ground first. A package imports those of
// floors below its own.
var floors = [][]string{
	{"internal/inherit", "internal/bom", "internal/heed", "internal/pattern", "broker/internal/stream"},
	{"jolt", "broker/cluster", "broker/internal/login", "broker/internal/shrink", "internal/episodes", "broker/internal/machine",
		"broker/internal/meter", "internal/printable", "internal/jsontree", "internal/fields", "internal/decimal", "internal/suggest",
		"internal/clipboard", "internal/template", "internal/repeat", "internal/atomicfile", "internal/system",
		"internal/background", "internal/startline", "internal/folders", "internal/editor", "internal/quietstart/first"},
	{"internal/quietstart", "internal/jsondiff", "internal/query", "internal/human", "internal/history", "internal/config",
		"internal/publisher", "broker/internal/traffic", "broker/internal/trie", "broker/internal/roll"},
	{"broker/internal/lastvalue"},
	{"broker"},
	{"internal/topiclist"},
	{"internal/feed", "internal/trace", "internal/format", "internal/load", "internal/monitor", "internal/record", "broker/metrics", "ui/views/kit",
		"internal/sshd/keys", "internal/sshd/hostkey"},
	{"ui/views/intent", "ui/views/repeats", "ui/views/columns", "ui/keys", "ui/views/kit/table", "internal/sshd", "internal/export"},
	{"ui/views", "ui/views/broker", "ui/views/diff", "ui/views/frame", "ui/views/help", "ui/views/inspect", "ui/views/ledger", "ui/views/overview",
		"ui/views/palette", "ui/views/profiles", "ui/views/publish", "ui/views/stream", "ui/views/timeline", "ui/views/topics", "ui/views/tour",
		"ui/views/watches", "ui/views/welcome", "ui/views/picker", "ui/views/recordings", "ui/views/sorted", "ui/views/wire", "ui/calm", "ui/layout",
		"ui/loop", "ui/paths", "ui/theme"},
	{"ui"},
	{"internal/dashboard"},
	{"internal/cli/exit", "internal/cli/figures"},
	{"internal/cli/process"},
	{"internal/cli/arg", "internal/cli/secret"},
	{"internal/cli/connect", "internal/cli/complete", "internal/cli/look", "internal/cli/payload", "internal/cli/logs"},
	{"internal/cli/serve", "internal/cli/bench", "internal/cli/list", "internal/cli/sub", "internal/cli/pub", "internal/cli/replay"},
	{"internal/cli/sshserve"},
	{"internal/cli"},
	{""},
}

// forTests are packages that no production code imports; they import what they like.
var forTests = []string{"ui/views/kit/kittest", "broker/brokertest", "internal/cli/clitest", "internal/faults", "internal/soak", "internal/house"}

// public is what other programs can import, beside what is below broker.
var public = []string{"", "jolt", "broker", "ui"}

// never are imports that are forbidden though they lie below: the kit draws what it is
// given, and a client does with the standard library.
var never = map[string][]string{"ui/views/kit": {"internal/feed", "jolt"}}

// standardOnly are packages that others import without taking anything else along.
var standardOnly = []string{"jolt"}

// mostFiles is how many files of production code a package may have, beside its doc.go.
const mostFiles = 36

// pkg is what go list says of a package.
type pkg struct {
	ImportPath string
	GoFiles    []string
	Imports    []string
}

func (p pkg) name() string { return local(p.ImportPath) }

// local returns the path within the module, or what is no part of it as it is.
func local(path string) string {
	if path == "joltui" {
		return ""
	}
	return strings.TrimPrefix(path, "joltui/")
}

func packages(t *testing.T) []pkg {
	t.Helper()
	list := exec.Command("go", "list", "-json=ImportPath,GoFiles,Imports", "joltui/...")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		switch err := d.Decode(&p); {
		case errors.Is(err, io.EOF):
			return all
		case err != nil:
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// floorOf returns the floor of a package, or -1.
func floorOf(name string) int {
	return slices.IndexFunc(floors, func(floor []string) bool { return slices.Contains(floor, name) })
}

// broken returns what a package does that it should not.
func broken(p pkg) (problems []string) {
	name := p.name()
	isTest := slices.Contains(forTests, name)
	if floorOf(name) < 0 && !isTest {
		problems = append(problems, name+" is on no floor: give it one")
	}
	if !strings.HasPrefix(name, "internal/") && !strings.HasPrefix(name, "broker/") &&
		!strings.HasPrefix(name, "ui/") && !slices.Contains(public, name) {
		problems = append(problems, name+" is for nobody else: it belongs below internal")
	}
	for _, path := range p.Imports {
		if slices.Contains(standardOnly, name) && strings.Contains(strings.Split(path, "/")[0], ".") {
			problems = append(problems, name+" imports "+path+", and may only import the standard library")
		}
		if path != "joltui" && !strings.HasPrefix(path, "joltui/") || isTest {
			continue
		}
		switch imported := local(path); {
		case slices.Contains(forTests, imported):
			problems = append(problems, name+" imports "+imported+", which is for tests")
		case slices.Contains(never[name], imported):
			problems = append(problems, name+" may not import "+imported)
		case floorOf(imported) >= floorOf(name):
			problems = append(problems, name+" imports "+imported+", which is not below it")
		}
	}
	code := slices.DeleteFunc(slices.Clone(p.GoFiles), func(file string) bool { return file == "doc.go" })
	if len(code) == len(p.GoFiles) && name != "" {
		problems = append(problems, name+" has no doc.go: say what it is for")
	}
	if len(code) > mostFiles {
		problems = append(problems, name+" has become too large: divide it")
	}
	return problems
}

func TestTheHouse(t *testing.T) {
	for _, p := range packages(t) {
		for _, problem := range broken(p) {
			t.Error(problem)
		}
	}
}

// Each rule fails where it is broken.
func TestTheRulesFail(t *testing.T) {
	many := make([]string, mostFiles+1)
	for want, p := range map[string]pkg{
		"feed is on no floor: give it one":                                      {ImportPath: "joltui/feed"},
		"feed is for nobody else: it belongs below internal":                    {ImportPath: "joltui/feed"},
		"jolt imports broker, which is not below it":                            {ImportPath: "joltui/jolt", Imports: []string{"joltui/broker"}},
		"ui/views/kit imports ui, which is not below it":                        {ImportPath: "joltui/ui/views/kit", Imports: []string{"fmt", "joltui/ui"}},
		"jolt imports github.com/x/y, and may only import the standard library": {ImportPath: "joltui/jolt", Imports: []string{"github.com/x/y"}},
		"ui/views/kit may not import internal/feed":                             {ImportPath: "joltui/ui/views/kit", Imports: []string{"joltui/internal/feed"}},
		"ui/views/wire imports ui/views/diff, which is not below it":            {ImportPath: "joltui/ui/views/wire", Imports: []string{"joltui/ui/views/diff"}},
		"internal/feed imports internal/record, which is not below it":          {ImportPath: "joltui/internal/feed", Imports: []string{"joltui/internal/record"}},
		"broker imports internal/faults, which is for tests":                    {ImportPath: "joltui/broker", Imports: []string{"joltui/internal/faults"}},
		"broker has become too large: divide it":                                {ImportPath: "joltui/broker", GoFiles: many},
		"broker has no doc.go: say what it is for":                              {ImportPath: "joltui/broker", GoFiles: []string{"x.go"}},
	} {
		if got := broken(p); !slices.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func pages(t *testing.T) (folder string, all []string) {
	t.Helper()
	folder = t.TempDir()
	if err := write(folder); err != nil {
		t.Fatal(err)
	}
	all, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(all) < 15 {
		t.Fatal(all, err)
	}
	return folder, all
}

// Each page has what a reader looks for, and no tab: man fills lines.
func TestPages(t *testing.T) {
	folder, all := pages(t)
	for _, path := range all {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\t") {
			t.Errorf("%s has a tab", path)
		}
	}
	for page, wanted := range map[string]string{
		"joltui-pub.1":         "ENVIRONMENT|JOLT_PUB_RATE|FILES|config.toml|EXIT STATUS|Exit codes: 0|EXAMPLES",
		"joltui-broker.1":      "ENVIRONMENT|JOLT_BROKER_CONFIG|FILES|EXIT STATUS",
		"joltui.1":             "ENVIRONMENT|EXIT STATUS|joltui\\-sub(1)",
		"joltui.toml.5":        "password_from|topic_messages|beside the configuration file",
		"joltui-broker.json.5": "permissions|client_ca|pace_bytes",
	} {
		text, _ := os.ReadFile(filepath.Join(folder, page))
		for _, word := range strings.Split(wanted, "|") {
			if !strings.Contains(string(text), word) {
				t.Errorf("%s has no %q", page, word)
			}
		}
	}
}

// groff finds nothing to complain about.
func TestPagesAreInOrder(t *testing.T) {
	if _, err := exec.LookPath("groff"); err != nil {
		t.Skip("no groff here")
	}
	_, all := pages(t)
	for _, path := range all {
		out, err := exec.Command("groff", "-man", "-Tutf8", "-ww", "-z", path).CombinedOutput()
		if err != nil || len(out) > 0 {
			t.Errorf("%s: %v\n%s", path, err, out)
		}
	}
}

// The page of the broker's file has each key that the broker knows.
func TestTheBrokersKeys(t *testing.T) {
	source, err := os.ReadFile("../../broker/config.go")
	if err != nil {
		t.Fatal(err)
	}
	known := regexp.MustCompile(`\{"([a-z_]+)", &l\.`).FindAllStringSubmatch(string(source), -1)
	if len(known) < 14 {
		t.Fatalf("found %d limits", len(known))
	}
	parser, err := os.ReadFile("../../broker/parse.go")
	if err != nil {
		t.Fatal(err)
	}
	settings := regexp.MustCompile(`"([a-z_]+)": +func\(\) error`).FindAllStringSubmatch(string(parser), -1)
	if len(settings) < 8 {
		t.Fatalf("found %d settings", len(settings))
	}
	known = append(known, settings...)
	page := brokerPage()
	for _, k := range known {
		quoted := strings.Contains(page, `"`+k[1]+`"`) // within another one
		if !quoted && !strings.Contains(page, ".B     "+k[1]+"\n") && !strings.Contains(page, ".B "+k[1]+"\n") {
			t.Errorf("joltui-broker.json(5) does not say what %s is", k[1])
		}
	}
}

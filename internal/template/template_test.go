package template

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

func source() Source {
	berlin := time.FixedZone("CET", 3600)
	return Source{
		Now:    func() time.Time { return time.Date(2026, 1, 2, 13, 1, 2, 34e6, berlin) },
		Random: rand.NewChaCha8([32]byte{1}),
	}
}

func execute(t *testing.T, text string, count uint64, s Source) string {
	t.Helper()
	parsed, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	out, err := parsed.Execute(count, s)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return out
}

func TestExecute(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "",
		`no braces { } "}}"`:                  `no braces { } "}}"`,
		`{"id":{{.Count}}}`:                   `{"id":7}`,
		`{{.Time}}`:                           "2026-01-02T12:01:02.034Z",
		`{{.Time.Unix}}`:                      "1767355262",
		`{{.Time.UnixMilli}}`:                 "1767355262034",
		`{{.Time.UnixNano}}`:                  "1767355262034000000",
		`{{.Time.Format "15:04"}}`:            "12:01",
		`{{printf "%05d" .Count}}`:            "00007",
		`{{.Count | printf "%x"}}`:            "7",
		`{{printf "%d %%1000 %d" 1 2}}`:       "1 %1000 2",
		`{{.Random 5 5}}`:                     "5",
		`{{if eq .Count 7}}a{{else}}b{{end}}`: "a",
		`{{if and (gt .Count 1) (not (le .Count 7))}}a{{end}}`:   "",
		`{{if lt .Count 1}}a{{else if ge .Count 7}}b{{end}}`:     "b",
		"{{- /* said to nobody */ -}} a \n\x00 世界":               "a \n\x00 世界",
		`{{if or (ne .Count 7) .Random}}{{"{{"}}.Count}}{{end}}`: "{{.Count}}",
	} {
		if got := execute(t, text, 7, source()); got != want {
			t.Errorf("%s makes %q, want %q", text, got, want)
		}
	}
}

func TestRandomValues(t *testing.T) {
	s := source()
	uuid := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	seen := make(map[string]bool)
	for range 200 {
		id := execute(t, "{{.UUID}}", 1, s)
		if !uuid.MatchString(id) || seen[id] {
			t.Fatalf("%q is no UUID of version 4, or not a new one", id)
		}
		seen[id] = true
	}
	counts := make(map[string]int)
	for range 600 {
		counts[execute(t, "{{.Random -1 1}}", 1, s)]++
	}
	for _, n := range []string{"-1", "0", "1"} {
		if counts[n] < 100 || len(counts) != 3 {
			t.Fatalf("600 numbers from -1 to 1 are %v", counts)
		}
	}
	for range 200 {
		if n, err := strconv.Atoi(execute(t, "{{.Random}}", 1, s)); err != nil || n < 0 || n > 999_999_999 {
			t.Fatalf("%d, %v", n, err)
		}
	}
	execute(t, "{{.Random -9223372036854775808 9223372036854775807}}", 1, s)
	if a, b := execute(t, "{{.UUID}} {{.Random}}", 1, source()), execute(t, "{{.UUID}} {{.Random}}", 1, source()); a != b {
		t.Errorf("the same source makes %s and %s", a, b)
	}
}

func TestOneMessageHasOneTime(t *testing.T) {
	s, calls := source(), 0
	clock := s.Now
	s.Now = func() time.Time { calls++; return clock().Add(time.Duration(calls) * time.Second) }
	if got := execute(t, "{{.Time.Unix}} {{.Time.Unix}}", 1, s); got != "1767355263 1767355263" {
		t.Errorf("%s", got)
	}
}

func TestParseErrors(t *testing.T) {
	for text, want := range map[string]string{
		"\n{{.Nope}}":                            "line 2: there is no .Nope: there are .Count, .Time, .UUID and .Random",
		"{{.Count.Big}}":                         "line 1: there is no .Count.Big: .Count has no parts",
		"{{.Time.Add 1}}":                        "line 1: there is no .Time.Add: there are .Time.Unix, .UnixMilli, .UnixNano and .Format",
		"{{.Count":                               "line 1: unclosed action",
		"{{if .Count}}":                          "line 1: unexpected EOF",
		"{{nope 1}}":                             `line 1: function "nope" not defined`,
		"{{html .Count}}":                        "line 1: there is no function html here, only printf, eq, ne, lt, le, gt, ge, and, or, not",
		"{{range 9999999999}}{{end}}":            "line 1: there is no range here, only if",
		"{{with .Count}}{{.}}{{end}}":            "line 1: there is no with here, only if",
		"{{.}}":                                  "line 1: . means nothing here: there are .Count, .Time, .UUID and .Random",
		"{{$.Count}}":                            "line 1: $.Count means nothing here: there are .Count, .Time, .UUID and .Random",
		"{{(.Time).Unix}}":                       "line 1: (.Time).Unix means nothing here: there are .Count, .Time, .UUID and .Random",
		"{{$x := 1}}":                            "line 1: there are no variables here",
		`{{if $x := 1}}{{end}}`:                  "line 1: there are no variables here",
		`{{if true}}{{else}}{{break}}{{end}}`:    "line 1: {{break}} outside {{range}}",
		`{{define "x"}}a{{template "x"}}{{end}}`: "line 1: a template cannot define others",
		`a{{define "x"}}{{end}}`:                 "line 1: a template cannot define others",
		`{{block "x" .}}a{{end}}`:                "line 1: a template cannot define others",
		`{{template "payload"}}`:                 "line 1: there is no template here, only if",
		strings.Repeat("x", MaxSize+1):           "the template is longer than 1 MiB",
	} {
		_, err := Parse(text)
		if fmt.Sprint(err) != want {
			t.Errorf("%.40s: %v\nwant %s", text, err, want)
		}
	}
}

func TestExecuteErrors(t *testing.T) {
	long := strings.Repeat("x", 900)
	for text, want := range map[string]string{
		`{{printf "%1000000000d" 1}}`:                     "line 1: printf: a width has at most three digits",
		`{{printf "%.1000000000f" 1.0}}`:                  "line 1: printf: a width has at most three digits",
		`{{printf "%+1000d" 1}}`:                          "line 1: printf: a width has at most three digits",
		`{{printf "%[1]1000d" 1}}`:                        "line 1: printf: a width has at most three digits",
		`{{printf "%*d" 1000000000 1}}`:                   "line 1: printf: a width cannot be an argument (*)",
		"\n{{printf `" + long + "`}}":                     "line 2: printf: the format is longer than 256 bytes",
		`{{printf "%s%s" "` + long + `" "` + long + `"}}`: "line 1: printf: the arguments are longer than 1000 bytes",
		"{{.Random 1}}":                                   "line 1: Random: give it no bounds, or two: .Random 1 100",
		"{{.Random 2 1}}":                                 "line 1: Random: nothing is from 2 to 1",
		"{{.Random true false}}":                          "line 1: expected integer; found true",
		"{{eq .Time .Count}}":                             "line 1: eq: incompatible types for comparison: time and number",
		"{{.Time.Unix 1}}":                                "line 1: wrong number of arguments for Unix: want 0 got 1",
		"{{.Count 1}}":                                    "line 1: Count has arguments but cannot be invoked as function",
		strings.Repeat("x", MaxSize-50) + strings.Repeat("{{.UUID}}", 4): "the message is longer than 1 MiB",
		strings.Repeat(`{{printf "%999d" 1}}`, 2000):                     "the message is longer than 1 MiB",
	} {
		parsed, err := Parse(text)
		if err != nil {
			t.Errorf("%.40s: %v", text, err)
			continue
		}
		if out, err := parsed.Execute(1, source()); fmt.Sprint(err) != want || out != "" {
			t.Errorf("%.40s: %v, %d bytes\nwant %s", text, err, len(out), want)
		}
	}
}

// Whatever text is parsed, time and memory are bounded, and an error is one line.
func FuzzTemplate(f *testing.F) {
	for _, seed := range []string{
		`{"id":{{.Count}},"at":"{{.Time}}","key":"{{.UUID}}","n":{{.Random 1 100}}}`,
		`{{if eq .Count 7}}a{{else}}b{{end}}`, `{{printf "%*d%s" 9 1}}`, `{{range 10}}{{end}}`,
		`{{define "x"}}{{template "x"}}{{end}}{{template "x"}}`, `{{$x := "a"}}{{$x = printf "%s%s" $x $x}}`,
		`{{/* a */}}{{- 1 -}}`, `{{block "a" .}}{{end}}`, `{{(.Time).Unix}}`, `{{nil}}`, `{{printf}}`, `{{and}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := Parse(text)
		if err == nil {
			var out string
			out, err = parsed.Execute(1, source())
			if len(out) > MaxSize {
				t.Fatalf("%d bytes", len(out))
			}
		}
		if err != nil && strings.Contains(strings.TrimSpace(err.Error()), "\n") && !strings.Contains(text, "\n") {
			t.Fatalf("the error has several lines: %q", err)
		}
	})
}

package format

import (
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 500_000_000, time.UTC)

// printed is what becomes of some messages.
func printed(t *testing.T, o Options, terminal bool, messages ...Message) string {
	t.Helper()
	print, err := New(o, terminal)
	if err != nil {
		t.Fatal(err)
	}
	var out []byte
	for _, m := range messages {
		if out, err = print(out, m); err != nil {
			return string(out) + "error: " + err.Error()
		}
	}
	return string(out)
}

func TestFormats(t *testing.T) {
	m := Message{Time: noon, Topic: "a\x1b", Data: "x\u009b\u202e<"}
	for name, tt := range map[string]struct {
		options  Options
		terminal bool
		want     string
	}{
		"text":                {Options{End: "\n"}, false, "a\x1b\tx\u009b\u202e<\n"},
		"text, terminal":      {Options{End: "\n"}, true, `a\x1b  x\u009b\u202e<` + "\n"},
		"raw":                 {Options{Raw: true, End: "\n"}, false, "x\u009b\u202e<\n"},
		"raw, byte-exact":     {Options{Raw: true}, false, "x\u009b\u202e<"},
		"raw, NUL, times":     {Options{Raw: true, Timestamps: true, End: "\x00"}, false, "2026-01-02T12:00:00.5Z\tx\u009b\u202e<\x00"},
		"JSON":                {Options{JSON: true, End: "\n"}, false, `{"time":"2026-01-02T12:00:00.5Z","topic":"a\u001b","data":"x` + "\u009b\u202e" + `<"}` + "\n"},
		"JSON, terminal":      {Options{JSON: true, End: "\n"}, true, `{"time":"2026-01-02T12:00:00.5Z","topic":"a\u001b","data":"x\u009b\u202e<"}` + "\n"},
		"template":            {Options{Template: "{{.Count}} {{.Data}}", End: "\n"}, false, "0 x\u009b\u202e<\n"},
		"template, terminal":  {Options{Template: "{{.Data}}", End: "\n"}, true, `x\u009b\u202e<` + "\n"},
		"another zone":        {Options{Timestamps: true, End: "\n", Zone: time.FixedZone("X", 3600)}, false, "2026-01-02T13:00:00.5+01:00\ta\x1b\tx\u009b\u202e<\n"},
		"another zone, JSON":  {Options{JSON: true, Zone: time.FixedZone("X", 3600)}, true, `{"time":"2026-01-02T13:00:00.5+01:00","topic":"a\u001b","data":"x\u009b\u202e<"}`},
		"another zone, .Time": {Options{Template: "{{.Time}}", Zone: time.FixedZone("X", 3600)}, false, "2026-01-02 13:00:00.5 +0100 X"},
	} {
		if got := printed(t, tt.options, tt.terminal, m); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// On a terminal rows have the time of day, and a line says the day and the zone wherever
// they change.
func TestDays(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	at := func(after time.Duration) Message { return Message{Time: noon.Add(after), Topic: "a", Data: "1"} }
	got := printed(t, Options{Timestamps: true, End: "\n", Zone: zone}, true, at(0), at(time.Hour), at(11*time.Hour), at(12*time.Hour))
	want := "── Friday 2026-01-02 CET (+01:00) ──\n13:00:00.500  a  1\n14:00:00.500  a  1\n" +
		"── Saturday 2026-01-03 CET (+01:00) ──\n00:00:00.500  a  1\n01:00:00.500  a  1\n"
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestTemplates(t *testing.T) {
	const data = `{"amount":150,"price":12.5,"big":9007199254740993,"huge":1e400,"s":"a<b","o":{"b":1,"a":[true,null]},"no":null}`
	for template, want := range map[string]string{
		`{{if gt .JSON.amount 100}}large{{end}}`:                                    "large",
		`{{if lt .JSON.price 12.6}}cheap{{end}}`:                                    "cheap",
		`{{if ge .JSON.price 12}}{{if le .JSON.price .JSON.amount}}y{{end}}{{end}}`: "y",
		`{{eq .JSON.amount 150}} {{eq .JSON.amount 1 150.0}} {{ne .JSON.amount 1}}`: "true true true",
		`{{eq .JSON.big 9007199254740992}} {{eq .JSON.big 9007199254740993}}`:       "false true",
		`{{gt .JSON.huge 1e300}} {{gt .JSON.big 9007199254740992}}`:                 "true true",
		`{{eq .JSON.s "a<b"}} {{lt .JSON.s "b"}} {{eq .JSON.amount "150"}}`:         "true true false",
		`{{printf "%.2f %5d %s %v" .JSON.price .JSON.amount .JSON.big .JSON.huge}}`: "12.50   150 9007199254740993 1e400",
		`{{.JSON.o}} {{.JSON.o.a}} {{index .JSON.o.a 0}}`:                           `{"a":[true,null],"b":1} [true,null] true`,
		`{{range .JSON.o.a}}[{{.}}]{{end}} {{len .JSON.o.a}}`:                       "[true][] 2",
		`{{json .JSON.s}} {{json .JSON.o}} {{json .Topic}} {{json .JSON.no}}`:       `"a<b" {"a":[true,null],"b":1} "t" null`,
		`{{if gt .JSON.missing 100}}x{{end}}`:                                       "error: message 0 of t: --template:1:5: at <gt .JSON.missing 100>: error calling gt: null and 100 are neither two numbers nor two texts",
	} {
		if got := printed(t, Options{Template: template}, false, Message{Topic: "t", Data: data}); got != want {
			t.Errorf("%s: %q, want %q", template, got, want)
		}
	}
	for data, want := range map[string]string{`{"a":1} tail`: "", `{"a":1}`: `{"a":1}`, ` [1] `: "[1]", `1e400`: "1e400", "": ""} {
		if got := printed(t, Options{Template: "{{.JSON}}"}, false, Message{Data: data}); got != want {
			t.Errorf(".JSON of %q is %s, want %s", data, got, want)
		}
	}
}

func TestOptionsThatCannotBe(t *testing.T) {
	for want, o := range map[string]Options{
		"exclude each other":                 {JSON: true, Raw: true},
		"--timestamps is for text":           {JSON: true, Timestamps: true},
		"--template:1: unclosed action":      {Template: "{{"},
		"there is no .Nope: there are .Time": {Template: "{{.Nope}}"},
	} {
		if _, err := New(o, false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", o, err, want)
		}
	}
}

// What a payload does not have prints nothing, and no error has words of Go in it.
func TestTemplatesWithoutTheValue(t *testing.T) {
	const data = `{"a":5,"s":"text","l":[1],"n":null,"o":{},"b":true}`
	for template, want := range map[string]string{
		`[{{.JSON.nope}}{{.JSON.n}}{{.JSON.o.q.r}}]`:                            "[]",
		`{{with .JSON}}[{{.q}}]{{end}}{{$x := .JSON.nope}}[{{$x}}]`:             "[][]",
		`{{define "x"}}[{{.JSON.q}}]{{end}}{{template "x" .}}`:                  "[]",
		`[{{print .JSON.n}}{{html .JSON.n}}{{printf "%s" .JSON.n}}]`:            "[]",
		`{{len .JSON.nope}} {{len .JSON.l}} {{if .JSON.nope}}x{{else}}-{{end}}`: "0 1 -",
		`{{.JSON.a.x}}`:           "error: message 0 of t: --template:1:7: there is no .x in .JSON.a",
		`{{.Time.Foo}}`:           "error: message 0 of t: --template:1:7: there is no .Foo in .Time",
		`{{index .JSON.nope 1}}`:  `error: message 0 of t: --template:1:2: at <index .JSON.nope 1>: error calling index: index of nothing`,
		`{{index .JSON.l "x"}}`:   `error: message 0 of t: --template:1:2: at <index .JSON.l "x">: error calling index: cannot index a list with a text`,
		`{{len .JSON.a}}`:         `error: message 0 of t: --template:1:2: at <len .JSON.a>: error calling len: it is no list, object or text`,
		`{{json .JSON.a .Topic}}`: `error: message 0 of t: --template:1:2: at <json>: wrong number of arguments for json: want 1 got 2`,
	} {
		if got := printed(t, Options{Template: template}, false, Message{Topic: "t", Data: data}); got != want {
			t.Errorf("%s: %q, want %q", template, got, want)
		}
	}
	const want = "error: message 0 of t: --template:1:7: there is no .id: the payload is not JSON, or null"
	if got := printed(t, Options{Template: "{{.JSON.id}}"}, false, Message{Topic: "t", Data: "hello"}); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

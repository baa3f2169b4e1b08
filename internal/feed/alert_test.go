package feed

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestParseThreshold(t *testing.T) {
	for text, want := range map[string]string{
		"":                    "",
		" > 100 ":             "> 100",
		">=-1.5e3":            ">= -1.5e3",
		"<0":                  "< 0",
		"<= 7":                "<= 7",
		`== "failed"`:         `== "failed"`,
		"!= true":             "!= true",
		"==12":                "== 12",
		"absent for 30s":      "absent for 30s",
		"absent 1m30s":        "absent for 1m30s",
		"absentfor 1h":        "absent for 1h",
		"100":                 `begin with > >= < <= == != or "absent for"`,
		"more than":           `begin with > >= < <= == != or "absent for"`,
		"= 5":                 "write ==: = on its own compares nothing",
		"!5":                  "write !=: ! on its own compares nothing",
		">":                   "what is to be compared with is missing after >",
		"> x":                 "x is no number",
		"> 1.":                "1. is no number",
		`> "a"`:               "> needs a number",
		"< true":              "< needs a number",
		"== failed":           `a text needs quotes: == "failed"`,
		`== "failed`:          "the text ends with a quote, too",
		"== -":                "- is no number",
		"== null":             "null counts as absent: write absent for 30s",
		"== []":               "it can be compared with a number, a text or a boolean only",
		">1e999":              "> 1e999",
		"absent":              "for how long? As in absent for 30s",
		"absent for":          "for how long? As in absent for 30s",
		"absent for 5":        "5 of what? 30s, 5m and 1h have units",
		"absent for long":     "long is no time: 30s, 5m and 1h are",
		"absent for -5s":      "a second at least: the clock has no finer hands",
		"absent for 10ms":     "a second at least: the clock has no finer hands",
		"== \x1b[2J":          `a text needs quotes: == "\x1b[2J"`,
		"absent for \x1b[31m": `\x1b[31m is no time: 30s, 5m and 1h are`,
	} {
		got, err := ParseThreshold(text)
		words := got.String()
		if err != nil {
			words = err.Error()
		}
		if strings.ReplaceAll(words, `\\`, `\`) != want {
			t.Errorf("%q gives %q, want %q", text, words, want)
		}
	}
}

func TestThresholdIsMet(t *testing.T) {
	for text, values := range map[string][2]string{
		"> 5":                 {"5.1 6 1e9", `5 -6 "6" true {}`},
		">= 5":                {"5 5.0 6", "4.999"},
		"< 5":                 {"4.9 -1", `5 "1"`},
		"<= 5":                {"5 4", "5.01"},
		"== 5":                {"5 5.0 5e0", `6 "5" true []`},
		"!= 5":                {`6 "5" true []`, "5 5.0"},
		"== 9007199254740993": {"9007199254740993 9007199254740993.0", "9007199254740992 9007199254740994"},
		"!= 9007199254740993": {"9007199254740992", "9007199254740993"},
		"> 9007199254740992":  {"9007199254740993", "9007199254740992"},
		"<= 0.1":              {"0.1 -1e400", "0.10000000000000000001 1e400"},
		"> 100":               {"1e400", "-1e400"},
		"< 1e400":             {"100 1.7e308 9e399", "1e400 1.1e400"},
		"== 1e400":            {"1e400 10e399", "1e401 100"},
		`== "a"`:              {`"a" "\u0061"`, `"A" "ab" 1 true`},
		`== "\u0061"`:         {`"a"`, `"b"`},
		`!= "a"`:              {`"b" 1 false {}`, `"a"`},
		"== true":             {"true", `false "true" 1`},
		"!= true":             {`false "true"`, "true"},
	} {
		threshold, err := ParseThreshold(text)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []bool{true, false} {
			for _, v := range strings.Fields(values[i]) {
				v := valueOf(v)
				if threshold.met(&v) != want {
					t.Errorf("%s is met by %s: %v", text, v.text, !want)
				}
			}
		}
	}
}

// What jq makes of numbers, and JSON has no text for, is compared as what it is.
func TestThresholdsOfNanAndInfinite(t *testing.T) {
	for text, want := range map[string][4]bool{ // nan, infinite, -infinite, 1e400
		"> 100":    {false, true, false, true},
		"> 1e999":  {false, true, false, false},
		"<= 1e999": {false, false, true, true},
		"!= 5":     {true, true, true, true},
		"== 5":     {false, false, false, false},
	} {
		threshold, err := ParseThreshold(text)
		if err != nil {
			t.Fatal(err)
		}
		read, err := compile("nan, infinite, -infinite, .")
		if err != nil {
			t.Fatal(err)
		}
		values, err := read.read(nil, "1e400")
		if err != nil || len(values) != 4 {
			t.Fatal(values, err)
		}
		for i, v := range values {
			if threshold.met(&v) != want[i] || v.kind != WordValue {
				t.Errorf("%s is met by %s: %v", text, v.text, !want[i])
			}
		}
	}
}

func withThreshold(t *testing.T, f *Feed, path, text string) *Watch {
	t.Helper()
	threshold, err := ParseThreshold(text)
	if err != nil {
		t.Fatal(err)
	}
	w := watched(t, f, path)
	f.SetThreshold(w, threshold)
	return w
}

// alertRows are the rows of the log about thresholds.
func alertRows(f *Feed) []string {
	var rows []string
	for pos := f.log.First(); pos < f.log.Next(); pos++ {
		row := f.log.At(pos)
		if row.Kind != RowAlert {
			continue
		}
		a, at := row.Alert, row.At.Sub(start)
		switch {
		case a.Withdrawn:
			rows = append(rows, fmt.Sprintf("%v withdrawn %v", at, a.Lasted))
		case a.Over:
			rows = append(rows, fmt.Sprintf("%v over %v met %d", at, a.Lasted, a.Met))
		default:
			rows = append(rows, fmt.Sprintf("%v begins %s", at, a.Value))
		}
		if a.Times > 1 {
			rows[len(rows)-1] += fmt.Sprintf(", time %d since %v", a.Times, a.First.Sub(start))
			if a.Over {
				rows[len(rows)-1] += fmt.Sprintf(", %v in all", a.Total)
			}
		}
	}
	return rows
}

func wantAlerts(t *testing.T, f *Feed, want ...string) {
	t.Helper()
	if got := alertRows(f); strings.Join(got, "; ") != strings.Join(want, "; ") {
		t.Errorf("the log says %q, want %q", got, want)
	}
}

// ticks lets the seconds from one to another go by.
func ticks(f *Feed, from, to int) {
	for s := from; s <= to; s++ {
		f.Tick(at(float64(s)))
	}
}

func TestAnAlertIsOneEpisode(t *testing.T) {
	f := New(Limits{})
	w := withThreshold(t, f, ".", "> 100")
	said(f, 1, "100")
	ticks(f, 1, 9)
	wantAlerts(t, f)
	said(f, 10, "150", "200", "101")
	wantAlerts(t, f, "10s begins 150")
	if since, on := w.Alerting(); !on || !since.Equal(at(10)) || f.Watches().Alerting() != 1 {
		t.Errorf("alerting is %v since %v", on, since)
	}
	ticks(f, 11, 60) // what was said last stands
	wantAlerts(t, f, "10s begins 150")
	said(f, 61, "99", "1")
	ticks(f, 62, 65)
	wantAlerts(t, f, "10s begins 150", "1m1s over 51s met 3")
	if _, on := w.Alerting(); on || f.Watches().Alerting() != 0 || f.Watches().AlertsBegun() != 1 {
		t.Error("the alert is still on")
	}
}

func TestValuesThatGoToAndFroMakeOneAlert(t *testing.T) {
	f := New(Limits{})
	withThreshold(t, f, ".", `== "failed"`)
	for s := 1; s <= 20; s++ {
		f.Tick(at(float64(s)))
		said(f, float64(s), `"paid"`, `"failed"`, `"new"`)
	}
	wantAlerts(t, f, "1.1s begins \"failed\"")
	ticks(f, 21, 30) // met last at 20.1 s, no more from 20.2 s on
	wantAlerts(t, f, "1.1s begins \"failed\"", "25.1s over 19.1s met 20")
	said(f, 31, `"failed"`)
	wantAlerts(t, f, "1.1s begins \"failed\"", "25.1s begins \"failed\", time 2 since 1.1s")
	if f.Watches().AlertsBegun() != 2 {
		t.Error("the bell is not rung for a second episode")
	}
}

// An alert that comes and goes is one row, which counts; after a quiet minute it is another one.
func TestAFlappingAlertIsOneRow(t *testing.T) {
	f := New(Limits{})
	withThreshold(t, f, ".", "> 100")
	for n := range 20 {
		s := 20 * n
		said(f, float64(s), "150", "1")
		ticks(f, s+1, s+19)
	}
	wantAlerts(t, f, "0s begins 150", "5s over 100ms met 1, time 20 since 0s, 2s in all")
	row := f.log.At(f.log.Next() - 1)
	if row.Request.Topic != "t" || row.Request.Data != "150" || row.Size != 3 || row.Alert.Seq != 39 {
		t.Errorf("its message is %d, %q of %q", row.Alert.Seq, row.Request.Data, row.Request.Topic)
	}
	ticks(f, 401, 480)
	said(f, 481, "200")
	if got := alertRows(f); len(got) != 3 || got[2] != "8m1s begins 200" {
		t.Errorf("after a quiet minute the log says %q", got)
	}
}

func TestAbsence(t *testing.T) {
	f := New(Limits{})
	f.Tick(at(0))
	withThreshold(t, f, ".a", "absent for 30s")
	ticks(f, 1, 29)
	wantAlerts(t, f)
	ticks(f, 30, 90)
	wantAlerts(t, f, "30s begins ")
	said(f, 91, `{"a":null}`, `{}`, `no JSON`)
	wantAlerts(t, f, "30s begins ")
	said(f, 92, `{"a":0}`)
	wantAlerts(t, f, "30s begins ", "1m32s over 1m32s met 0")
	ticks(f, 93, 121)
	wantAlerts(t, f, "30s begins ", "1m32s over 1m32s met 0")
	ticks(f, 122, 200)
	wantAlerts(t, f, "30s begins ", "1m32s begins , time 2 since 30s")
}

func TestTheLatestValueCountsAtOnce(t *testing.T) {
	f := New(Limits{})
	said(f, 1, "150")
	f.Tick(at(50))
	w := withThreshold(t, f, ".", "> 100")
	wantAlerts(t, f, "50s begins 150")
	f.Tick(at(52))
	f.SetThreshold(w, Threshold{})
	wantAlerts(t, f, "50s begins 150", "52s withdrawn 2s")
	said(f, 53, "151")
	f.SetThreshold(w, Threshold{text: "absent for 30s", absent: 30 * time.Second})
	ticks(f, 82, 84)
	f.Unwatch(w)
	if got := alertRows(f); len(got) != 4 || got[2] != "1m23s begins " || got[3] != "1m24s withdrawn 31s" {
		t.Errorf("the log says %q", got)
	}
}

// What cannot be met, as far as one can see, is said when it is set.
func TestDoubtfulThresholds(t *testing.T) {
	for _, tt := range []struct{ values, threshold, want string }{
		{`"paid" "new" "paid"`, "> 100", `no value was a number so far, the last one is "paid"`},
		{`"paid" "new" "paid"`, "== 5", `no value was a number so far, the last one is "paid"`},
		{`"paid" "new" "paid"`, `== "faild"`, `"faild" has not come so far; most often it is "paid"`},
		{`"paid" "new" "paid"`, `== "new"`, ""},
		{`"paid" "new" "paid"`, `!= "new"`, ""},
		{`"paid"`, "absent for 30s", ""},
		{`1 2 3`, "> 100", ""},
		{`1e400`, "> 100", ""},
		{`1 2 3`, `== "1"`, "all values were numbers so far, the last one is 3"},
		{``, "> 100", ""},
	} {
		f := New(Limits{})
		w := watched(t, f, ".")
		said(f, 1, strings.Fields(tt.values)...)
		threshold, err := ParseThreshold(tt.threshold)
		if err != nil {
			t.Fatal(err)
		}
		if got := w.Doubt(threshold); got != tt.want {
			t.Errorf("%s after %s: %q, want %q", tt.threshold, tt.values, got, tt.want)
		}
	}
}

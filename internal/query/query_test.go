package query

import (
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const order = `{"id":12345678901234567890,"status":"failed","amount":120.50,"tags":["a","b c"],` +
	`"unit price":{"eur":3},"none":null,"no":false}`

func mustParse(t *testing.T, text string) *Query {
	t.Helper()
	q, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if q.String() != text {
		t.Errorf("%q became %q", text, q)
	}
	return q
}

func TestMatch(t *testing.T) {
	tests := []struct {
		text, data string
		match      bool
	}{
		{`.status == "failed" and .amount > 100`, order, true},
		{`.status == "failed" and .amount > 200`, order, false},
		{`.status != "failed"`, order, false},
		{`.`, order, true},
		{`.`, `false`, false},
		{`.`, `null`, false},
		{`.`, `0`, true},
		{`.`, `""`, true},
		{`.`, ` {} `, true},
		{`.none`, order, false},
		{`.no`, order, false},
		{`.missing`, order, false},
		{`empty`, order, false},
		{`false, true`, order, false},
		{`true, false`, order, true},
		{`true, error("late")`, order, true},
		{`error("early")`, order, false},
		{`.status.deeper`, order, false},
		{`.status.deeper?, true`, order, true},
		{`any(.tags[]; . == "b c")`, order, true},
		{`.tags | index("a") != null`, order, true},
		{`.status | test("^fail")`, order, true},
		{`.["unit price"].eur == 3`, order, true},
		{`.id == 12345678901234567890`, order, true},
		{`.id == 12345678901234567891`, order, false},
		{`.amount * 2 == 241`, order, true},
		{`[.amount, 1] | map(. * 2) | add == 243`, order, true},
		{`(1, 2) * (10, 100) | select(. == 200)`, order, true},
		{`.status * 2 == "failedfailed"`, order, true},
		{`{} * {a: 1} | .a`, order, true},
		{`.`, ``, false},
		{`.`, `plain text`, false},
		{`.`, `{"a":1} {"a":2}`, false},
		{`.`, `{"a":1}x`, false},
		{`.`, `{"a":`, false},
		{`true`, `NaN`, false},
		{`.[0]`, strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000), false},
	}
	for _, tt := range tests {
		if got := mustParse(t, tt.text).Match(tt.data); got != tt.match {
			t.Errorf("%s of %.60s: %v", tt.text, tt.data, got)
		}
	}
}

func TestValues(t *testing.T) {
	large, _ := new(big.Int).SetString("12345678901234567891", 10)
	tests := []struct {
		text string
		max  int
		want []any
		err  string
	}{
		{`.id`, 9, []any{json.Number("12345678901234567890")}, ""},
		{`.id + 1`, 9, []any{large}, ""},
		{`.amount`, 9, []any{json.Number("120.50")}, ""},
		{`.amount + 1`, 9, []any{121.5}, ""},
		{`.tags[]`, 9, []any{"a", "b c"}, ""},
		{`.tags[]`, 1, []any{"a"}, ""},
		{`.tags[]`, 0, nil, ""},
		{`.tags | length`, 9, []any{2}, ""},
		{`.none, .no, {a: [1]}`, 9, []any{nil, false, map[string]any{"a": []any{1}}}, ""},
		{`range(infinite)`, 3, []any{0, 1, 2}, ""},
		{`empty`, 9, nil, ""},
		{`(1, 2) * (10, 100)`, 9, []any{10, 20, 100, 200}, ""},
		{`$ENV`, 9, nil, "$ENV is not available here"},
		{`1, .status.x, 2`, 9, []any{1}, `expected an object but got: string ("failed")`},
		{`error("a\u001b[31m\nb")`, 9, nil, `error: a\x1b[31m\nb`},
	}
	for _, tt := range tests {
		q, err := Parse(tt.text)
		var got []any
		if err == nil {
			got, err = q.Values(order, tt.max)
		}
		if diff := cmp.Diff(tt.want, got, cmp.Comparer(func(a, b *big.Int) bool { return a.Cmp(b) == 0 })); diff != "" {
			t.Errorf("%s: %s", tt.text, diff)
		}
		if text := errorText(err); text != tt.err {
			t.Errorf("%s: error %q, want %q", tt.text, text, tt.err)
		}
	}
	if _, err := mustParse(t, ".").Values("plain", 1); !errors.Is(err, ErrNotJSON) {
		t.Errorf("no JSON: %v", err)
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestParseErrors(t *testing.T) {
	for text, want := range map[string]string{
		``:                          `an expression is missing, as .status`,
		` `:                         `an expression is missing, as .status`,
		`.a ==`:                     `the expression is not complete`,
		`.a == "b`:                  `unterminated string literal`,
		`.ä`:                        `unexpected token "ä", at character 2`,
		`.a and and .b`:             `unexpected token "and", at character 8`,
		`"ä" | )`:                   `unexpected token ")", at character 7`,
		"\"\\q\u202e\"":             `invalid escape sequence "\q" in string literal, at character 2`,
		`.a = 1`:                    `= changes a value: to compare, write ==`,
		`.a |= 1`:                   `|= changes a value, which an expression cannot do here`,
		`[.[] | (.a += 1)]`:         `+= changes a value, which an expression cannot do here`,
		`reduce .[] as $x (0; env)`: `env is not available here`,
		`{(input): 1}`:              `input is not available here`,
		`setpath([1e9]; 1)`:         `setpath is not available here`,
		`_multiply("x"; 1e9)`:       `_multiply: a name cannot begin with _ here`,
		`import "a" as a; .`:        `an expression cannot import modules`,
		`include "a"; .`:            `an expression cannot import modules`,
		`foo`:                       `put quotes around foo: "foo" is a text, .foo a field`,
		`.a == nope(1)`:             `there is no function nope with 1 argument`,
		`nope(1; 2)`:                `there is no function nope with 2 arguments`,
		`input_filename`:            `put quotes around input_filename: "input_filename" is a text, .input_filename a field`,
		`$x`:                        `there is no variable $x`,
		"\xff":                      `the expression is no UTF-8`,
		strings.Repeat("x", 5000):   `the expression is longer than 4096 bytes`,
	} {
		q, err := Parse(text)
		if q != nil || errorText(err) != want {
			t.Errorf("%q: %q, want %q", text, errorText(err), want)
		}
	}
}

// TestRunaway: an expression that does not end, or would need too much memory, is an
// error, and selects nothing.
func TestRunaway(t *testing.T) {
	for text, want := range map[string]error{
		`[range(infinite)]`:                              errTooLong,
		`[range(1e9)] | length`:                          errTooLong,
		`last(range(1e12))`:                              errTooLong,
		`def f: 1 + f; f`:                                errTooLong,
		`def f: [f]; f`:                                  errTooLong,
		`def f: f; f`:                                    errTooLong,
		`repeat(.) | select(false)`:                      errTooLong,
		`[limit(1e9; repeat(1))]`:                        errTooLong,
		`until(false; .)`:                                errTooLong,
		`"x" * 1e9`:                                      errTooLarge,
		`1e9 * "x"`:                                      errTooLarge,
		`[.[] | "x" * 1e9]`:                              errTooLarge,
		`reduce range(40) as $i (10; . * .)`:             errTooLarge,
		`reduce range(60) as $i (1; [., .])`:             errTooLarge,
		`reduce range(60) as $i ("x"; {a: ., ("b"): .})`: errTooLarge,
	} {
		q := mustParse(t, text)
		_, err := q.Values(`[1]`, 1)
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", text, err, want)
		}
	}
	if mustParse(t, `[range(infinite)]`).Match(`1`) {
		t.Error("an expression that does not end selects a payload")
	}
}

// TestQuick: it agrees with Match, or gives up.
func TestQuick(t *testing.T) {
	for text, want := range map[string][2]bool{
		`.status == "failed"`:          {true, true},
		`.status`:                      {true, true},
		`.none`:                        {false, true},
		`error`:                        {false, true},
		`last(range(1e9))`:             {false, false},
		`last(range(20000)) | . > 1e4`: {false, false},
	} {
		match, done := mustParse(t, text).Quick(order)
		if match != want[0] || done != want[1] {
			t.Errorf("%s: %v, %v", text, match, done)
		}
	}
	if !mustParse(t, `last(range(20000)) | . > 1e4`).Match(order) {
		t.Error("an expression that takes a little longer selects nothing")
	}
}

// TestLargePayload: the bound grows with the payload, so that an honest walk
// through it is not taken for a runaway.
func TestLargePayload(t *testing.T) {
	data := `[` + strings.Repeat(`1,`, 50_000) + `1]`
	values, err := mustParse(t, `[.. | numbers | select(. > 0)] | length`).Values(data, 1)
	if err != nil || !cmp.Equal(values, []any{50_001}) {
		t.Errorf("%v, %v", values, err)
	}
}

func TestFloatAndText(t *testing.T) {
	large, _ := new(big.Int).SetString("100000000000000000000", 10)
	tests := []struct {
		value any
		float float64
		ok    bool
		text  string
	}{
		{json.Number("120.50"), 120.5, true, "120.50"},
		{json.Number("12345678901234567890"), 12345678901234567890, true, "12345678901234567890"},
		{large, 1e20, true, "100000000000000000000"},
		{3, 3, true, "3"},
		{1.5, 1.5, true, "1.5"},
		{"3", 0, false, "3"},
		{nil, 0, false, "null"},
		{true, 0, false, "true"},
		{[]any{1, "a"}, 0, false, `[1,"a"]`},
		{map[string]any{"b": nil, "a": 1}, 0, false, `{"a":1,"b":null}`},
	}
	for _, tt := range tests {
		if f, ok := Float(tt.value); f != tt.float || ok != tt.ok {
			t.Errorf("%v is the number %v, %v", tt.value, f, ok)
		}
		if text := Text(tt.value); text != tt.text {
			t.Errorf("%v is the text %s", tt.value, text)
		}
	}
}

// TestConcurrent is for the race detector.
func TestConcurrent(t *testing.T) {
	q := mustParse(t, `.tags | map(test("a")) | any`)
	done := make(chan bool)
	for range 4 {
		go func() {
			for range 50 {
				if !q.Match(order) {
					t.Error("no match")
				}
			}
			done <- true
		}()
	}
	for range 4 {
		<-done
	}
}

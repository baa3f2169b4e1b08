package feed

import "testing"

func TestFilterFindsWhatIsEscaped(t *testing.T) {
	for _, tt := range []struct {
		filter, data string
		want         bool
	}{
		{"é", `{"u":"caf\u00e9"}`, true},
		{"café$", `["caf\u00E9"]`, false}, // JSON goes on after it
		{"caf.\"", `{"u":"caf\u00e9"}`, true},
		{"!é", `{"u":"caf\u00e9"}`, false},
		{"😀", `{"u":"\ud83d\ude00"}`, true},
		{"\\\\ud83d", `{"u":"\ud83d"}`, true}, // half a pair stays what it is
		{"u00e9", `{"u":"caf\u00e9"}`, true},  // and so does what was looked for as it came
		{"é", `{"u":"caf\\u00e9"}`, false},    // a backslash and a u
		{`a"b`, `{"u":"a\u0022b"}`, false},    // a quote there would end the string
		{"é", `caf\u00e9`, false},             // no JSON
		{"é", `{"u":"\u00`, false},
		{"A", `{"u":"\u0041"}`, true},
	} {
		f, err := ParseFilter(tt.filter)
		if err != nil {
			t.Fatal(err)
		}
		if f.Match(tt.data) != tt.want {
			t.Errorf("%s in %s: %v", tt.filter, tt.data, !tt.want)
		}
	}
}

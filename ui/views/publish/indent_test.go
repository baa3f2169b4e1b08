package publish

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestIndentKeepsProportion(t *testing.T) {
	deep := strings.Repeat("[", 9_000) + strings.Repeat("1,", 400_000) + "1" + strings.Repeat("]", 9_000)
	if !json.Valid([]byte(deep)) {
		t.Fatal("the test is no test: that is not JSON")
	}
	if out := indent(deep); out != "" {
		t.Fatalf("%d bytes of JSON became %d", len(deep), len(out))
	}
	for data, want := range map[string]string{
		`{"a":1.50,"a":1e400}`: "{\n  \"a\": 1.50,\n  \"a\": 1e400\n}",
		`{"a":"}]\","}`:        "{\n  \"a\": \"}]\\\",\"\n}",
		`[]`:                   "[]",
		`{"a":`:                "",
		`]]]`:                  "",
		`12`:                   "",
		`"text\`:               "",
	} {
		if got := indent(data); got != want {
			t.Errorf("indent(%s) = %q, want %q", data, got, want)
		}
	}
}

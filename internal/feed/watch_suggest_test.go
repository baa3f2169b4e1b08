package feed

import (
	"fmt"
	"strings"
	"testing"
)

func TestFieldPaths(t *testing.T) {
	for data, want := range map[string]string{
		`{"b":{"c d":[{"e":1},{"f":2}],"g":null},"a":true}`: `.a .b["c d"][0].e .b.g`,
		`7`:    ".",
		`{}`:   "",
		`nope`: "",
		"[" + strings.Repeat(" ", longestToSuggest) + "1]": "",
	} {
		if got := strings.Join(FieldPaths(data), " "); got != want {
			t.Errorf("%.50s has %q, want %q", data, got, want)
		}
	}
	var many []string
	for i := range 1000 {
		many = append(many, fmt.Sprintf(`"k%d":1`, i))
	}
	if n := len(FieldPaths("{" + strings.Join(many, ",") + "}")); n != maxSuggestions {
		t.Errorf("%d suggestions", n)
	}
}

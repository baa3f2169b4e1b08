package columns

import (
	"slices"
	"strings"
	"testing"
)

// What goes to a file is whole, wherever in a payload it stands.
func TestValuesAreWhole(t *testing.T) {
	all, err := Parse(".id .note .items .gone .late")
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("x", 2*readBytes)
	data := `{"id": 9007199254740993.50, "note":"a \"b\" \u00e9\n", "items":[1, 2], "x":"` + long + `", "late":"` + long + `"}`
	got, object := Values(nil, data, all)
	want := []string{"9007199254740993.50", "a \"b\" é\n", "[1, 2]", "", long}
	if !object || !slices.Equal(got, want) {
		t.Errorf("%q, %v", got, object)
	}
	for _, data := range []string{"", "plain", "[1]", `{"id":1`, `{"id":1} tail`} {
		if got, object := Values(nil, data, all[:1]); object || !slices.Equal(got, []string{""}) {
			t.Errorf("%q has %q", data, got)
		}
	}
}

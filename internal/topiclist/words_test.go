package topiclist

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whatever topics are called, a list of them is read as it was written.
func TestJoinAndSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.StringN(1, 12, -1), rapid.StringMatching(`[@+"'\\ ,a]{1,6}`))
		topics := rapid.SliceOf(name).Draw(t, "topics")
		text := Join(topics, rapid.SampledFrom([]string{" ", ",", ", "}).Draw(t, "sep"))
		words, err := Split(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		var got []string
		for _, w := range words {
			if w.Kind != 0 {
				t.Errorf("%q has %c%s", text, w.Kind, w.Text)
			}
			got = append(got, w.Text)
		}
		if !slices.Equal(got, topics) {
			t.Errorf("%q is read as %q", text, got)
		}
	})
}

func TestSplitFaults(t *testing.T) {
	for text, want := range map[string]string{
		`a "b`: "the quote is not closed", `"a"b`: "put a blank after the closing quote", `a, ''`: "a topic cannot be empty",
		`a"b`: "", `+ @`: "", ` , `: "",
	} {
		_, err := Split(text)
		if got := ""; err != nil {
			if got = err.Error(); got != want {
				t.Errorf("%s: %s, want %q", text, got, want)
			}
		} else if want != "" {
			t.Errorf("%s: no error, want %q", text, want)
		}
	}
}

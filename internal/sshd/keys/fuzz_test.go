package keys

import (
	"errors"
	"strings"
	"testing"

	"joltui/internal/printable"
)

// Any file is either refused, with a line and a reason that can be shown, or says of each key
// who its viewer is.
func FuzzParse(f *testing.F) {
	a, b := public(f, 1), public(f, 2)
	for _, text := range []string{
		a + " anna\n" + b + " otto",
		`publish,topics="a,'b c'",profile="p",from="10.0.0.0/8",expiry-time="20270101Z" ` + a + " anna",
		`cert-authority,principals="a,b" ` + a + " ca\n# more\n\n" + b + "\tx y z\r\n",
		`topics="\"a\\" ` + a + " anna", "restrict " + a, a + " anna\n" + a + " anna", `a="`, ",", "=", "\x00", strings.Repeat(a, 3),
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := Parse("keys", data, nil)
		if err != nil {
			var bad *FileError
			if !errors.As(err, &bad) || bad.Line < 1 || bad.Line > 1+strings.Count(string(data), "\n") ||
				printable.Line(bad.Reason) != bad.Reason {
				t.Fatalf("%#v", err)
			}
			return
		}
		names := make(map[string]bool)
		for _, lines := range []map[string]*entry{set.keys, set.authorities} {
			for wire, e := range lines {
				if names[e.name] || e.name == "" || printable.Line(e.name) != e.name || string(e.key.Marshal()) != wire {
					t.Fatalf("%+v", e)
				}
				names[e.name] = true
				if e.grant.Topics != nil && len(e.grant.Topics) == 0 || e.from != nil && len(e.from) == 0 ||
					e.principals != nil && !e.authority {
					t.Fatalf("%+v", e)
				}
			}
		}
	})
}

package arg

import "testing"

func TestByteSize(t *testing.T) {
	for text, want := range map[string]Bytes{
		"128": 128, "128B": 128, "1kB": 1000, "1KiB": 1024, "2MB": 2_000_000, "3MiB": 3 << 20, "0": 0, "0KiB": 0,
	} {
		var b Bytes
		if err := b.Set(text); err != nil || b != want {
			t.Errorf("%q: %d, %v", text, b, err)
		}
	}
	for _, text := range []string{"", "x", "-1", "1.5KiB", "1 KiB", "1kib", "1GiB", "KiB", "99999999999999999999", "1KiBKiB", "4294967296"} {
		b := Bytes(7)
		if err := b.Set(text); err == nil || b != 7 {
			t.Errorf("%q is taken for %d", text, b)
		}
	}
}

package machine

import (
	"os"
	"path/filepath"
	"testing"
)

// What there is is the container's limit, where that is below the machine's memory.
func TestMemoryThere(t *testing.T) {
	if got := Memory(); got < 16<<20 {
		t.Errorf("%d bytes", got)
	}
	name := filepath.Join(t.TempDir(), "file")
	for text, want := range map[string]int{"536870912\n": 512 << 20, "max\n": 0, "": 0} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, ok := number(name); got != want || ok != (want > 0) {
			t.Errorf("%q: %d, %v", text, got, ok)
		}
	}
}

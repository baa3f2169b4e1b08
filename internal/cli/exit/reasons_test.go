package exit

import (
	"errors"
	"fmt"
	"testing"
)

// Each reason why a command failed is a line, once.
func TestReasons(t *testing.T) {
	a, b := errors.New("a\n2"), errors.New("b")
	for _, tt := range []struct {
		err  error
		want string
	}{
		{a, `["a\n2"]`},
		{errors.Join(a, b), `["a\n2" "b"]`},
		{errors.Join(errors.Join(a, b), b), `["a\n2" "b"]`},
		{fmt.Errorf("%w: %w", a, b), `["a\n2: b"]`},
	} {
		if got := fmt.Sprintf("%q", Reasons(tt.err)); got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
	}
}

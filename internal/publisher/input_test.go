package publisher

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

func TestInput(t *testing.T) {
	for _, tt := range []struct {
		text string
		end  byte
		want []string
	}{
		{"a\nb\r\n\nlast", '\n', []string{"a", "b", "", "last"}},
		{"a\n\x00b\r\x00\x00last", 0, []string{"a\n", "b\r", "", "last"}},
		{"", '\n', nil},
	} {
		in := NewInput(strings.NewReader(tt.text), tt.end, 100)
		var got []string
		for {
			text, line, err := in.Next(t.Context())
			if err != nil {
				if !errors.Is(err, io.EOF) {
					t.Error(err)
				}
				break
			}
			if got = append(got, text); line != int64(len(got)) {
				t.Errorf("line %d is %d", len(got), line)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
		in.Close()
	}
}

func TestInputLineTooLong(t *testing.T) {
	in := NewInput(strings.NewReader("a\n"+strings.Repeat("x", 70_000)+"\n"), '\n', 65_536)
	in.Next(t.Context())
	if _, _, err := in.Next(t.Context()); !errors.Is(err, ErrLongLine) || !strings.HasPrefix(err.Error(), "line 2: ") {
		t.Error(err)
	}
}

// A read that waits holds nothing up.
func TestInputThatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, w := io.Pipe()
		defer w.Close()
		in := NewInput(r, '\n', 100)
		defer in.Close()
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			synctest.Wait()
			cancel()
		}()
		if _, _, err := in.Next(ctx); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

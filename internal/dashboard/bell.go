package dashboard

import "io"

// ringer returns what rings the bell of a terminal, or nil if it is not wanted.
// The dashboard draws meanwhile: a write to its display gets between two frames,
// never into one.
func ringer(shown io.Writer, on bool) func() {
	if !on {
		return nil
	}
	return func() { shown.Write([]byte{'\a'}) }
}

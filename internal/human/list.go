package human

import "strings"

// List writes names one after the other, as for an error that lists the valid ones.
func List[T ~string](names []T) string {
	var b strings.Builder
	for i, name := range names {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(name))
	}
	return b.String()
}

package arg

import (
	"errors"
	"strconv"
	"strings"
)

// Bytes is a flag for a number of bytes: 128, 128B, 1kB, 1KiB, 1MB, 1MiB.
type Bytes int

// String implements pflag.Value.
func (b Bytes) String() string { return strconv.Itoa(int(b)) }

// Type implements pflag.Value.
func (Bytes) Type() string { return "bytes" }

// Set implements pflag.Value.
func (b *Bytes) Set(text string) error {
	number := strings.TrimRight(text, "BbKkMmi")
	unit, ok := map[string]int{
		"": 1, "B": 1, "kB": 1000, "KiB": 1 << 10, "MB": 1_000_000, "MiB": 1 << 20,
	}[text[len(number):]]
	n, err := strconv.ParseUint(number, 10, 31)
	if err != nil || !ok {
		return errors.New("not a size: give bytes, with or without a unit, as in 128, 1kB, 1KiB, 1MB, 1MiB")
	}
	*b = Bytes(int(n) * unit)
	return nil
}

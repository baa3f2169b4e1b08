package cli

import (
	"errors"
	"strconv"
	"strings"
)

// byteSize is a flag for a number of bytes: 128, 128B, 1kB, 1KiB, 1MB, 1MiB.
type byteSize int

func (b byteSize) String() string { return strconv.Itoa(int(b)) }
func (byteSize) Type() string     { return "bytes" }

func (b *byteSize) Set(text string) error {
	number := strings.TrimRight(text, "BbKkMmi")
	unit, ok := map[string]int{
		"": 1, "B": 1, "kB": 1000, "KiB": 1 << 10, "MB": 1_000_000, "MiB": 1 << 20,
	}[text[len(number):]]
	n, err := strconv.ParseUint(number, 10, 31)
	if err != nil || !ok {
		return errors.New("not a size: give bytes, with or without a unit, as in 128, 1kB, 1KiB, 1MB, 1MiB")
	}
	*b = byteSize(int(n) * unit)
	return nil
}

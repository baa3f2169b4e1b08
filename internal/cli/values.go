package cli

import (
	"joltui/internal/config"
	"joltui/internal/human"
)

// hostValue is a flag for a host, read by the rule of [config.Host] wherever it is said.
type hostValue string

func (h *hostValue) String() string { return string(*h) }
func (h *hostValue) Type() string   { return "string" }

func (h *hostValue) Set(text string) error {
	host, err := config.Host(text)
	if err == nil {
		*h = hostValue(host)
	}
	return err
}

// pathValue is a flag for a file. ~/ is the home folder wherever it is said: a shell
// replaces it neither in --file=~/x, nor in the environment or a profile.
type pathValue string

func (p *pathValue) String() string { return string(*p) }
func (p *pathValue) Type() string   { return "string" }

func (p *pathValue) Set(text string) error {
	*p = pathValue(human.Home(text))
	return nil
}

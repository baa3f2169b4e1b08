package config

import (
	"fmt"
	"net/netip"
	"strings"
)

// Host reads a host name or address as people paste it: with blanks or a line end around
// it, or in brackets. The same rule holds for flags, the environment, profiles, and what
// is typed into the dashboard. The error says what does not belong into it, and begins
// with the text in quotes.
func Host(text string) (string, error) {
	host := strings.TrimSpace(text)
	if inner, ok := strings.CutPrefix(host, "["); ok {
		address, rest, closed := strings.Cut(inner, "]")
		switch {
		case !closed:
			return "", fmt.Errorf("%q has a bracket that is not closed", text)
		case strings.HasPrefix(rest, ":"):
			return "", fmt.Errorf("%q has a port in it: the port is a setting of its own", text)
		}
		if addr, err := netip.ParseAddr(address); err != nil || addr.Is4() || rest != "" {
			return "", fmt.Errorf("%q is no IPv6 address in brackets", text)
		}
		return address, nil
	}
	switch {
	case host == "":
		return "", fmt.Errorf("%q is empty: it must be the broker's host name or address", text)
	case strings.Contains(host, "://"):
		return "", fmt.Errorf("%q has a scheme in it: only the name or address belongs there", text)
	case strings.ContainsAny(host, " \t\r\n/@"):
		return "", fmt.Errorf("%q is no host name: only the name or address belongs there", text)
	case strings.Count(host, ":") == 1:
		return "", fmt.Errorf("%q has a port in it: the port is a setting of its own", text)
	}
	return host, nil
}

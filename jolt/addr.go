package jolt

import (
	"fmt"
	"net"
	"net/netip"
	"strings"
)

// withPort returns an address as host:port. One without a port, also an IPv6 host with
// or without brackets, gets that of DefaultAddr, and an empty one is DefaultAddr.
func withPort(addr string) (string, error) {
	if addr == "" {
		return DefaultAddr, nil
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		host, err = hostAlone(addr)
	}
	if err != nil || strings.ContainsAny(addr, "/@ \t\r\n") {
		return "", fmt.Errorf("%w: address %q is neither host:port nor a host: write example.org:8080 or [::1]:8080", ErrBadConfig, addr)
	}
	if port == "" {
		_, port, _ = net.SplitHostPort(DefaultAddr)
	}
	return net.JoinHostPort(host, port), nil
}

// hostAlone returns a host that has no port: a name, or an IP address, which may be in
// brackets.
func hostAlone(addr string) (string, error) {
	inner, open := strings.CutPrefix(addr, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	if !open && !closed && !strings.Contains(addr, ":") {
		return addr, nil
	}
	ip, err := netip.ParseAddr(inner)
	if err == nil && (open != closed || open && !ip.Is6()) {
		err = fmt.Errorf("brackets")
	}
	return inner, err
}

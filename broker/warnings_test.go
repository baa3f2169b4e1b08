package broker

import (
	"bytes"
	"log/slog"
	"net"
	"strings"
	"testing"
)

// What others than this machine could do, and should perhaps not, is said, and counted.
func TestExposure(t *testing.T) {
	everywhere := &net.TCPAddr{IP: net.IPv4zero, Port: 8080}
	for _, tt := range []struct {
		name        string
		cfg         Config
		addr        net.Addr
		open, clear bool
	}{
		{"open at loopback", Config{}, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, false, false},
		{"open everywhere", Config{}, everywhere, true, false},
		{"users everywhere", secure(t), everywhere, false, true},
		{"users at loopback", secure(t), &net.TCPAddr{IP: net.IPv6loopback}, false, false},
		{"no TCP", Config{}, &net.UnixAddr{}, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var log bytes.Buffer
			tt.cfg.Logger = slog.New(slog.NewTextHandler(&log, nil))
			b, err := New(tt.cfg)
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			log.Reset()
			b.warnOfExposure(tt.addr)
			if got := b.Stats(); got.OpenToAll != tt.open || got.ClearPasswords != tt.clear {
				t.Errorf("%+v", got)
			}
			if said := strings.Contains(log.String(), "WARN"); said != (tt.open || tt.clear) {
				t.Errorf("the log says %q", &log)
			}
		})
	}
}

// Users without security would be a broker that everybody can use, by mistake.
func TestUsersWithoutSecurity(t *testing.T) {
	cfg := secure(t)
	cfg.Security = false
	_, err := New(cfg)
	if err == nil || !strings.Contains(err.Error(), `there are "users" but "security" is not true`) {
		t.Error(err)
	}
}

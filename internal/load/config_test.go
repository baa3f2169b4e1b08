package load

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestConfigCheck(t *testing.T) {
	if err := Defaults().Check(); err != nil {
		t.Error(err)
	}
	for _, tt := range []struct {
		change func(*Config)
		want   string // nothing where it is all right
	}{
		{func(c *Config) { c.Publishers = 0 }, "load: Publishers 0 must be from 1 to 10000"},
		{func(c *Config) { c.Publishers = 10_001 }, "Publishers 10001"},
		{func(c *Config) { c.Publishers = 1000 }, ""},
		{func(c *Config) { c.Subscribers = -1 }, "Subscribers -1 must be from 0 to 10000"},
		{func(c *Config) { c.Subscribers = 10_001 }, "Subscribers 10001"},
		{func(c *Config) { c.Subscribers = 0 }, ""},
		{func(c *Config) { c.Topics = 0 }, "Topics 0 must be from 1 to 10000"},
		{func(c *Config) { c.Topics = 10_001 }, "Topics 10001"},
		{func(c *Config) { c.Topics, c.Subscribers = 10_000, 1000 }, "Topics 10000 is too many: publishers × topics × subscribers is 10000000"},
		{func(c *Config) { c.Topic = "" }, `Topic "" is empty`},
		{func(c *Config) { c.Topic = "\xff" }, `Topic "\xff" is not valid UTF-8`},
		{func(c *Config) { c.Size = HeaderSize - 1 }, "Size 39 is too small: each payload begins with a header of 40 bytes"},
		{func(c *Config) { c.Size = HeaderSize }, ""},
		{func(c *Config) { c.Size, c.Window = maxSize, 1 }, ""},
		{func(c *Config) { c.Size = maxSize + 1 }, "is too large: it must be at most 8388608 bytes"},
		{func(c *Config) { c.Window = 0 }, "Window 0 must be from 1 to 100000"},
		{func(c *Config) { c.Window = 100_001 }, "Window 100001"},
		{func(c *Config) { c.Window, c.Size = 1000, maxSize }, "Window 1000 is too large: publishers × window × size"},
		{func(c *Config) { c.Rate = -1 }, "Rate -1 must be from 0 to 10000000"},
		{func(c *Config) { c.Rate = maxRate + 1 }, "Rate 10000001"},
		{func(c *Config) { c.Count = -1 }, "Count -1 is negative"},
		{func(c *Config) { c.Count = 5 }, "Count 5 and a duration exclude each other"},
		{func(c *Config) { c.Count, c.Duration = 5, 0 }, ""},
		{func(c *Config) { c.Count, c.Duration, c.Rate = 1_000_000, 0, 1 }, "Count 1000000 takes longer than 24h0m0s at a rate of 1/s"},
		{func(c *Config) { c.Duration = 0 }, "Duration 0s must be more than 0"},
		{func(c *Config) { c.Duration = -1 }, "Duration -1ns must be more than 0"},
		{func(c *Config) { c.Duration = 25 * time.Hour }, "Duration 25h0m0s must be from 0s to 24h0m0s"},
		{func(c *Config) { c.Warmup = -1 }, "Warmup -1ns"},
		{func(c *Config) { c.Warmup = 0 }, ""},
		{func(c *Config) { c.Grace = -1 }, "Grace -1ns"},
		{func(c *Config) { c.MaxOutage = -1 }, "MaxOutage -1ns"},
	} {
		cfg := Defaults()
		tt.change(&cfg)
		err := cfg.Check()
		var wrong *ConfigError
		if tt.want == "" && err != nil || tt.want != "" && (!errors.As(err, &wrong) || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%v; want %q", err, tt.want)
		}
		if tt.want == "" {
			continue
		}
		if _, err := Run(t.Context(), cfg); !errors.As(err, &wrong) {
			t.Errorf("Run took it: %v", err)
		}
	}
}

func TestTopicNames(t *testing.T) {
	cfg := Config{Topic: "orders", Topics: 1}
	if got := cfg.topics(); !slices.Equal(got, []string{"orders"}) {
		t.Errorf("%q", got)
	}
	cfg.Topics = 3
	if got := cfg.topics(); !slices.Equal(got, []string{"orders.1", "orders.2", "orders.3"}) {
		t.Errorf("%q", got)
	}
}

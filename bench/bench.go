package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"joltui/bench/driver"
	"joltui/bench/peer"
)

// contender is a broker that is compared.
type contender struct {
	peer.Program
	protocol driver.Protocol
}

// bench is what all tables need.
type bench struct {
	options
	dir     string // of what was built
	nats    contender
	joltui  contender
	others  []contender
	redis   contender
	noRedis error // why there is none
}

// newBench builds the programs.
func newBench(ctx context.Context, o options) (*bench, error) {
	if o.profile != "" {
		if err := os.MkdirAll(o.profile, 0o755); err != nil {
			return nil, fmt.Errorf("-profile: %w", err)
		}
	}
	dir, err := os.MkdirTemp("", "joltui-bench-")
	if err != nil {
		return nil, err
	}
	b := &bench{options: o, dir: dir}
	if err := b.build(ctx); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func (b *bench) build(ctx context.Context) error {
	joltui, err := peer.Joltui(ctx, b.dir)
	if err != nil {
		return err
	}
	nats, err := peer.NATS(ctx, b.dir)
	if err != nil {
		return err
	}
	redis, err := peer.Redis()
	if err != nil && !errors.Is(err, peer.ErrNoRedis) {
		return err
	}
	b.noRedis = err
	b.nats = contender{nats, driver.NATS{}}
	b.redis = contender{redis, driver.Redis{}}
	b.joltui = contender{joltui, driver.Jolt{}}
	for _, other := range b.options.others {
		b.others = append(b.others, contender{peer.JoltuiAt(other.name, other.path), driver.Jolt{}})
	}
	return nil
}

func (b *bench) close() { os.RemoveAll(b.dir) }

// brokers returns all brokers, the one that the others are compared with
// first, for the table of that name.
func (b *bench) brokers(table string) ([]contender, error) {
	all := []contender{b.nats}
	if b.noRedis == nil {
		all = append(all, b.redis)
	}
	ours, err := b.ours(table)
	return append(append(all, ours), b.others...), err
}

// ours returns joltui's broker, as the table of that name has to run it.
func (b *bench) ours(table string) (contender, error) {
	if b.profile == "" {
		return b.joltui, nil
	}
	name := strings.NewReplacer("/", "_", ":", "-").Replace(table) + ".pprof"
	return profiledBroker(filepath.Join(b.profile, name))
}

// absent says in a title what a table lacks.
func (b *bench) absent() string {
	if b.noRedis == nil {
		return ""
	}
	return "; " + b.noRedis.Error()
}

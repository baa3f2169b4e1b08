package main

import (
	"context"
	"fmt"
	"slices"
)

// attack is one case.
type attack struct {
	name  string
	about string
	peers []string // the other brokers that it makes sense for
	run   func(context.Context, *target) ([]row, error)
}

func (c attack) isFor(t *target) bool {
	_, ours := t.server.(joltuiServer)
	return ours || slices.Contains(c.peers, t.name)
}

func attacks() []attack {
	all := []string{"nats", "redis", "mosquitto"}
	return []attack{
		{"storm", "many clients log in at once, and come back when it takes them too long", all, storm},
		{"pipelined", "strangers send 4 KiB of wrong logins each, and leave", all, pipelined},
		{"revoke", "a user loses her rights amid a batch that she has sent", nil, revoke},
		{"tls-silent", "connections to a TLS port that say nothing", all, tlsSilent},
		{"http", "a web page posts a publish to the broker's port", all, httpPost},
		{"log-stuck", "nobody reads the broker's log; its reader dies", all, logStuck},
		{"slow-readers", "subscribers that read slowly, and what they cost a publisher", []string{"nats", "redis"}, slowReaders},
		{"hoard", "one connection makes the broker keep as much as it can", []string{"nats", "redis"}, hoard},
		{"beyond", "300 connections at once beyond the limit", all, beyond},
		{"metrics-hold", "300 idle connections on the port for metrics", []string{"nats"}, metricsHold},
		{"stalled-tls", "subscribers that stop reading, with TLS and without", nil, stalledTLS},
		{"hash-timing", "whether the time of a refusal tells who is a user", []string{"nats"}, hashTiming},
		{"publish-and-close", "publishers that leave without reading a reply", all, publishAndClose},
	}
}

// choose returns the cases of those names, or all.
func choose(names []string) ([]attack, error) {
	if len(names) == 0 {
		return attacks(), nil
	}
	var chosen []attack
	for _, name := range names {
		i := slices.IndexFunc(attacks(), func(c attack) bool { return c.name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no case %q: -list prints those that there are", name)
		}
		chosen = append(chosen, attacks()[i])
	}
	return chosen, nil
}

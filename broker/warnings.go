package broker

import (
	"net"
	"time"

	"joltui/broker/internal/login"
)

// expirySoon is how long before its end a certificate is worth a warning.
const expirySoon = 14 * 24 * time.Hour

// warn logs what is allowed but unwise in cfg, which the broker has taken over.
func (b *Broker) warn(cfg Config) {
	if cfg.exposed {
		b.log.Warn("everybody can read the password hashes: chmod 600 the file", "file", cfg.file)
	}
	if until := b.certificates.expires(); !until.IsZero() && time.Until(until) < expirySoon {
		b.log.Warn("the certificate ends soon, or has ended: renew it, and send SIGHUP", "until", until)
	}
	users := b.access.Load()
	if users == nil {
		return
	}
	for name, acc := range users.accounts {
		if acc.hash.Iterations() < login.Iterations {
			b.log.Warn(`weak password hash: run "joltui broker hash-password" again`,
				"user", name, "iterations", acc.hash.Iterations())
		}
	}
}

// warnOfExposure logs what others than this machine can do at an address, and should
// perhaps not.
func (b *Broker) warnOfExposure(addr net.Addr) {
	at, ok := addr.(*net.TCPAddr)
	if !ok || at.IP.IsLoopback() {
		return
	}
	switch {
	case b.access.Load() == nil && b.cfg.Permit == nil:
		b.openToAll.Store(true)
		b.log.Warn("everybody who reaches this address may publish and subscribe to everything: "+
			`give the configuration "users" and "security": true, or listen at 127.0.0.1`, "addr", at.String())
	case b.access.Load() != nil && b.cfg.TLS == nil:
		b.clearPasswords.Store(true)
		b.log.Warn(`passwords cross the network in clear: give the configuration "tls"`, "addr", at.String())
	}
}

// spareDescriptors are what the process needs beside those of connections.
const spareDescriptors = 32

// warnOfDescriptors logs that the system gives the process fewer descriptors than the
// limit of connections takes: clients would wait without a word.
func (b *Broker) warnOfDescriptors() {
	if most, ok := descriptors(); ok && most < uint64(b.cfg.Limits.Connections)+spareDescriptors {
		b.log.Warn("fewer connections are possible than the limit says: raise the descriptors (ulimit -n, LimitNOFILE), or lower the limit",
			"descriptors", most, "connections", b.cfg.Limits.Connections)
	}
}

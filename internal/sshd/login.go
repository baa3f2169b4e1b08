package sshd

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"joltui/internal/sshd/keys"
)

// loginKey is where Permissions.ExtraData has an admission.
type loginKey struct{}

// admission is a login that was let in, and as whom.
type admission struct {
	login  keys.Login
	viewer keys.Viewer
}

// attempt is a login under way. Only the goroutine of its connection uses it.
type attempt struct {
	conn        *conn
	counted     string // the fingerprint under which the connection is counted
	user        string
	fingerprint string // of the latest key that was offered
	why         error  // that key was refused
	offered     int
}

// version is how the server names itself. OpenSSH's ssh says that its output is closed, as in
// ssh host sub … | head -1, only to servers whose name begins like this; to others it goes on
// reading for ever.
const version = "SSH-2.0-OpenSSH_joltui"

// config is what x/crypto/ssh needs. What it has for insecure is left out.
func (a *attempt) config() *ssh.ServerConfig {
	safe := ssh.SupportedAlgorithms()
	cfg := &ssh.ServerConfig{
		MaxAuthTries:              maxAuthTries,
		ServerVersion:             version,
		PublicKeyAuthAlgorithms:   safe.PublicKeyAuths,
		PublicKeyCallback:         a.offer,
		VerifiedPublicKeyCallback: a.verified,
	}
	cfg.KeyExchanges, cfg.Ciphers, cfg.MACs = safe.KeyExchanges, safe.Ciphers, safe.MACs
	cfg.AddHostKey(a.conn.server.cfg.HostKey)
	return cfg
}

// offer says whether a key could be used. That it belongs to the peer is not known yet.
func (a *attempt) offer(meta ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
	a.offered++
	a.user, a.fingerprint = meta.User(), fingerprintOf(key)
	login := keys.Login{User: meta.User(), Key: key, From: a.conn.from, Now: time.Now()}
	viewer, err := a.conn.server.cfg.Keys.Admit(login)
	if err != nil {
		a.why = err
		return nil, err
	}
	p := &ssh.Permissions{ExtraData: map[any]any{loginKey{}: admission{login, viewer}}}
	if viewer.NoTouch {
		p.Extensions = map[string]string{"no-touch-required": ""}
	}
	return p, nil
}

func fingerprintOf(key ssh.PublicKey) string {
	if cert, ok := key.(*ssh.Certificate); ok {
		key = cert.Key
	}
	return ssh.FingerprintSHA256(key)
}

// verified is called when the peer has shown that the key is theirs.
func (a *attempt) verified(_ ssh.ConnMetadata, _ ssh.PublicKey, p *ssh.Permissions, _ string) (*ssh.Permissions, error) {
	fingerprint := p.ExtraData[loginKey{}].(admission).viewer.Fingerprint
	if err := a.conn.server.census.connect(fingerprint); err != nil {
		a.why = err
		return nil, &ssh.BannerError{Err: err, Message: "joltui: " + err.Error() + "\r\n"}
	}
	a.counted = fingerprint
	return p, nil
}

// logIn returns the connection of somebody who has logged in, or nil.
func (c *conn) logIn() (*ssh.ServerConn, <-chan ssh.NewChannel, <-chan *ssh.Request) {
	s := c.server
	a := &attempt{conn: c}
	defer s.census.loggedIn(c.network)
	late := time.AfterFunc(s.cfg.LoginTime, c.drop)
	sc, channels, requests, err := ssh.NewServerConn(c.net, a.config())
	inTime := late.Stop()
	if err == nil && inTime {
		admitted := sc.Permissions.ExtraData[loginKey{}].(admission)
		c.login, c.viewer = admitted.login, admitted.viewer
		s.counts.loggedIn.Add(1)
		s.cfg.Logger.Info(MsgLogin, AttrName, c.viewer.Name, AttrFingerprint, c.viewer.Fingerprint,
			AttrCertificate, c.viewer.Certificate, AttrAddress, c.address, AttrUser, clip(sc.User()))
		return sc, channels, requests
	}
	if a.counted != "" {
		s.census.disconnect(a.counted)
	}
	if c.stranded(err) {
		s.census.ban(c.network, time.Now())
	}
	s.counts.loginsFailed.Add(1)
	s.episodes.Warn("login "+c.network.String(), MsgLoginFailed, AttrAddress, c.address, AttrUser, clip(a.user),
		AttrFingerprint, a.fingerprint, AttrWhy, a.failure(err, inTime, s.cfg.LoginTime))
	return nil, nil, nil
}

// stranded reports whether a login that failed has left its reader behind. That goroutine of
// x/crypto/ssh (v0.55) waits for ever with some kilobytes when a login fails while more than 16
// packets of the peer are not looked at yet. No honest peer sends so many before it is answered,
// and who does it again and again takes all memory, without a key.
func (c *conn) stranded(err error) bool {
	c.net.Close()
	// Before the keys are exchanged, and when the peer says good-bye, it is the reader itself
	// that fails. The server writes its version, two messages about keys, and that they are used.
	if err == nil || c.net.writes.Load() < 4 || strings.HasPrefix(err.Error(), "ssh: disconnect, ") {
		return false
	}
	select {
	case <-c.net.over: // it has read on, and found the connection closed
		return false
	case <-time.After(strandedTime):
		return true
	}
}

// failure says why a login failed.
func (a *attempt) failure(err error, inTime bool, limit time.Duration) string {
	var all *ssh.ServerAuthError
	switch {
	case !inTime:
		return fmt.Sprintf("no login within %v", limit)
	case a.why != nil:
		return clip(a.why.Error())
	case errors.As(err, &all) && a.offered == 0:
		return "no key was offered"
	case errors.Is(err, io.EOF), errors.Is(err, net.ErrClosed):
		return "it left before it had logged in"
	default:
		return clip(strings.TrimPrefix(err.Error(), "ssh: "))
	}
}

// addressOf returns the IP address of a peer, if it has one, and the network under which it is
// counted: who has an IPv6 address has a /64 of them.
func addressOf(nc net.Conn) (from netip.Addr, network netip.Prefix) {
	tcp, ok := nc.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return from, network
	}
	from = tcp.AddrPort().Addr().Unmap().WithZone("")
	bits := from.BitLen()
	if from.Is6() {
		bits = 64
	}
	network, _ = from.Prefix(bits)
	return from, network
}

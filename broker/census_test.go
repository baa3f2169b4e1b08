package broker

import (
	"net"
	"testing"
	"testing/synctest"
)

// Where all places are taken an admin still gets in, and nobody else does.
func TestPlacesForAdmins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := secure(t)
		cfg.Limits = Limits{Connections: 2, AdminConnections: 1}
		const full = "too_many_connections: the limit of 2 connections is reached: try again later"
		r, ln := servePipes(t, cfg)
		first := ln.dial(t)
		first.ask(loginLine("bob", "builder"), ok)
		ln.dial(t).ask(loginLine("bob", "builder"), ok)
		late := ln.dial(t)
		late.ask(loginLine("alice", "wonder:land"), failed(full), failed(full))
		late.expectEnd()
		synctest.Wait()
		admin := ln.dial(t)
		admin.ask(loginLine("admin", "root"), ok)
		beyond := ln.dial(t)
		beyond.expect(failed(full))
		beyond.expectEnd()
		if err := r.Ready(); err != ErrNoRoom {
			t.Errorf("Ready() = %v", err)
		}
		admin.conn.Close()
		first.conn.Close()
		synctest.Wait()
		if err := r.Ready(); err != nil {
			t.Errorf("Ready() = %v", err)
		}
		ln.dial(t).ask(loginLine("alice", "wonder:land"), ok)
	})
}

func TestConnectionsOfAUser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := secure(t)
		cfg.Limits = Limits{UserConnections: 2}
		const full = "too_many_connections: bob has 2 connections, the limit for a user: try again later"
		_, ln := servePipes(t, cfg)
		first := ln.dial(t)
		first.ask(loginLine("bob", "builder"), ok)
		first.ask(loginLine("bob", "builder"), ok) // no further connection
		ln.dial(t).ask(loginLine("bob", "builder"), ok)
		third := ln.dial(t)
		third.ask(loginLine("bob", "builder"), failed(full), failed(full))
		third.expectEnd()
		first.ask(loginLine("alice", "wonder:land"), ok) // makes room, as does one that leaves
		ln.dial(t).ask(loginLine("bob", "builder"), ok)
	})
}

func TestConnectionsOfAnAddress(t *testing.T) {
	oneGateway(t, "limits of its own")
	r := startBroker(t, Config{Limits: Limits{AddressConnections: 2}})
	for range 2 {
		r.dial(t).ask(`{"op":"ping"}`, ok)
	}
	third := r.dial(t)
	third.expect(failed("too_many_connections: 127.0.0.1 has 2 connections, the limit for an address: try again later"))
	third.expectEnd()
	other := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}
	conn, err := other.Dial("tcp", r.addr)
	if err != nil {
		t.Skip("this system has no further loopback addresses:", err)
	}
	defer conn.Close()
	newClient(t, conn).ask(`{"op":"ping"}`, ok)
}

// Networks of IPv6, which one client can have all addresses of, count as one.
func TestAddressOf(t *testing.T) {
	for addr, want := range map[string]string{
		"10.0.0.7:1": "10.0.0.7", "[::ffff:10.0.0.7]:1": "10.0.0.7",
		"[2001:db8:1:2:3:4:5:6]:1": "2001:db8:1:2::/64", "[fe80::1%lo]:1": "fe80::/64", "[::1]:9": "::/64",
	} {
		tcp, err := net.ResolveTCPAddr("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		if got := addressOf(addressed{tcp}); got != want {
			t.Errorf("%s: %s, want %s", addr, got, want)
		}
	}
}

type addressed struct{ net.Addr }

func (a addressed) RemoteAddr() net.Addr { return a.Addr }

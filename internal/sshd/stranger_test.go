package sshd

import (
	"bufio"
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"io"
	"math/big"
	"net"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/crypto/ssh"
)

// stranger is a peer that speaks SSH as far as the keys, and then sends what it likes: the
// clients of libraries wait for answers.
type stranger struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
	gcm  cipher.AEAD // nil before the keys are exchanged
	iv   []byte
}

// send sends a packet.
func (s *stranger) send(payload []byte) {
	block := 8
	covered := 5 + len(payload)
	if s.gcm != nil {
		block, covered = 16, 1+len(payload)
	}
	padding := block - covered%block
	if padding < 4 {
		padding += block
	}
	packet := binary.BigEndian.AppendUint32(nil, uint32(1+len(payload)+padding))
	packet = append(append(append(packet, byte(padding)), payload...), make([]byte, padding)...)
	if s.gcm != nil {
		packet = s.gcm.Seal(packet[:4:4], s.iv, packet[4:], packet[:4])
		binary.BigEndian.PutUint64(s.iv[4:], binary.BigEndian.Uint64(s.iv[4:])+1)
	}
	s.conn.Write(packet)
}

// receive returns the payload of a packet that is not encrypted.
func (s *stranger) receive() []byte {
	head := make([]byte, 5)
	if _, err := io.ReadFull(s.in, head); err != nil {
		s.t.Fatal(err)
	}
	rest := make([]byte, binary.BigEndian.Uint32(head)-1)
	if _, err := io.ReadFull(s.in, rest); err != nil {
		s.t.Fatal(err)
	}
	return rest[:len(rest)-int(head[4])]
}

// meet exchanges keys.
func meet(t *testing.T, conn net.Conn) *stranger {
	t.Helper()
	s := &stranger{t: t, conn: conn, in: bufio.NewReader(conn)}
	io.WriteString(conn, "SSH-2.0-stranger\r\n")
	theirs, err := s.in.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	ours := append([]byte{20}, ssh.Marshal(struct {
		Cookie                                                      [16]byte
		Kex, Host, CipherC, CipherS, MACC, MACS, CompC, CompS, A, B string
		Follows                                                     bool
		Reserved                                                    uint32
	}{Kex: "curve25519-sha256", Host: "ssh-ed25519", CipherC: "aes128-gcm@openssh.com", CipherS: "aes128-gcm@openssh.com",
		MACC: "hmac-sha2-256", MACS: "hmac-sha2-256", CompC: "none", CompS: "none"})...)
	s.send(ours)
	init := s.receive()
	private, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public := private.PublicKey().Bytes()
	s.send(append([]byte{30}, ssh.Marshal(struct{ Key []byte }{public})...))
	var reply struct{ Host, Key, Signature []byte }
	if err := ssh.Unmarshal(s.receive()[1:], &reply); err != nil {
		t.Fatal(err)
	}
	key, err := ecdh.X25519().NewPublicKey(reply.Key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := private.ECDH(key)
	if err != nil {
		t.Fatal(err)
	}
	k := ssh.Marshal(struct{ K *big.Int }{new(big.Int).SetBytes(secret)})
	h := sha256.Sum256(append(ssh.Marshal(struct {
		A, B                []byte
		C, D, Host, Ours, E []byte
	}{[]byte("SSH-2.0-stranger"), bytes.TrimRight([]byte(theirs), "\r\n"), ours, init, reply.Host, public, reply.Key}), k...))
	derive := func(letter byte) []byte {
		sum := sha256.Sum256(append(append(append(bytes.Clone(k), h[:]...), letter), h[:]...))
		return sum[:]
	}
	s.send([]byte{21})
	block, err := aes.NewCipher(derive('C')[:16])
	if err != nil {
		t.Fatal(err)
	}
	if s.gcm, err = cipher.NewGCM(block); err != nil {
		t.Fatal(err)
	}
	s.iv = derive('A')[:12]
	return s
}

// Who makes the server leave goroutines behind is refused from then on; all others are not. It is
// not in fake time, as those goroutines would be in its bubble for ever. Where this fails because
// nothing is left behind any more, conn.stranded can go.
func TestReadersLeftBehind(t *testing.T) {
	r := start(t, Config{Handler: echo})
	s := meet(t, r.net.dial("10.6.6.6", 0))
	for range 60 {
		s.send(append([]byte{5}, ssh.Marshal(struct{ Service string }{"junk"})...))
	}
	r.log.await(MsgLoginFailed)
	if no := r.log.one(t, MsgLoginFailed); no[AttrWhy] != "requested service 'junk' before authenticating" {
		t.Error(no)
	}
	if _, err := r.try(1, "10.6.6.6", 0); err == nil {
		t.Error("it is let in again")
	}
	if no := r.log.one(t, MsgRefused); no[AttrWhy] != errBanned.Error() {
		t.Error(no)
	}
	r.login(1).Close()
	r.end()
}

// A login that fails for other reasons, however odd, is no reason to refuse the next.
func TestOddLoginsAreNotHeldAgainstANetwork(t *testing.T) {
	for name, packets := range map[string][][]byte{
		"another service": {append([]byte{5}, ssh.Marshal(struct{ Service string }{"junk"})...)},
		"good-bye": {append([]byte{1}, ssh.Marshal(struct {
			Reason       uint32
			Text, Locale string
		}{Reason: 11, Text: "by\x1be"})...)},
		"nothing": {},
	} {
		bubble(t, Config{Handler: echo}, func(t *testing.T, r *rig) {
			s := meet(t, r.net.dial(home, 0))
			for _, p := range packets {
				s.send(p)
			}
			synctest.Wait()
			s.conn.Close()
			synctest.Wait()
			if no := r.log.one(t, MsgLoginFailed); no[AttrWhy] == "" || bytes.ContainsRune([]byte(no[AttrWhy].(string)), '\x1b') {
				t.Errorf("%s: %v", name, no)
			}
			r.login(1).Close()
		})
	}
}

func TestNetworksAreRefusedForAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg, _ := Config{HostKey: signer(t, 0), Keys: everybody{}, Handler: echo}.withDefaults()
		c := newCensus(cfg)
		at := netip.MustParsePrefix
		c.ban(at("10.0.0.1/32"), time.Now())
		c.ban(at("2001:db8:1:2::/64"), time.Now())
		for network, want := range map[string]error{
			"10.0.0.1/32": errBanned, "10.0.0.2/32": nil, "2001:db8:1:3::/64": errBanned, "2001:db8:2:2::/64": nil,
		} {
			if err := c.knock(at(network)); err != want {
				t.Error(network, err)
			}
		}
		time.Sleep(banTime)
		if err := c.knock(at("10.0.0.1/32")); err != nil {
			t.Error("an hour later:", err)
		}
		for n := range 2 * maxBans {
			c.ban(netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 1, byte(n >> 8), byte(n)}), 32), time.Now())
		}
		if len(c.banned) > maxBans {
			t.Error(len(c.banned), "are remembered")
		}
	})
}

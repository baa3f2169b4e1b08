package main

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"

	"joltui/bench/driver"
)

// redisServer is redis-server, without persistence.
type redisServer struct{ driver.Redis }

func (redisServer) Login(user, pass string) driver.Exchange {
	return driver.Exchange{
		Request: fmt.Sprintf("*3\r\n$4\r\nAUTH\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n", len(user), user, len(pass), pass),
		Reply:   "+OK\r\n",
	}
}

func (redisServer) command(c config) ([]string, error) {
	port := strconv.Itoa(c.port)
	args := []string{"--bind", "127.0.0.1", "--protected-mode", "no", "--dir", c.dir, "--save", "", "--appendonly", "no"}
	if c.tls {
		args = append(args, "--port", "0", "--tls-port", port, "--tls-auth-clients", "no",
			"--tls-cert-file", c.file("cert.pem"), "--tls-key-file", c.file("key.pem"))
	} else {
		args = append(args, "--port", port)
	}
	if c.connections > 0 {
		args = append(args, "--maxclients", strconv.Itoa(c.connections))
	}
	if len(c.users) == 0 {
		return args, nil
	}
	var b strings.Builder
	b.WriteString("user default off\n")
	for _, u := range c.users {
		fmt.Fprintf(&b, "user %s on #%x ~* &* +@all\n", u.name, sha256.Sum256([]byte(password)))
	}
	return append(args, "--aclfile", c.file("users.acl")), c.write("users.acl", b.String())
}

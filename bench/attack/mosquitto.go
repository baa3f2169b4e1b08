package main

import (
	"crypto/pbkdf2"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"strings"

	"joltui/bench/driver"
)

// mosquittoServer is mosquitto.
type mosquittoServer struct{ mqtt }

func (mosquittoServer) Login(user, pass string) driver.Exchange { return connectMQTT(user, pass) }

func (mosquittoServer) command(c config) ([]string, error) {
	var b strings.Builder
	// As root it would become a user that cannot read the other files.
	fmt.Fprintf(&b, "user root\npersistence false\nlistener %d 127.0.0.1\n", c.port)
	fmt.Fprintf(&b, "allow_anonymous %v\n", len(c.users) == 0)
	if c.connections > 0 {
		fmt.Fprintf(&b, "max_connections %d\n", c.connections)
	}
	if c.tls {
		fmt.Fprintf(&b, "certfile %s\nkeyfile %s\n", c.file("cert.pem"), c.file("key.pem"))
	}
	if len(c.users) > 0 {
		fmt.Fprintf(&b, "password_file %s\n", c.file("users"))
		hash, err := mosquittoHash()
		if err != nil {
			return nil, err
		}
		var users strings.Builder
		for _, u := range c.users {
			fmt.Fprintf(&users, "%s:%s\n", u.name, hash)
		}
		if err := c.write("users", users.String()); err != nil {
			return nil, err
		}
	}
	return []string{"-c", c.file("mosquitto.conf")}, c.write("mosquitto.conf", b.String())
}

// mosquittoHash does what mosquitto_passwd does.
func mosquittoHash() (string, error) {
	const iterations = 101
	salt := []byte("12 B of salt")
	key, err := pbkdf2.Key(sha512.New, password, salt, iterations, sha512.Size)
	enc := base64.StdEncoding
	return fmt.Sprintf("$7$%d$%s$%s", iterations, enc.EncodeToString(salt), enc.EncodeToString(key)), err
}

package main

import (
	"fmt"
	"strings"

	"joltui/bench/driver"
)

// natsServer is nats-server, in verbose mode: each request is acknowledged.
type natsServer struct{ driver.NATS }

// natsHash is bcrypt of the password, at the cost that "nats server passwd" has.
const natsHash = "$2a$11$QQM49wjOgiYkPZggLzBdKeNhEPFMOZnQIhqy.GaJqe4uBiQeHvn8i"

func (natsServer) Login(user, pass string) driver.Exchange {
	return driver.Exchange{
		Request: fmt.Sprintf(`CONNECT {"verbose":true,"pedantic":false,"user":"%s","pass":"%s","lang":"attack","version":"1"}`+"\r\n", user, pass),
		Reply:   "+OK\r\n",
	}
}

func (natsServer) command(c config) ([]string, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "host: 127.0.0.1\nport: %d\n", c.port)
	if c.metrics {
		fmt.Fprintf(&b, "http: \"127.0.0.1:%d\"\n", c.metricsPort)
	}
	if c.connections > 0 {
		fmt.Fprintf(&b, "max_connections: %d\n", c.connections)
	}
	if c.tls {
		fmt.Fprintf(&b, "tls { cert_file: %q, key_file: %q }\n", c.file("cert.pem"), c.file("key.pem"))
	}
	if len(c.users) > 0 {
		b.WriteString("authorization { users = [\n")
		for _, u := range c.users {
			fmt.Fprintf(&b, "  { user: %q, password: %q }\n", u.name, natsHash)
		}
		b.WriteString("] }\n")
	}
	return []string{"-c", c.file("nats.conf")}, c.write("nats.conf", b.String())
}

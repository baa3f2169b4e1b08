package main

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"

	"joltui/bench/driver"
)

// joltuiServer is "joltui broker".
type joltuiServer struct{ driver.Jolt }

func (joltuiServer) Login(user, pass string) driver.Exchange {
	return driver.Exchange{
		Request: fmt.Sprintf(`{"op":"auth","user":"%s","pass":"%s"}`+"\n", user, pass),
		Reply:   `{"ok":true}` + "\n",
	}
}

func (joltuiServer) command(c config) ([]string, error) {
	file := map[string]any{}
	if len(c.users) > 0 {
		users, err := joltuiUsers(c.users)
		if err != nil {
			return nil, err
		}
		file["security"], file["users"] = true, users
	}
	if c.tls {
		file["tls"] = map[string]any{"cert": c.file("cert.pem"), "key": c.file("key.pem")}
	}
	if c.connections > 0 {
		file["limits"] = map[string]any{"connections": c.connections}
	}
	text, err := json.Marshal(file)
	if err != nil {
		return nil, err
	}
	args := []string{"broker", "--config", c.file("broker.json"), "--port", strconv.Itoa(c.port)}
	if c.metrics {
		args = append(args, "--metrics-addr", fmt.Sprintf("127.0.0.1:%d", c.metricsPort))
	}
	return args, c.write("broker.json", string(text))
}

// joltuiUsers hashes the password once for each number of iterations.
func joltuiUsers(users []user) ([]any, error) {
	hashes := make(map[int]string)
	var all []any
	for _, u := range users {
		iterations := u.iterations
		if iterations == 0 {
			iterations = hashIterations
		}
		if hashes[iterations] == "" {
			hash, err := joltuiHash(iterations)
			if err != nil {
				return nil, err
			}
			hashes[iterations] = hash
		}
		all = append(all, map[string]any{
			"name": u.name, "password_hash": hashes[iterations], "permissions": u.permissions,
		})
	}
	return all, nil
}

// joltuiHash does what "joltui broker hash-password" does.
func joltuiHash(iterations int) (string, error) {
	salt := []byte("16 bytes of salt")
	key, err := pbkdf2.Key(sha256.New, password, salt, iterations, sha256.Size)
	enc := base64.StdEncoding
	return fmt.Sprintf("pbkdf2-sha256$%d$%s$%s", iterations, enc.EncodeToString(salt), enc.EncodeToString(key)), err
}

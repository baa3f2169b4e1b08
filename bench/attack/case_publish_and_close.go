package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"time"
)

// leaver is a publisher that closes its connection right after its last message,
// without having read a reply, as scripts do.
type leaver struct {
	name     string
	login    bool
	tls      bool
	oursOnly bool
	publish  func(*target) string
}

// publishAndClose counts what such publishers lose. With TLS the client says
// goodbye before it closes. An end with unread replies is a reset: what the
// broker's kernel has then and the broker has not read is gone, whatever it does.
func publishAndClose(ctx context.Context, t *target) ([]row, error) {
	plain := func(t *target) string { return t.Publish(leftTopic, leftText, 0).Request }
	python := func(*target) string {
		return `{"op": "pub", "topic": "` + leftTopic + `", "data": "` + leftText + ` caf\u00e9"}` + "\n"
	}
	var rows []row
	for _, l := range []leaver{
		{name: "TCP", publish: plain},
		{name: "TCP, login", login: true, publish: plain},
		{name: "TLS", tls: true, oursOnly: true, publish: plain},
		{name: "TLS, login", tls: true, login: true, oursOnly: true, publish: plain},
		{name: "TCP, frames of the Python client", oursOnly: true, publish: python},
		{name: "TCP, login, frames of the Python client", login: true, oursOnly: true, publish: python},
	} {
		if _, ours := t.server.(joltuiServer); !ours && l.oursOnly {
			continue
		}
		r, err := l.run(ctx, t)
		if err != nil {
			return rows, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}

const (
	leftTopic = "left"
	leftText  = "what was left"
)

func (l leaver) run(ctx context.Context, t *target) (row, error) {
	const rounds, messages = 20, 1000
	c := config{tls: l.tls}
	name := ""
	if l.login {
		name = "publisher"
		c.users = []user{admin(name)}
	}
	p, err := t.start(ctx, c)
	if err != nil {
		return row{}, err
	}
	defer p.stop()
	subscriber, err := l.connect(ctx, t, p, 2, name)
	if err != nil {
		return row{}, err
	}
	defer subscriber.Close()
	if err := subscriber.subscribe(leftTopic); err != nil {
		return row{}, err
	}
	var got atomic.Int64
	go countText(subscriber, leftText, &got)
	text := strings.Repeat(l.publish(t), messages)
	for range rounds {
		conn, err := l.connect(ctx, t, p, 3, name)
		if err != nil {
			return row{}, err
		}
		io.WriteString(conn, text)
		conn.Close()
	}
	until(ctx, 3*time.Second, 10*time.Millisecond, func() bool { return got.Load() >= rounds*messages })
	return count(fmt.Sprintf("%s: lost of %d × %d", l.name, rounds, messages), rounds*messages-int(got.Load()), "messages"), nil
}

func (l leaver) connect(ctx context.Context, t *target, p *process, from int, user string) (*client, error) {
	if l.tls {
		return t.connectTLS(ctx, from, p, user, 10*time.Second)
	}
	return t.connect(ctx, from, p, user, 10*time.Second)
}

// countText counts how often those words come, until the connection ends.
func countText(r io.Reader, words string, n *atomic.Int64) {
	var data []byte
	buf := make([]byte, 64<<10)
	for {
		k, err := r.Read(buf)
		data = append(data, buf[:k]...)
		n.Add(int64(bytes.Count(data, []byte(words))))
		data = append(data[:0], data[max(0, len(data)-len(words)+1):]...)
		if err != nil {
			return
		}
	}
}

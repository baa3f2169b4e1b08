package main

import (
	"bytes"
	"context"
	"fmt"
	"time"
)

// httpPost does what fetch(…, {method: "POST", mode: "no-cors"}) makes a browser
// do: the body is a publish.
func httpPost(ctx context.Context, t *target) ([]row, error) {
	const watched = 10 * time.Second
	p, err := t.start(ctx, config{})
	if err != nil {
		return nil, err
	}
	defer p.stop()
	subscriber, err := t.connect(ctx, 2, p, "", 5*time.Second)
	if err != nil {
		return nil, err
	}
	defer subscriber.Close()
	if err := subscriber.subscribe("orders"); err != nil {
		return nil, err
	}
	conn, err := dial(ctx, attackers, p.addr)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	body := t.Publish("orders", "from a web page", 0).Request
	begin := time.Now()
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: %s\r\nOrigin: https://evil.example\r\n"+
		"Content-Type: text/plain;charset=UTF-8\r\nContent-Length: %d\r\n\r\n%s", p.addr, len(body), body)
	closed := endOf(conn, begin, watched)
	delivered := 0
	if subscriber.receives("from a web page", time.Second) {
		delivered = 1
	}
	return []row{
		count("delivered to a subscriber", delivered, "messages"),
		seconds("closed after", closed).unless(closed < watched, "not closed by then"),
	}, nil
}

// receives reports whether those words come within the limit.
func (c *client) receives(words string, limit time.Duration) bool {
	c.SetReadDeadline(time.Now().Add(limit))
	var got []byte
	buf := make([]byte, 4096)
	for !bytes.Contains(got, []byte(words)) {
		n, err := c.Read(buf)
		got = append(got, buf[:n]...)
		if err != nil {
			return bytes.Contains(got, []byte(words))
		}
	}
	return true
}

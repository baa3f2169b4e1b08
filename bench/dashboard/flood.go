package main

import (
	"context"
	"fmt"
	"net"
	"time"

	"joltui/bench/turns"
)

// floods compares messages a second from socket to screen with what a reader
// gets that only reads.
func floods(o options) error {
	for _, load := range []struct {
		title string
		data  func(int) string
		aim   string
	}{
		{"128 B plain, as fast as the socket takes it, counted on the screen", plain, "≥ 1.5 M/s"},
		{"128 B of JSON in the string", nested, ""},
	} {
		c := newChunk(load.data)
		var lost uint64
		var spent latencies
		result, err := turns.Comparison{
			Title: load.title,
			Unit:  "messages/s",
			Sides: []turns.Side{
				{Name: "read and forget", Measure: func() (float64, error) { return drain(c, o.flood) }},
				{Name: "dashboard", Measure: func() (float64, error) {
					f, err := o.floodOnce(c)
					lost += f.dropped
					spent.add(f.spent)
					return f.rate, err
				}},
			},
			Aims: map[string]string{"dashboard": load.aim},
		}.Run(o.rounds)
		if err != nil {
			return err
		}
		if err := result.Print(o.out); err != nil {
			return err
		}
		fmt.Fprintf(o.out, "dropped: %d in all rounds; processor time a message: median %.0f ns\n\n", lost, 1e6*spent.at(0.5))
	}
	return nil
}

type floodFigures struct {
	rate    float64 // messages a second
	dropped uint64
	spent   time.Duration // processor time of the dashboard, a message
}

// floodOnce measures one dashboard from the first write to the screen that
// counts the last message. It fails when the screen does not count what was
// sent.
func (o options) floodOnce(c chunk) (f floodFigures, err error) {
	d, err := o.openDashboard()
	if err != nil {
		return f, err
	}
	defer d.close()
	ctx, cancel := context.WithTimeout(context.Background(), o.flood)
	defer cancel()
	begin := time.Now()
	before, err := processorTime(d.cmd.Process.Pid)
	if err != nil {
		return f, err
	}
	sent, err := d.unlimited(ctx, c)
	if err != nil {
		return f, err
	}
	got, at, err := d.received(sent)
	if err != nil {
		return f, err
	}
	if got.received != sent || !got.addUp() {
		return f, fmt.Errorf("%d messages were sent, and the screen shows %+v", sent, got)
	}
	after, err := processorTime(d.cmd.Process.Pid)
	return floodFigures{float64(sent) / at.Sub(begin).Seconds(), got.dropped, (after - before) / time.Duration(sent)}, err
}

// drain measures how fast a socket is emptied by what does nothing else.
func drain(c chunk, during time.Duration) (float64, error) {
	f, err := listen()
	if err != nil {
		return 0, err
	}
	defer f.close()
	conn, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", f.port))
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	for _, topic := range topics {
		fmt.Fprintf(conn, `{"op":"sub","topic":%q}`+"\n", topic)
	}
	<-f.subscribed
	total := make(chan int, 1)
	go func() {
		buf, sum := make([]byte, 64<<10), 0
		for {
			n, err := conn.Read(buf)
			if sum += n; err != nil {
				total <- sum
				return
			}
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), during)
	defer cancel()
	begin := time.Now()
	if _, err := f.unlimited(ctx, c); err != nil {
		return 0, err
	}
	f.conn.Close()
	messages := float64(<-total) / float64(len(c.lines)) * float64(c.messages)
	return messages / time.Since(begin).Seconds(), nil
}

package jolt

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"strings"
	"sync"
	"time"
)

// honest is a broker that answers as the protocol says, over pipes whose cuts
// are planned to the byte, and keeps a ledger of what it took. It is made for a
// synctest bubble.
type honest struct {
	delay   time.Duration   // between a request and its reply
	refused map[string]bool // topics that nobody may use

	mu      sync.Mutex
	plan    []link         // of the connections to come; further ones never fail
	took    map[string]int // how often each publish was accepted, by its data
	denied  map[string]int // and refused
	subs    map[string]bool
	dialled []time.Time
	up      *cutPipe // the newest connection
}

// link is the fate of one connection.
type link struct {
	refuse             bool
	toClient, toBroker int // bytes after which it is cut; never means none
}

const never = -1

func newHonest(plan ...link) *honest {
	return &honest{plan: plan, refused: make(map[string]bool), took: make(map[string]int), denied: make(map[string]int)}
}

func (b *honest) dial(context.Context, string, string) (net.Conn, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dialled = append(b.dialled, time.Now())
	l := link{toClient: never, toBroker: never}
	if len(b.plan) > 0 {
		l, b.plan = b.plan[0], b.plan[1:]
	}
	if l.refuse {
		return nil, errRefused
	}
	client, server := net.Pipe()
	b.up = &cutPipe{Conn: server, link: l}
	b.subs = make(map[string]bool)
	go b.serve(b.up, b.subs)
	return pipeEnd{client}, nil
}

func (b *honest) serve(conn *cutPipe, subs map[string]bool) {
	defer conn.Close()
	for r := bufio.NewReader(conn); ; {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		reply := b.carryOut(strings.TrimSuffix(line, "\n"), subs)
		time.Sleep(b.delay)
		if _, err := conn.Write(reply); err != nil {
			return
		}
	}
}

// carryOut returns the reply, and the message that the publisher gets itself.
func (b *honest) carryOut(line string, subs map[string]bool) []byte {
	r, err := ParseRequest(line)
	if err != nil {
		return AppendError(nil, err.Error())
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refused[r.Topic] {
		b.denied[r.Data]++
		return AppendError(nil, "forbidden: "+r.Topic)
	}
	switch r.Op {
	case OpSubscribe:
		subs[r.Topic] = true
	case OpUnsubscribe:
		delete(subs, r.Topic)
	case OpPublish:
		b.took[r.Data]++
		if subs[r.Topic] {
			return AppendAck(AppendMessage(nil, r.Topic, r.Data))
		}
	}
	return AppendAck(nil)
}

// cutPipe closes itself after a number of bytes in either direction.
type cutPipe struct {
	net.Conn
	link
	sent, got   int
	wrote, read bytes.Buffer // what has been carried, in either direction
}

func (c *cutPipe) Read(p []byte) (int, error) {
	if c.toBroker != never {
		p = p[:min(len(p), c.toBroker-c.got)]
	}
	if len(p) == 0 {
		return 0, io.EOF
	}
	n, err := c.Conn.Read(p)
	c.read.Write(p[:n])
	if c.got += n; c.got == c.toBroker {
		c.Close()
	}
	return n, err
}

func (c *cutPipe) Write(p []byte) (int, error) {
	if c.toClient != never {
		p = p[:min(len(p), c.toClient-c.sent)]
	}
	n, err := c.Conn.Write(p)
	c.wrote.Write(p[:n])
	if c.sent += n; c.sent == c.toClient {
		c.Close()
	}
	return n, err
}

// check compares what a client told its handler with what was asked of it and
// with what the broker took. Each publish that was asked for has its Ref as its
// data. It returns what does not fit together.
func (b *honest) check(topics []string, asked []Request, events []Event) error {
	outcomes := make(map[uint64][]Outcome)
	for _, e := range events {
		if r, ok := e.(*Reply); ok && !r.Request.Auto {
			outcomes[r.Request.Ref] = append(outcomes[r.Request.Ref], r.Outcome)
		}
	}
	for _, r := range asked {
		got := outcomes[r.Ref]
		if len(got) != 1 {
			return fmt.Errorf("%s, ref %d, has the outcomes %v; want exactly one", r, r.Ref, got)
		}
		if r.Op != OpPublish {
			continue
		}
		took, denied := b.took[r.Data], b.denied[r.Data]
		fits := false
		switch got[0] {
		case Acknowledged:
			fits = took == 1 && denied == 0
		case Rejected:
			fits = took == 0 && denied == 1
		case Unknown:
			fits = took+denied <= 1
		case NotSent:
			fits = took+denied == 0
		}
		if !fits {
			return fmt.Errorf("publish %d is %s, but the broker took it %d times and refused it %d times", r.Ref, got[0], took, denied)
		}
	}
	if err := checkGaps(events); err != nil {
		return err
	}
	want := subscribed(topics, events)
	maps.DeleteFunc(want, func(topic string, _ bool) bool { return b.refused[topic] })
	if !maps.Equal(b.subs, want) {
		return fmt.Errorf("subscribed to %v in the end; want %v", b.subs, want)
	}
	return nil
}

// subscribed is what a client has to be subscribed to, from the topics that it
// began with and how its requests ended.
func subscribed(topics []string, events []Event) map[string]bool {
	want := make(map[string]bool)
	for _, topic := range topics {
		want[topic] = true
	}
	for _, e := range events {
		r, ok := e.(*Reply)
		if !ok || r.Request.Auto || r.Outcome != Acknowledged && r.Outcome != Unknown {
			continue
		}
		switch r.Request.Op {
		case OpSubscribe:
			want[r.Request.Topic] = true
		case OpUnsubscribe:
			delete(want, r.Request.Topic)
		}
	}
	return want
}

// checkGaps: each time a client is up again, one gap tells of the outage.
func checkGaps(events []Event) error {
	ups, gaps := 0, 0
	for i, e := range events {
		switch e := e.(type) {
		case *Gap:
			gaps++
			next, ok := events[i+1].(*StateChange)
			if !ok || next.State != Up || e.Cause == nil || e.To.Before(e.From) {
				return fmt.Errorf("gap %+v is followed by %s", e, summary(events[i+1]))
			}
		case *StateChange:
			if e.State == Up {
				ups++
			}
		}
	}
	if gaps != max(ups-1, 0) {
		return fmt.Errorf("it was up %d times with %d gaps", ups, gaps)
	}
	return nil
}

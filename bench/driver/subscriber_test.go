package driver

import (
	"errors"
	"net"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

// subscribing is how a client subscribes to the topics of small.
func subscribing(p Protocol) step {
	var s step
	for i, topic := range small.topics() {
		e := p.Subscribe(topic, 1+i)
		s.hear += e.Request
		s.say = append(s.say, e.Reply)
	}
	return s
}

func messageFrames(p Protocol, messages int) []string {
	payloads, topics := payloads(messages)
	var frames []string
	for i, payload := range payloads {
		frames = append(frames, p.Message(Topic(topics[i]), payload, 1+topics[i]))
	}
	return frames
}

// receive lets a subscriber receive so many messages and look for more. What
// the broker says comes in these pieces.
func receive(t *testing.T, p Protocol, pieces []string, messages int, after ...step) error {
	t.Helper()
	subscribed := subscribing(p)
	subscribed.say = append(subscribed.say, pieces...)
	s, err := newSubscriber(scripted(t, p, append([]step{subscribed}, after...)...), small)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.receive(messages); err != nil {
		return err
	}
	return s.end()
}

func TestSubscriberTakesWhatIsRight(t *testing.T) {
	const messages = 40 // the number of a topic gets a second digit
	each(t, func(t *testing.T, p Protocol) {
		frames := slices.Insert(messageFrames(p, messages), 20, p.Probe().Request)
		stream := strings.Join(frames, "")
		for _, size := range []int{1, 7, len(frames[0]), len(frames[0]) + 1, len(stream)} {
			answer := step{hear: p.Probe().Reply}
			if err := receive(t, p, cut(stream, size), messages, answer, ping(p, true)); err != nil {
				t.Errorf("in pieces of %d bytes: %v", size, err)
			}
		}
	})
}

// A probe can come after the last message, too: with it, wholly or in part,
// before the answer to the ping, and after that.
func TestProbeAtTheEnd(t *testing.T) {
	p := NATS{}
	probe := p.Probe()
	stream := strings.Join(messageFrames(p, 4), "")
	for split := 1; split <= len(probe.Request); split++ {
		pieces := []string{stream + probe.Request[:split], probe.Request[split:]}
		if err := receive(t, p, pieces, 4, step{hear: probe.Reply}, ping(p, true)); err != nil {
			t.Errorf("%d bytes of it with the last message: %v", split, err)
		}
	}
	before, after := ping(p, true), ping(p, true)
	before.say = slices.Insert(before.say, 0, probe.Request)
	if err := receive(t, p, []string{stream}, 4, before, step{hear: probe.Reply}); err != nil {
		t.Errorf("before the answer: %v", err)
	}
	after.say = append(after.say, probe.Request)
	if err := receive(t, p, []string{stream}, 4, after); err != nil {
		t.Errorf("after the answer: %v", err)
	}
}

func TestSubscriberNoticesWhatIsWrong(t *testing.T) {
	const messages = 12
	replaced := func(at int, old, new string) func([]string) []string {
		return func(f []string) []string {
			f[at] = strings.Replace(f[at], old, new, 1)
			return f
		}
	}
	for name, test := range map[string]struct {
		tamper func(frames []string) []string
		want   string
	}{
		"lost":             {func(f []string) []string { return slices.Delete(f, 5, 6) }, "next one on bench.02 has to be number 00000001"},
		"last one lost":    {func(f []string) []string { return f[:messages-1] }, "after 11 of 12 messages: EOF"},
		"doubled":          {func(f []string) []string { return slices.Insert(f, 5, f[4]) }, "next one on bench.01 has to be number 00000002"},
		"last one doubled": {func(f []string) []string { return append(f, f[messages-1]) }, "one more came"},
		"swapped":          {func(f []string) []string { f[4], f[7] = f[7], f[4]; return f }, "next one on bench.01 has to be number 00000001"},
		"other topic":      {replaced(5, "bench.02", "bench.03"), "on none of the topics"},
		"no topic":         {replaced(5, "bench.02", "bench.0x"), "on none of the topics"},
		"too short":        {replaced(5, "xx", "x"), "after 6 of 12 messages: on none of the topics"},
		"too long":         {replaced(5, "xx", "xxx"), "after 6 of 12 messages: on none of the topics"},
		"spoilt":           {replaced(0, "xx", "xy"), "next one on bench.00 has to be number 00000000"},
		"a piece more":     {func(f []string) []string { return append(f, f[0][:5]) }, "after all that was expected came"},
		"a short error": {func(f []string) []string { return append(f[:5], "-ERR\r\n") },
			`after 5 of 12 messages: "-ERR\r\n" and then EOF`},
		"an error": {func(f []string) []string { return slices.Insert(f, 5, strings.Repeat("-ERR\r\n", 20)) },
			"after 5 of 12 messages: on none of the topics"},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, p Protocol) {
				stream := strings.Join(test.tamper(messageFrames(p, messages)), "")
				err := receive(t, p, []string{stream}, messages)
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("got %v, want %q", err, test.want)
				}
			})
		})
	}
}

// A message too many that comes before the broker hangs up.
func TestSubscriberNoticesOneMoreLater(t *testing.T) {
	each(t, func(t *testing.T, p Protocol) {
		frames := messageFrames(p, 4)
		late := ping(p, true)
		late.say = slices.Insert(late.say, 0, frames[3])
		err := receive(t, p, frames[:3], 3, late)
		if err == nil || !strings.Contains(err.Error(), "want") {
			t.Errorf("before the answer to a ping: %v", err)
		}
		late = ping(p, true)
		late.say = append(late.say, frames[3])
		err = receive(t, p, frames[:3], 3, late)
		if err == nil || !strings.Contains(err.Error(), "after all that was expected came") {
			t.Errorf("after it: %v", err)
		}
	})
}

func TestWrongReplyToSubscribe(t *testing.T) {
	each(t, func(t *testing.T, p Protocol) {
		refused := subscribing(p)
		refused.say = cut(strings.Repeat("-ERR\r\n", 50), 300)
		if _, err := newSubscriber(scripted(t, p, refused), small); err == nil {
			t.Error("not noticed")
		}
	})
}

// What never comes ends a run with an error.
func TestPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		defer server.Close()
		go server.Read(nil) // the hello, which is empty
		conn, err := open(t.Context(), pipe{client}, Jolt{})
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("a silent broker: %v", err)
		}
	})
}

package driver

import (
	"slices"
	"strings"
	"testing"
)

// writes are how a publisher has to publish so many messages, and the
// acknowledgements: one step for each write of a batch.
func writes(p Protocol, messages int) []step {
	payloads, topics := payloads(messages)
	var steps []step
	for i, payload := range payloads {
		if i%small.Batch == 0 {
			steps = append(steps, step{})
		}
		last := &steps[len(steps)-1]
		e := p.Publish(Topic(topics[i]), payload, small.Subscribers)
		last.hear += e.Request
		last.say = append(last.say, e.Reply)
	}
	return steps
}

func publish(t *testing.T, p Protocol, messages int, script ...step) error {
	t.Helper()
	publisher := newPublisher(scripted(t, p, script...), small)
	if err := publisher.publish(messages); err != nil {
		return err
	}
	return publisher.end()
}

// Batches, the window, a last write that is not a whole batch; replies that
// come in any pieces, and a probe before the last of them.
func TestPublisherPublishesAndCounts(t *testing.T) {
	const messages = 37
	each(t, func(t *testing.T, p Protocol) {
		for _, size := range []int{1, 3, 7, 1000} {
			script := writes(p, messages)
			last := &script[len(script)-1]
			last.say = slices.Insert(last.say, len(last.say)-1, p.Probe().Request)
			for i := range script {
				script[i].say = cut(strings.Join(script[i].say, ""), size)
			}
			script = append(script, step{hear: p.Probe().Reply}, ping(p, false))
			if err := publish(t, p, messages, script...); err != nil {
				t.Errorf("in pieces of %d bytes: %v", size, err)
			}
		}
	})
}

// Not more than the window goes out before something is acknowledged.
func TestWindow(t *testing.T) {
	each(t, func(t *testing.T, p Protocol) {
		script := writes(p, small.Window+1)
		for i := range script {
			script[i].say = nil
		}
		err := publish(t, p, small.Window+1, script[:2]...) // and then the broker hangs up
		if err == nil || !strings.Contains(err.Error(), "after 8 of 9 publishes: with 8 publishes not acknowledged: EOF") {
			t.Errorf("got %v", err)
		}
	})
}

func TestPublisherNoticesWhatIsWrong(t *testing.T) {
	const messages = 4
	for name, test := range map[string]struct {
		tamper func(acks []string) []string
		want   string
	}{
		"one less": {func(acks []string) []string { return acks[1:] }, "with 1 publishes not acknowledged: EOF"},
		"two more": {func(acks []string) []string { return append(acks, acks[0], acks[0]) }, "an acknowledgement too many"},
		"a piece more": {func(acks []string) []string { return append(acks, acks[0][:2]) },
			"after all that was expected came"},
		"an error": {func(acks []string) []string { acks[2] = strings.Repeat("-ERR\r\n", 5); return acks },
			"a publish was answered with"},
		"spoilt": {func(acks []string) []string { acks[2] = "?" + acks[2][1:]; return acks },
			"a publish was answered with"},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, p Protocol) {
				write := writes(p, messages)[0]
				write.say = []string{strings.Join(test.tamper(write.say), "")}
				err := publish(t, p, messages, write)
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("got %v, want %q", err, test.want)
				}
			})
		})
	}
}

// Redis says how many got a message: it has to be all subscribers.
func TestRedisCountsReceivers(t *testing.T) {
	write := writes(Redis{}, 4)[0]
	write.say[3] = ":1\r\n"
	err := publish(t, Redis{}, 4, write)
	if want := `a publish was answered with ":1\r\n" instead of ":2\r\n"`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}

// One acknowledgement too many that comes later. In the Jolt protocol it looks
// like the answer to a ping, which then is the surplus.
func TestPublisherNoticesOneMoreLater(t *testing.T) {
	each(t, func(t *testing.T, p Protocol) {
		write := writes(p, 4)[0]
		late := ping(p, false)
		late.say = append([]string{write.say[0]}, late.say...)
		err := publish(t, p, 4, write, late)
		if err == nil || !strings.Contains(err.Error(), "want") && !strings.Contains(err.Error(), "after all that was expected came") {
			t.Errorf("got %v", err)
		}
	})
}

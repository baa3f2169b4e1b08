package broker

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"joltui/broker/internal/stream"
)

// fedEngine is a fleet without a stream, of which a test says what comes of it.
type fedEngine struct {
	*fleet
	late bool // what it says of itself
}

func (fedEngine) connect(context.Context) error { return nil }
func (fedEngine) ready() error                  { return nil }
func (fedEngine) pass() error                   { return nil }
func (e fedEngine) close()                      { e.end() }

// feed has n messages come on a topic.
func (e fedEngine) feed(topic string, n int) {
	frame := []byte(fmt.Sprintf(`{"topic":%q,"data":%q}`+"\n", topic, strings.Repeat("x", 1000)))
	messages := make([]stream.Message, n)
	for i := range messages {
		messages[i] = stream.Message{Topic: topic, Frame: frame}
	}
	e.Receive(messages, e.late)
}

// withFedEngine runs a test in fake time with a broker whose stream it has in hand.
func withFedEngine(t *testing.T, l Limits, test func(t *testing.T, b *Broker, e fedEngine, dial func() *client)) {
	synctest.Test(t, func(t *testing.T) {
		b, err := New(Config{Limits: l, Patterns: true, lastWords: lastWords})
		if err != nil {
			t.Fatal(err)
		}
		e := fedEngine{fleet: newFleet(stream.Config{}, b)}
		b.engine = e
		ln := newPipeListener()
		served := make(chan error, 1)
		go func() { served <- b.Serve(t.Context(), ln) }()
		test(t, b, e, func() *client { return ln.dial(t) })
		b.Close()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
}

// However fast messages come of the stream, a subscriber that reads pace_bytes a second
// gets all of them, in order: the stream waits. Where it is late, and others might miss what
// it forgets, it waits for those alone who read several times as fast; others are
// disconnected.
func TestTheStreamWaitsForOneThatReads(t *testing.T) {
	const pace, blocks, each = 1 << 20, 200, 50
	limits := Limits{LineBytes: 2000, QueueBytes: 512 << 10, PaceBytes: pace}
	for name, c := range map[string]struct {
		late  bool
		reads int // bytes a second
		gets  bool
	}{
		"reads enough":         {false, pace * 3 / 2, true},
		"too little when late": {true, pace * 3 / 2, false},
		"enough when late":     {true, 5 * pace, true},
	} {
		t.Run(name, func(t *testing.T) {
			withFedEngine(t, limits, func(t *testing.T, b *Broker, e fedEngine, dial func() *client) {
				e.late = c.late
				s := dial()
				s.ask(subscribeTo("a.*"), ok)
				fed := make(chan struct{})
				go func() {
					defer close(fed)
					for i := range blocks {
						e.feed(fmt.Sprintf("a.%d", i), each)
					}
				}()
				got := 0
				for ; got < blocks*each; got++ {
					line, want := s.read(), fmt.Sprintf(`{"topic":"a.%d"`, got/each)
					if !c.gets && strings.Contains(line, "slow_consumer") {
						break
					}
					if !strings.HasPrefix(line, want) {
						t.Fatalf("message %d: got %.20s, want %s", got, line, want)
					}
					if got%each == each-1 {
						time.Sleep(time.Second * each * 1030 / time.Duration(c.reads))
					}
				}
				<-fed
				if n := b.Stats(); (n.SlowConsumers == 0) != c.gets || (got == blocks*each) != c.gets || n.Delays[""] == 0 {
					t.Errorf("%d messages, %d slow consumers, waited for them %v", got, n.SlowConsumers, n.Delays)
				}
			})
		})
	}
}

// A subscriber that does not read holds up what comes of the stream for half a second,
// and is disconnected; with all that follow it is a second in a minute. Others get all.
func TestTheStreamIsNotHeldUp(t *testing.T) {
	limits := Limits{LineBytes: 2000, QueueBytes: 64 << 10}
	withFedEngine(t, limits, func(t *testing.T, b *Broker, e fedEngine, dial func() *client) {
		reader, read := dial(), make(chan int)
		reader.ask(subscribeTo("a"), ok)
		go func() {
			n := 0
			for ; n < 5*200; n++ {
				reader.read()
			}
			read <- n
		}()
		start := time.Now()
		for range 5 {
			dial().ask(subscribeTo("a"), ok)
			for range 20 {
				e.feed("a", 10)
				synctest.Wait() // the one that reads has
			}
		}
		<-read
		// What each block may wait for anybody adds up, and some of the second comes back.
		const most = maxPauses + maxPauses*maxPauses/patienceReturns + 100*10*1100*time.Second/13_000_000
		if took := time.Since(start); took < maxPauses || took > most {
			t.Errorf("what came of the stream took %v", took)
		}
		if got := b.Stats(); got.SlowConsumers != 5 {
			t.Errorf("%d slow consumers", got.SlowConsumers)
		}
		time.Sleep(time.Second) // they are told
	})
}

// A broker that ends waits for nobody.
func TestTheStreamWaitsForNobodyAtTheEnd(t *testing.T) {
	withFedEngine(t, Limits{LineBytes: 2000, QueueBytes: 64 << 10}, func(t *testing.T, b *Broker, e fedEngine, dial func() *client) {
		dial().ask(subscribeTo("a"), ok)
		e.end()
		start := time.Now()
		e.feed("a", 40)
		e.feed("a", 10) // for which there is no room
		if took := time.Since(start); took > 0 {
			t.Errorf("it took %v", took)
		}
	})
}

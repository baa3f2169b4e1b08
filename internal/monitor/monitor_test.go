package monitor

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/internal/system"
	"joltui/jolt"
)

// script is a broker on pipes, in fake time. It refuses some topics, and says something
// behind its ok to others.
type script struct {
	mu     sync.Mutex
	says   map[string]string // payloads, by topic
	denies map[string]bool
	down   error
	conn   net.Conn // the latest
	asked  []string // "sub x", "unsub x"
}

func (s *script) dial(context.Context, string, string) (net.Conn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.down != nil {
		return nil, s.down
	}
	client, server := net.Pipe()
	s.conn = server
	go s.serve(server)
	return client, nil
}

func (s *script) serve(conn net.Conn) {
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		r, err := jolt.ParseRequest(lines.Text())
		if err != nil {
			panic(err)
		}
		if _, err := conn.Write(s.answer(r)); err != nil {
			return
		}
	}
}

func (s *script) answer(r jolt.Request) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Op == jolt.OpPing {
		return jolt.AppendAck(nil)
	}
	s.asked = append(s.asked, strings.TrimPrefix(fmt.Sprint(r.Op, " ", r.Topic), system.Prefix))
	if s.denies[r.Topic] {
		return jolt.AppendError(nil, "forbidden: not "+r.Topic)
	}
	line := jolt.AppendAck(nil)
	if says, ok := s.says[r.Topic]; ok && r.Op == jolt.OpSubscribe {
		line = jolt.AppendMessage(line, r.Topic, says)
	}
	return line
}

// tell sends a message.
func (s *script) tell(topic, payload string) {
	s.mu.Lock()
	conn := s.conn
	s.mu.Unlock()
	conn.Write(jolt.AppendMessage(nil, topic, payload))
	synctest.Wait()
}

// hangUp ends the connection; if err is not nil, none is made any more.
func (s *script) hangUp(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = err
	s.conn.Close()
}

// takeAsked returns what was asked since the last time.
func (s *script) takeAsked() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := strings.Join(s.asked, ", ")
	s.asked = nil
	return strings.ReplaceAll(asked, system.Prefix, "")
}

// deliveries are what a monitor has delivered.
type deliveries struct {
	mu    sync.Mutex
	those []*Snapshot
}

func (d *deliveries) take(s *Snapshot) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.those = append(d.those, s)
}

func (d *deliveries) all() []*Snapshot {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.those)
}

func (d *deliveries) last() *Snapshot {
	all := d.all()
	return all[len(all)-1]
}

// watch follows topics of a script until the test ends, and keeps what is delivered.
func watch(t *testing.T, s *script, topics ...string) (m *Monitor, delivered *deliveries) {
	t.Helper()
	delivered = new(deliveries)
	m = Open(Options{Config: jolt.Config{Dial: s.dial, Backoff: func(int) time.Duration { return time.Second }}, Topics: topics},
		delivered.take)
	t.Cleanup(m.Close)
	synctest.Wait()
	return m, delivered
}

// tells is what a broker of this module says to begin with.
func tells() map[string]string {
	return map[string]string{system.BrokerTopic: `{"version":"1"}`, system.TopicsTopic: `{"whole":true,"total":1,"topics":[{"topic":"a"}]}`,
		system.ClientsTopic: `{"whole":true,"total":1,"clients":[{"id":7}]}`}
}

func deny(topics ...string) map[string]bool {
	all := make(map[string]bool)
	for _, topic := range topics {
		all[topic] = true
	}
	return all
}

// Whether a broker tells of itself is said only when it has answered, and of each topic
// that may not be heard.
func TestStateOfABroker(t *testing.T) {
	for name, tt := range map[string]struct {
		script          *script
		topics          []string
		want            State
		asked, reason   string
		forbidden       []string
		broker, clients bool
	}{
		"tells all": {script: &script{says: tells()}, want: Offered, broker: true, clients: true,
			asked: "sub broker, sub topics, sub clients, sub events"},
		"one was asked for": {script: &script{says: tells()}, topics: []string{system.ClientsTopic}, want: Offered, clients: true,
			asked: "sub clients"},
		"another broker": {script: &script{}, want: Absent, asked: "sub broker, unsub broker"},
		"somebody publishes there": {script: &script{says: map[string]string{system.BrokerTopic: "hello"}},
			want: Absent, asked: "sub broker, unsub broker"},
		"nothing is allowed": {script: &script{says: tells(), denies: deny(system.Names()...)}, want: Refused,
			asked: "sub broker, sub topics, sub clients, sub events", reason: "forbidden: not $SYS.broker", forbidden: system.Names()},
		"some is allowed": {script: &script{says: tells(), denies: deny(system.BrokerTopic, system.TopicsTopic, system.EventsTopic)},
			want: Offered, clients: true, asked: "sub broker, sub topics, sub clients, sub events",
			forbidden: []string{system.BrokerTopic, system.TopicsTopic, system.EventsTopic}},
		"events alone are allowed": {script: &script{says: tells(), denies: deny(system.BrokerTopic, system.TopicsTopic, system.ClientsTopic)},
			want: Offered, asked: "sub broker, sub topics, sub clients, sub events",
			forbidden: []string{system.BrokerTopic, system.TopicsTopic, system.ClientsTopic}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, delivered := watch(t, tt.script, tt.topics...)
				time.Sleep(patience - 1)
				synctest.Wait()
				if tt.want == Absent && len(delivered.all()) > 0 && delivered.last().State == Absent {
					t.Error("the broker was given no second to answer in")
				}
				time.Sleep(10 * time.Second)
				synctest.Wait()
				if len(delivered.all()) == 0 {
					t.Fatal("nothing was delivered")
				}
				got := delivered.last()
				if got.State != tt.want || got.Reason != tt.reason || !slices.Equal(got.Forbidden, tt.forbidden) ||
					(got.Broker != nil) != tt.broker || (len(got.Clients) == 1) != tt.clients {
					t.Errorf("%+v", got)
				}
				var rejected *jolt.RejectedError
				if errors.As(got.Err, &rejected) != (tt.want == Refused) {
					t.Errorf("the error is %v", got.Err)
				}
				if asked := tt.script.takeAsked(); asked != tt.asked {
					t.Errorf("asked %q, want %q", asked, tt.asked)
				}
			})
		})
	}
}

// A change of State is delivered at once, all else once a second at most, and nothing
// while nothing changes, or after Close.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{says: tells()}
		m, delivered := watch(t, s)
		begin := time.Now()
		if len(delivered.all()) != 1 || delivered.all()[0].State != Offered || delivered.all()[0].Broker == nil {
			t.Fatalf("%d were delivered at once", len(delivered.all()))
		}
		for range 50 {
			time.Sleep(100 * time.Millisecond)
			s.tell(system.EventsTopic, `{"event":"connected"}`)
		}
		if n := len(delivered.all()); n != 1+4 {
			t.Errorf("%d were delivered in 5 s, after the first", n-1)
		}
		all := delivered.all()
		for i, d := range all[1:] {
			if apart := d.At.Sub(all[i].At); apart < every {
				t.Errorf("number %d came %s after the one before", i+1, apart)
			}
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		n := len(delivered.all())
		if last := delivered.last(); len(last.Events) != 50 || last.At.Sub(begin) > 7*time.Second {
			t.Errorf("%d events after %s", len(last.Events), last.At.Sub(begin))
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if len(delivered.all()) != n {
			t.Errorf("%d were delivered while nothing changed", len(delivered.all())-n)
		}
		s.tell(system.EventsTopic, `{"event":"connected"}`)
		s.tell(system.EventsTopic, `{"event":"connected"}`)
		if got := m.Latest(); len(got.Events) != 52 || got.State != Offered {
			t.Errorf("known are %d events", len(got.Events))
		}
		n = len(delivered.all())
		m.Close()
		time.Sleep(time.Minute)
		if len(delivered.all()) != n {
			t.Error("something was delivered after Close")
		}
	})
}

// Of several messages that belong together, only all are delivered.
func TestPartsAreDeliveredTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{says: map[string]string{system.TopicsTopic: `{"whole":true,"more":true,"topics":[{"topic":"a"}]}`}}
		_, delivered := watch(t, s, system.TopicsTopic)
		s.tell(system.TopicsTopic, `{"more":true,"topics":[{"topic":"c"}]}`)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if len(delivered.all()) != 1 || len(delivered.all()[0].Topics) != 0 {
			t.Fatalf("%d were delivered before the last part", len(delivered.all()))
		}
		s.tell(system.TopicsTopic, `{"more":false,"topics":[{"topic":"b"}]}`)
		if n := len(delivered.all()); n != 2 || names(delivered.last()) != "a b c" {
			t.Errorf("%d were delivered", n)
		}
	})
}

// A new connection begins anew, and what has happened stays.
func TestReconnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{says: tells()}
		m, delivered := watch(t, s)
		s.tell(system.EventsTopic, `{"event":"connected"}`)
		s.takeAsked()
		s.hangUp(errors.New("the cable is cut"))
		time.Sleep(10 * time.Second)
		synctest.Wait()
		got := delivered.last()
		if got.State != Down || got.Reason != "the cable is cut" || got.Err == nil || names(got) != "a" {
			t.Errorf("%+v", got)
		}
		s.mu.Lock()
		s.down, s.says = nil, nil // it is another broker now
		s.mu.Unlock()
		time.Sleep(10 * time.Second)
		synctest.Wait()
		got = delivered.last()
		if got.State != Absent || got.Broker != nil || names(got) != "" || len(got.Clients) != 0 || len(got.Events) != 1 || got.Err != nil {
			t.Errorf("%+v", got)
		}
		if asked := s.takeAsked(); asked != "sub broker, unsub broker" {
			t.Errorf("asked %q", asked)
		}
		s.mu.Lock()
		s.says = tells()
		s.mu.Unlock()
		s.hangUp(nil)
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if got = m.Latest(); got.State != Offered || names(got) != "a" {
			t.Errorf("%+v", got)
		}
	})
}

// Close waits for a delivery that is under way, and for nothing else.
func TestCloseWaitsForADelivery(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, release, closed := &script{says: tells()}, make(chan struct{}), make(chan struct{})
		m := Open(Options{Config: jolt.Config{Dial: s.dial}}, func(*Snapshot) { <-release })
		synctest.Wait()
		go func() {
			m.Close()
			close(closed)
		}()
		synctest.Wait()
		select {
		case <-closed:
			t.Error("Close has returned during a delivery")
		default:
		}
		close(release)
		<-closed
	})
}

// A configuration that cannot work is told as what it is.
func TestBadConfiguration(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var got *Snapshot
		m := Open(Options{Config: jolt.Config{Window: -1, ReplyTimeout: -1}}, func(s *Snapshot) { got = s })
		synctest.Wait()
		m.Close()
		if got == nil || got.State != Down || !errors.Is(got.Err, jolt.ErrBadConfig) || got.Reason == "" {
			t.Errorf("%+v", got)
		}
	})
}

// The broker of this module is understood, and what it tells comes in.
func TestTheRealBroker(t *testing.T) {
	server := brokertest.Start(t, broker.Config{})
	all := make(chan *Snapshot, 100)
	m := Open(Options{Config: jolt.Config{Addr: server.Addr}}, func(s *Snapshot) { all <- s })
	defer m.Close()
	for s := range all {
		if s.State != Asking && s.State != Offered {
			t.Fatalf("%+v", s)
		}
		if s.Broker != nil && s.Broker.Rates != nil && s.Broker.Connections == 1 && s.ClientsTotal == 1 && len(s.Clients) == 1 {
			if len(s.Forbidden) > 0 || s.Ignored > 0 {
				t.Errorf("%+v", s)
			}
			return
		}
	}
}

package monitor

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"joltui/broker"
	"joltui/broker/brokertest"
	"joltui/internal/system"
	"joltui/jolt"
)

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

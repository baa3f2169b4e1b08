package monitor

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

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

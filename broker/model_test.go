package broker

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Whatever several clients do, every reply and every message is what a model
// of logins, permissions and subscriptions says, in its order.
func TestModel(t *testing.T) {
	cfg := secure(t)
	cfg.Limits.AuthTimeout = time.Hour
	rapid.Check(t, func(rt *rapid.T) {
		b, err := New(cfg)
		if err != nil {
			rt.Fatal(err)
		}
		ln := newPipeListener()
		served := make(chan error, 1)
		go func() { served <- b.Serve(t.Context(), ln) }()
		defer func() {
			b.Close()
			<-served
		}()
		m := &model{T: rt, b: b, failed: make(map[string]int), refused: make(map[string]uint64), dial: func() *client { return ln.dial(t) }}
		m.connect()
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			m.step()
		}
		m.finish()
	})
}

// grant is what a user of secure may do, written down a second time.
type grant struct {
	password           string
	admin              bool
	publish, subscribe []string
}

func granted(user string) (grant, bool) {
	g, known := map[string]grant{
		"admin":  {password: "root", admin: true},
		"alice":  {"wonder:land", false, []string{"orders.eu", "a:b"}, []string{"orders.eu", "news"}},
		"bob":    {password: "builder", subscribe: []string{"news"}},
		"nobody": {password: "nothing"},
	}[user]
	return g, known
}

// model knows what the broker has to say.
type model struct {
	*rapid.T
	b       *Broker
	dial    func() *client
	clients []*modelClient
	in, out uint64
	// of the messages, as subscribers are sent them
	bytesIn, bytesOut uint64

	came, failures uint64         // connections, logins
	failed         map[string]int // logins, by user
	refused        map[string]uint64
}

type modelClient struct {
	*client
	user     string // "" before the login
	failed   int    // logins since one was right
	topics   map[string]bool
	messages []string // that have to come next
	replies  []string
}

func (m *model) connect() {
	m.clients = append(m.clients, &modelClient{client: m.dial(), topics: make(map[string]bool)})
	m.came++
	m.awaitConnections()
}

func (m *model) step() {
	what := rapid.IntRange(0, 19).Draw(m.T, "what")
	switch {
	case what == 0 && len(m.clients) < 6, len(m.clients) == 0:
		m.connect()
	case what == 1:
		i := rapid.IntRange(0, len(m.clients)-1).Draw(m.T, "leaves")
		m.clients[i].conn.Close()
		m.clients = slices.Delete(m.clients, i, i+1)
		m.awaitConnections()
	default:
		m.talk(m.clients[rapid.IntRange(0, len(m.clients)-1).Draw(m.T, "client")])
	}
}

// talk sends some requests in one write, and then a ping: by its reply, all
// that was acknowledged before has come.
func (m *model) talk(c *modelClient) {
	var lines strings.Builder
	for range rapid.IntRange(1, 6).Draw(m.T, "requests") {
		request, reply := m.request(c)
		lines.WriteString(request + "\n")
		c.replies = append(c.replies, reply)
	}
	lines.WriteString("{\"op\":\"ping\"}\n")
	c.replies = append(c.replies, c.needsLogin("ping"))
	if _, err := c.conn.Write([]byte(lines.String())); err != nil {
		m.Fatalf("%q: %v", &lines, err)
	}
	for len(c.replies) > 0 {
		line, err := c.in.ReadString('\n')
		line = strings.TrimSuffix(line, "\n")
		queue := &c.replies
		if strings.HasPrefix(line, `{"topic"`) {
			queue = &c.messages
		}
		if err != nil || len(*queue) == 0 || line != (*queue)[0] {
			m.Fatalf("after %q:\ngot  %s, %v\nwant messages %q\nreplies %q", &lines, line, err, c.messages, c.replies)
		}
		*queue = (*queue)[1:]
		if text, ok := strings.CutPrefix(line, `{"ok":false,"error":"`); ok {
			code, _, _ := strings.Cut(text, ":")
			m.refused[code]++
		}
	}
	if len(c.messages) > 0 {
		m.Fatalf("after %q: %q did not come", &lines, c.messages)
	}
}

// awaitConnections waits until the broker has let in who came, and let go of
// who left: until then, those are subscribed still.
func (m *model) awaitConnections() {
	deadline := time.Now().Add(patience)
	for m.b.Stats().Connections != len(m.clients) {
		if time.Now().After(deadline) {
			m.Fatalf("%+v, want %d connections", m.b.Stats(), len(m.clients))
		}
		runtime.Gosched()
	}
}

// finish lets everybody read what is left and compares the counts.
func (m *model) finish() {
	for _, c := range m.clients {
		m.talk(c)
	}
	topics := make(map[string]bool)
	for _, c := range m.clients {
		for topic := range c.topics {
			topics[topic] = true
		}
	}
	m.awaitConnections()
	want := Stats{Connections: len(m.clients), Topics: len(topics), MessagesIn: m.in, MessagesOut: m.out,
		BytesIn: m.bytesIn, BytesOut: m.bytesOut,
		Accepted: m.came, LoginFailures: m.failures, Refused: m.refused}
	got := m.b.Stats()
	maps.DeleteFunc(got.Refused, func(_ string, n uint64) bool { return n == 0 })
	got.Memory, got.Delays, got.ClearPasswords = 0, nil, false // which pipes have as they like
	if diff := cmp.Diff(want, got); diff != "" {
		m.Fatal(diff)
	}
}

// request draws a request, does it in the model, and returns its reply.
func (m *model) request(c *modelClient) (request, reply string) {
	switch op := rapid.SampledFrom([]string{"sub", "sub", "pub", "pub", "pub", "unsub", "auth", "no"}).Draw(m.T, "op"); op {
	case "no":
		return `{"op":"no"}`, failed(`unknown_op: there is no op no, only sub, unsub, pub and ping, and the login`)
	case "auth":
		user := rapid.SampledFrom([]string{"admin", "alice", "bob", "nobody", "mallory"}).Draw(m.T, "user")
		g, known := granted(user)
		wrong := !known || rapid.IntRange(0, 3).Draw(m.T, "wrong") == 0
		if wrong && (c.failed == mostFailedLogins-1 || m.failed[user] == 9) {
			return `{"op":"no"}`, failed(`unknown_op: there is no op no, only sub, unsub, pub and ping, and the login`)
		}
		if c.failed++; wrong {
			m.failures++
			m.failed[user]++
			return loginLine(user, "wrong"), failed("auth_failed: unknown user or wrong password")
		}
		c.user, c.failed = user, 0
		for topic := range c.topics {
			if !g.admin && !slices.Contains(g.subscribe, topic) {
				delete(c.topics, topic)
			}
		}
		return loginLine(user, g.password), ok
	default:
		topic := rapid.SampledFrom([]string{"news", "orders.eu", "a:b", "x", "", strings.Repeat("l", 257)}).Draw(m.T, "topic")
		request = fmt.Sprintf(`{"op":%q,"topic":%q}`, op, topic)
		if op == "pub" {
			request = fmt.Sprintf(`{"op":"pub","topic":%q,"data":"%d"}`, topic, m.in)
		}
		return request, m.do(c, op, topic)
	}
}

func (c *modelClient) needsLogin(op string) string {
	if c.user == "" {
		return failed("auth_required: auth has to come before " + op)
	}
	return ok
}

func (m *model) do(c *modelClient, op, topic string) string {
	g, _ := granted(c.user)
	forbidden := failed(fmt.Sprintf("forbidden: %s:%s is not granted to %s",
		map[string]string{"pub": "publish", "sub": "subscribe"}[op], topic, c.user))
	switch {
	case c.user == "":
		return c.needsLogin(op)
	case topic == "":
		return failed("bad_topic: the topic is empty")
	case len(topic) > 256:
		return failed("too_large: the topic has 257 bytes, the limit is 256")
	case op == "sub" && !g.admin && !slices.Contains(g.subscribe, topic),
		op == "pub" && !g.admin && !slices.Contains(g.publish, topic):
		return forbidden
	case op == "unsub" && !c.topics[topic]:
		return failed("unknown_topic: not subscribed to " + topic)
	case op == "unsub":
		delete(c.topics, topic)
	case op == "sub":
		c.topics[topic] = true
	default:
		message := fmt.Sprintf(`{"topic":%q,"data":"%d"}`, topic, m.in)
		size := uint64(len(message) + 1)
		for _, other := range m.clients {
			if other.topics[topic] {
				other.messages = append(other.messages, message)
				m.out++
				m.bytesOut += size
			}
		}
		m.in++
		m.bytesIn += size
	}
	return ok
}

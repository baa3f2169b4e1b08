package broker

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"joltui/internal/feed"
	"joltui/internal/monitor"
	"joltui/internal/system"
	"joltui/jolt"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

func newPage(w, h int) *Page {
	p := New(&kit.Styles{}, Actions(true), kittest.MoveKeys())
	p.SetSize(w, h)
	return p
}

// busy is a broker with topics that somebody hears and one that nobody does, a client that
// lags, and events of all kinds.
func busy() *monitor.Snapshot {
	now := kittest.Start()
	ago := func(d time.Duration) system.Stamp { return system.At(now.Add(-d)) }
	return &monitor.Snapshot{
		At: now, State: monitor.Offered, TopicsTotal: 4, ClientsTotal: 3,
		Broker: &system.Broker{
			Time: now, Name: "eu-1", Version: "joltui 0.9.1", UptimeS: 11_520, Security: true, Connections: 214, MaximumConnections: 10_000, Topics: 3,
			Rates:         &system.Rates{MessagesIn: 1213, BytesIn: 1_240_000, MessagesOut: 9704, BytesOut: 9_920_000},
			SlowConsumers: 2, LoginFailures: 1, RequestsRefused: map[string]uint64{"forbidden": 12, "too_large": 1},
			PublishersPaused: 2.14, MemoryUsed: 120e6, MemoryLimit: 400e6,
		},
		Topics: []system.Topic{
			{Topic: "audit", Subscribers: 1, LastHeard: ago(3 * time.Minute)},
			{Topic: "invoices.created", MessageRate: 12.4, ByteRate: 6200, LastHeard: ago(time.Second)},
			{Topic: "orders.created", Subscribers: 8, MessageRate: 1200, ByteRate: 1_230_000, LastHeard: ago(0)},
			{Topic: "orders.paid", Subscribers: 2, LastHeard: ago(40 * time.Second)},
		},
		Clients: []system.Client{
			{ID: 1, Address: "10.0.0.4:51812", User: "shop", Since: ago(3 * time.Hour), Rates: system.Rates{MessagesIn: 1200, BytesIn: 1_230_000}},
			{ID: 2, Address: "10.0.0.7:40022", User: "reports", Since: ago(12 * time.Minute), Subscriptions: 3, Backlog: 3_400_000,
				Rates: system.Rates{MessagesOut: 1200, BytesOut: 1_230_000}},
			{ID: 3, Address: "[fe80::1]:4711", Since: ago(4 * time.Second), Subscriptions: 1},
		},
		Events: []system.Event{
			{Time: ago(50 * time.Second), Event: system.Connected, Address: "10.0.0.7:40022"},
			{Time: ago(49 * time.Second), Event: system.LoggedIn, Address: "10.0.0.7:40022", User: "reports"},
			{Time: ago(30 * time.Second), Event: system.Refused, Address: "10.0.0.9:1", User: "eve", Reason: "login_failed: wrong user or password"},
			{Time: ago(9 * time.Second), Event: system.SlowConsumer, Address: "10.0.0.8:50123", User: "bi", LostMessages: 1204, LostBytes: 1_300_000},
			{Time: ago(9 * time.Second), Event: system.Disconnected, Address: "10.0.0.8:50123", User: "bi", Reason: "slow_consumer"},
			{Time: ago(2 * time.Second), Event: system.Logged, Level: "WARN", Message: "the certificate ends soon", Attributes: map[string]string{"days": "6"}},
			{Time: ago(time.Second), Event: system.Omitted, Count: 31},
		},
	}
}

func subscribed(topic string) *feed.Feed {
	f := feed.New(feed.Limits{})
	f.Tick(kittest.Start())
	f.Want(topic, kittest.Start())
	f.Apply([]jolt.Event{&jolt.Reply{At: kittest.Start(), Request: jolt.Request{Op: jolt.OpSubscribe, Topic: topic}, Outcome: jolt.Acknowledged}})
	return f
}

func press(t *testing.T, p *Page, f *feed.Feed, keys ...string) (last kit.Intent) {
	t.Helper()
	for _, k := range keys {
		last = p.Update(kittest.Press(k), f)
	}
	return last
}

func TestPage(t *testing.T) {
	f := subscribed("orders.created")
	views := map[string]struct {
		told func(*monitor.Snapshot)
		keys []string
	}{
		"topics":  {nil, []string{"j", " "}},
		"clients": {nil, []string{"tab"}},
		"events":  {nil, []string{"tab", "tab"}},
		"no rights": {func(s *monitor.Snapshot) {
			s.Clients, s.ClientsTotal, s.Forbidden = nil, 0, []string{system.ClientsTopic}
		}, []string{"tab"}},
		"well": {func(s *monitor.Snapshot) {
			s.Broker = &system.Broker{Time: s.At, Security: false}
			s.Topics, s.TopicsTotal = nil, 0
		}, nil},
		"asking":    {func(s *monitor.Snapshot) { *s = monitor.Snapshot{} }, nil},
		"absent":    {func(s *monitor.Snapshot) { *s = monitor.Snapshot{State: monitor.Absent} }, nil},
		"refused":   {func(s *monitor.Snapshot) { *s = monitor.Snapshot{State: monitor.Refused, Reason: "forbidden: no"} }, nil},
		"down":      {func(s *monitor.Snapshot) { *s = monitor.Snapshot{State: monitor.Down, Reason: "connection refused"} }, nil},
		"then down": {func(s *monitor.Snapshot) { s.State, s.Reason = monitor.Down, "connection refused" }, nil},
		"long ago":  {func(s *monitor.Snapshot) { s.At = s.At.Add(-time.Minute) }, nil},
		"left out":  {func(s *monitor.Snapshot) { s.TopicsTotal = 12_000 }, nil},
		"unavailable": {func(s *monitor.Snapshot) {
			s.Broker.Shared = &system.Shared{Brokers: 2, Unavailable: "no connection to NATS: connection refused"}
		}, []string{"tab", "tab"}},
		"other users": {func(s *monitor.Snapshot) {
			s.Broker.Shared = &system.Shared{Brokers: 5, OtherUsers: []string{"eu-2", "eu-3", "eu-4", "eu-5"}}
		}, nil},
		"nothing is": {func(s *monitor.Snapshot) { s.Topics, s.TopicsTotal = nil, 0 }, nil},
	}
	for name, v := range views {
		for _, w := range []int{80, 160} {
			t.Run(fmt.Sprintf("%s %d", name, w), func(t *testing.T) {
				p := newPage(w, w/4)
				s := busy()
				if v.told != nil {
					v.told(s)
				}
				p.Show(s)
				press(t, p, f, v.keys...)
				kittest.RequireGolden(t, p.View(f, kittest.Start()))
			})
		}
	}
}

// However narrow the page is, and whatever texts and numbers the broker tells, its rows are
// as wide as asked.
func TestPageGivesWay(t *testing.T) {
	hostile := "\x1b[2J\u202e世界" + strings.Repeat("é", 200) + "\n"
	s := busy()
	s.Reason = hostile
	s.Broker.Name, s.Broker.Version, s.Broker.UptimeS, s.Broker.MemoryLimit = hostile, hostile, 1e300, -1
	s.Broker.RequestsRefused[hostile] = 1 << 63
	s.Broker.Shared = &system.Shared{Brokers: -1, OtherUsers: []string{hostile, "", hostile, hostile}, Unavailable: hostile}
	s.Topics = append(s.Topics, system.Topic{Topic: hostile, Subscribers: -4, MessageRate: 1e300, LastHeard: system.Stamp(hostile)})
	s.Clients = append(s.Clients, system.Client{Address: hostile, User: hostile, Backlog: -1, Subscriptions: -1})
	s.Events = append(s.Events,
		system.Event{Event: hostile, Reason: hostile, Address: hostile, User: hostile},
		system.Event{Event: system.SlowConsumer, LostMessages: -1, LostBytes: -1},
		system.Event{Event: system.Logged, Message: hostile, Attributes: map[string]string{hostile: hostile}})
	for _, styles := range []*kit.Styles{{}, kittest.Coloured()} {
		p := New(styles, Actions(true), kittest.MoveKeys())
		p.Show(s)
		p.setFind("é")
		for _, find := range []string{"", "é"} {
			p.setFind(find)
			for on := range lists {
				p.on = on
				for w := range 140 {
					for _, h := range []int{w % 4, 5, 12} {
						p.SetSize(w, h)
						kittest.RequireSize(t, p.View(subscribed(hostile), kittest.Start()), w, h)
					}
				}
			}
		}
	}
}

// The cursor stays on its topic, on its line of the screen, while others change places.
func TestCursorStaysOnItsTopic(t *testing.T) {
	p, f := newPage(80, 20), feed.New(feed.Limits{})
	p.Show(busy())
	press(t, p, f, "j")
	was, _ := p.topics.Current()
	next := busy()
	next.Topics[0].MessageRate = 1e6 // goes to the top
	p.Show(next)
	if now, _ := p.topics.Current(); now.Topic != was.Topic {
		t.Errorf("the cursor is on %q, want %q", now.Topic, was.Topic)
	}
	next.Topics = next.Topics[:1]
	p.Show(next)
	if now, any := p.topics.Current(); !any || now.Topic != "audit" {
		t.Errorf("the cursor is on %q after its topic has gone", now.Topic)
	}
}

func TestSubscribe(t *testing.T) {
	p, f := newPage(80, 20), feed.New(feed.Limits{})
	for name, test := range map[string]struct {
		keys []string
		want string
	}{
		"the selected one": {[]string{"enter"}, "{[orders.created]}"},
		"the marked ones":  {[]string{" ", " ", "j", "enter"}, "{[invoices.created orders.created]}"},
		"marks go":         {[]string{" ", " ", "k", " ", "esc", "enter"}, "{[orders.paid]}"},
		"not a client":     {[]string{"tab", "enter"}, "{only topics can be subscribed to: press tab goes to their list}"},
	} {
		*p = *newPage(80, 20)
		p.Show(busy())
		if got := fmt.Sprint(press(t, p, f, test.keys...)); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestFindAndSort(t *testing.T) {
	p, f := newPage(80, 20), feed.New(feed.Limits{})
	p.Show(busy())
	q := kittest.Asked(t, press(t, p, f, "/"))
	q.Live("ORDERS")
	if n := len(p.topics.All); n != 2 {
		t.Errorf("%d topics are found, want 2", n)
	}
	press(t, p, f, "esc")
	if n := len(p.topics.All); n != 4 {
		t.Errorf("%d topics are there after esc, want 4", n)
	}
	press(t, p, f, "o")
	if first := p.topics.All[0].Topic; first != "audit" {
		t.Errorf("by name %q is the first", first)
	}
}

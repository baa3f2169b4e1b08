package main

import (
	"encoding/json"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPercentile(t *testing.T) {
	ten := []time.Duration{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	for _, test := range []struct {
		sorted  []time.Duration
		percent float64
		want    time.Duration
	}{
		{nil, 50, 0}, {ten[:1], 99, 1}, {ten, 0, 1}, {ten, 50, 5}, {ten, 51, 6}, {ten, 99, 10}, {ten, 100, 10}, {ten[:3], 50, 2},
	} {
		if got := percentile(test.sorted, test.percent); got != test.want {
			t.Errorf("%v %% of %v is %v, want %v", test.percent, test.sorted, got, test.want)
		}
	}
}

func TestParseProc(t *testing.T) {
	if got := parseStat("123 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 250 35 0 0 20 0\n"); got != 2850*time.Millisecond {
		t.Errorf("processor time %v", got)
	}
	if got := parseStatm("9181 2712 1733 10 0 444 0\n"); got != 2712*os.Getpagesize() {
		t.Errorf("resident %d", got)
	}
	if parseStat("") != 0 || parseStat("1 (a) S 1") != 0 || parseStatm("x") != 0 {
		t.Error("what is none of it was read")
	}
}

func TestFindSendQueue(t *testing.T) {
	const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
   0: 0100007F:2553 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0
   1: 0100007F:2553 0200007F:92DE 01 003F4A3E:00000000 01:00000000 00000000     0
   2: 0200007F:92DE 0100007F:2553 01 00000000:00001234 00:00000000 00000000     0
   3: 0100007F:2553 0300007F:92DF 04 00000007:00000000 01:00000000 00000000     0
`
	broker := netip.MustParseAddrPort("127.0.0.1:9555")
	for remote, want := range map[string]struct {
		bytes int
		open  bool
	}{
		"127.0.0.2:37598": {0x3f4a3e, true},
		"127.0.0.3:37599": {7, false},
		"127.0.0.4:37599": {0, false},
	} {
		bytes, open := findSendQueue(strings.NewReader(table), broker, netip.MustParseAddrPort(remote))
		if bytes != want.bytes || open != want.open {
			t.Errorf("%s: %d, %v", remote, bytes, open)
		}
	}
}

// Packets as version 3.1.1 has them, byte by byte.
func TestMQTT(t *testing.T) {
	m := mqtt{}
	for _, test := range []struct{ got, want string }{
		{m.Hello().Request, "\x10\x0c\x00\x04MQTT\x04\x02\x00\x00\x00\x00"},
		{connectMQTT("u", "pw").Request, "\x10\x13\x00\x04MQTT\x04\xc2\x00\x00\x00\x00\x00\x01u\x00\x02pw"},
		{m.Subscribe("t", 258).Request, "\x82\x06\x01\x02\x00\x01t\x00"},
		{m.Subscribe("t", 258).Reply, "\x90\x03\x01\x02\x00"},
		{m.Publish("t", "data", 0).Request, "\x30\x07\x00\x01tdata"},
		{m.Message("t", strings.Repeat("x", 200), 1)[:5], "\x30\xcb\x01\x00\x01"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestTable(t *testing.T) {
	c := attack{name: "case", about: "what it does"}
	results := []result{
		{"before", []row{count("up", 1234567, "clients"), seconds("ended", 20*time.Second).unless(false, "killed")}},
		{"after", []row{count("up", 5, "clients"), millis("more", 1500*time.Microsecond)}},
	}
	var out strings.Builder
	if err := (options{}).print(&out, c, results); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(out.String()) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	want := []string{"case: what it does", "before after", "up 1234567 clients 5 clients", "ended 20 s (killed) –", "more – 1.5 ms", ""}
	if !slices.Equal(lines, want) {
		t.Errorf("got %q", lines)
	}
	out.Reset()
	if err := (options{json: true}).print(&out, c, results[1:]); err != nil {
		t.Fatal(err)
	}
	var first map[string]any
	line, _, _ := strings.Cut(out.String(), "\n")
	if err := json.Unmarshal([]byte(line), &first); err != nil || first["case"] != "case" || first["target"] != "after" ||
		first["name"] != "up" || first["figure"] != 5.0 || first["unit"] != "clients" {
		t.Errorf("%s: %v", line, err)
	}
}

func TestShort(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 0.0004: "<0.001", 0.01234: "0.0123", 3: "3", 15.26: "15.3", 1234.5: "1234", 1e6: "1000000"} {
		if got := short(v); got != want {
			t.Errorf("%v is %s, want %s", v, got, want)
		}
	}
}

func TestOptions(t *testing.T) {
	o, err := parseOptions([]string{"-joltui", "a", "-joltui", "b", "-only", "http,storm", "-peers", "redis", "-json"}, t.Output())
	if err != nil || !slices.Equal(o.joltui, []string{"a", "b"}) || len(o.cases) != 2 || o.cases[0].name != "http" ||
		!slices.Equal(o.peers, []string{"redis"}) || !o.json {
		t.Errorf("%+v, %v", o, err)
	}
	for _, bad := range [][]string{{"-only", "nothing", "-joltui", "a"}, {"-peers", ""}, {"-joltui", "a", "b"}, {"-what"}} {
		if _, err := parseOptions(bad, t.Output()); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

package wire

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"joltui/internal/feed"
	"joltui/internal/human"
	"joltui/internal/trace"
	"joltui/jolt"
	"joltui/ui/views/intent"
	"joltui/ui/views/kit"
	"joltui/ui/views/kit/kittest"
)

// wireFixture is a wire that is watched, and its page.
type wireFixture struct {
	t    *testing.T
	wire *trace.Trace
	view *Page
	at   time.Time
}

func newWireFixture(t *testing.T, w, h int) *wireFixture {
	x := &wireFixture{t: t, wire: trace.New(), at: kittest.Start()}
	x.wire.Watch(true, x.at)
	x.view = New(&kit.Styles{}, Actions(), kittest.MoveKeys(), x.wire)
	x.view.SetSize(w, h)
	return x
}

// trace adds a line to the wire, a millisecond after the one before.
func (x *wireFixture) trace(l jolt.TraceLine) {
	x.at = x.at.Add(time.Millisecond)
	l.At = x.at
	if l.Size == 0 {
		l.Size = len(l.Line)
	}
	x.wire.Add(l)
}

func (x *wireFixture) sent(r jolt.Request) {
	line, err := jolt.AppendRequest(nil, r)
	if err != nil {
		x.t.Fatal(err)
	}
	x.trace(jolt.TraceLine{Sent: true, Line: strings.TrimSuffix(string(line), "\n"), Request: &r})
}

// received adds a received line, which answers r if that is not nil.
func (x *wireFixture) received(line string, r *jolt.Request) {
	f, err := jolt.ParseFrame(line)
	x.trace(jolt.TraceLine{Line: line, Frame: f, Request: r, Err: err})
}

func (x *wireFixture) messages(n int) {
	for i := range n {
		x.received(fmt.Sprintf(`{"topic":"orders.eu","data":"number %d"}`, i), nil)
	}
}

func (x *wireFixture) press(keys ...string) (last kit.Intent) {
	for _, k := range keys {
		last = x.view.Update(kittest.Press(k), nil)
	}
	return last
}

func (x *wireFixture) rows() []string { return x.view.View(nil, kittest.Start()) }
func (x *wireFixture) text() string   { return strings.Join(x.rows(), "\n") }

func (x *wireFixture) filter(text string) {
	f, err := feed.ParseFilter(text)
	if err != nil {
		x.t.Fatal(err)
	}
	x.view.SetFilter(f)
}

// variety adds a line of each kind.
func (x *wireFixture) variety() {
	login, publish := jolt.Request{Op: jolt.OpAuth, User: "alice", Pass: "***"}, jolt.Request{Op: jolt.OpPublish, Topic: "orders.eu", Data: strings.Repeat("x", 123)}
	secret := jolt.Request{Op: jolt.OpSubscribe, Topic: "secret"}
	x.sent(login)
	x.received(`{"ok":true}`, &login)
	x.sent(secret)
	x.received(`{"ok":false,"error":"forbidden: subscribe:secret is not granted to alice"}`, &secret)
	x.sent(jolt.Request{Op: jolt.OpUnsubscribe, Topic: "audit"})
	x.sent(jolt.Request{Op: jolt.OpPing})
	x.sent(publish)
	x.received(`{"ok":true}`, &publish)
	x.received(`{"topic":"orders.eu","data":"{\"id\":4711}"}`, nil)
	x.received(`{"ok":true}`, nil)
	x.received(`{"ok":false,"error":"shutting_down: the broker stops"}`, nil)
	x.received(`{"hello":"world"}`, nil)
	x.received(`{"ok":tru`, nil)
	x.trace(jolt.TraceLine{Line: strings.Repeat("z", 256), Size: 20 << 20, Err: fmt.Errorf("%w: 20971520 bytes, the limit is 16777216", jolt.ErrLineTooLong)})
	x.wire.Watch(false, x.at)
	x.messages(1204)
}

func TestWireGolden(t *testing.T) {
	for _, size := range [][2]int{{80, 22}, {160, 48}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			x := newWireFixture(t, size[0], size[1])
			x.variety()
			x.filter("o")
			kittest.RequireGolden(t, x.rows())
		})
	}
}

func TestWireWords(t *testing.T) {
	x := newWireFixture(t, 200, 40)
	x.variety()
	text := x.text()
	for _, words := range []string{
		"→     41 B  login as alice ", "←     11 B  ok for login ", "→     29 B  subscribe secret ",
		"error for subscribe: forbidden: subscribe:s…", "unsubscribe audit ", "ping ", "publish orders.eu 123 B ",
		"ok for publish ", "message on orders.eu 11 B ", "ok, though nothing was asked ",
		"error: shutting_down: the broker stops ", "frame of an unknown kind ", "unreadable: malformed frame",
		"21 MB  unreadable: line too long", "── 1,204 messages left out ─", "12:01:02.124000 ",
	} {
		if !strings.Contains(text, words) {
			t.Errorf("%q is not on\n%s", words, text)
		}
	}
}

// Nothing moves while the view is paused or scrolled up, and it goes on at the end.
func TestWireFreezes(t *testing.T) {
	for name, keys := range map[string][2]string{"paused": {" ", " "}, "scrolled": {"k", "G"}, "at the top": {"g", "G"}} {
		t.Run(name, func(t *testing.T) {
			x := newWireFixture(t, 100, 12)
			x.messages(50)
			x.rows()
			x.press(keys[0])
			before := x.rows()
			for i := range 20 {
				x.messages(500)
				if i%2 > 0 {
					x.at = x.at.Add(time.Second)
				}
				after := x.rows()
				if diff := cmp.Diff(before[1:], after[1:]); diff != "" {
					t.Fatalf("it has moved (-before +after):\n%s", diff)
				}
				if want := fmt.Sprintf("▼ %s new", human.Count(uint64(500*(i+1)))); i < 1 && !strings.Contains(after[0], want) {
					t.Fatalf("%q is not on %s", want, after[0])
				}
			}
			x.press(keys[1])
			x.received(`{"topic":"a","data":"the newest"}`, nil)
			if text := x.text(); !strings.Contains(text, "the newest") || strings.Contains(text, "▼") {
				t.Errorf("it does not follow the end:\n%s", text)
			}
		})
	}
}

func TestWireFilterAndDirection(t *testing.T) {
	x := newWireFixture(t, 200, 40)
	x.variety()
	shown := func() (arrows string) {
		for _, row := range x.rows()[1:] {
			for _, sign := range []string{"→", "←", "── "} {
				if strings.Contains(row[:min(len(row), 30)], sign) {
					arrows += strings.TrimSpace(sign)
				}
			}
		}
		return arrows
	}
	if shown() != "→←→←→→→←←←←←←←──" {
		t.Errorf("shown are %s", shown())
	}
	x.press("o")
	if shown() != "→→→→→" {
		t.Errorf("sent are %s:\n%s", shown(), x.text())
	}
	x.press("o")
	if shown() != "←←←←←←←←←──" {
		t.Errorf("received are %s", shown())
	}
	x.press("o")
	x.filter(`"ok":true`)
	if got := shown(); got != "←←←──" || !strings.Contains(x.text(), `filter /"ok":true/ ─ 4 of 15`) {
		t.Errorf("%s match:\n%s", got, x.text())
	}
	x.filter(`!"ok"`)
	if got := shown(); got != "→→→→→←←←──" || !strings.Contains(x.text(), `filter !/"ok"/`) {
		t.Errorf("%s match:\n%s", got, x.text())
	}
	x.filter("nowhere")
	x.press("o") // what was left out is not sent
	if got := shown(); got != "" || !strings.Contains(x.text(), "none of 15 lines is to be shown") {
		t.Errorf("%s match:\n%s", got, x.text())
	}
	if q := kittest.Asked(t, x.press("/")); q.Text != "nowhere" || q.Live("(") != nil || q.Live(`"op"`) != nil || x.view.FilterText() != `"op"` {
		t.Errorf("/ asks with %q, and sets %q", q.Text, x.view.FilterText())
	}
}

// The cursor stays on its line while others come and go around it.
func TestWireKeepsItsPlace(t *testing.T) {
	x := newWireFixture(t, 100, 12)
	for i := range 300 {
		x.sent(jolt.Request{Op: jolt.OpPing})
		x.received(fmt.Sprintf(`{"topic":"orders.eu","data":"number %d"}`, i), nil)
	}
	x.rows()
	x.press("pgup", "pgup", "pgup")
	marked := func() string {
		rows := x.rows()
		return rows[slices.IndexFunc(rows, func(row string) bool { return strings.Contains(row, "▸") })]
	}
	line := marked()
	if !strings.Contains(line, "ping") {
		x.press("k")
		line = marked()
	}
	for _, change := range []func(){
		func() { x.filter("ping") }, func() { x.press("o") }, func() { x.filter("") }, func() { x.press("w") }, func() { x.messages(5000) },
	} {
		change()
		if got := marked(); got != line {
			t.Errorf("the cursor is on\n%s\nand not on\n%s", got, line)
		}
	}
}

// The page shows what a search of all lines would find, and before it what it had found and
// the wire has given up, as far as the bounds allow.
func TestWireRowsAgreeWithASearch(t *testing.T) {
	x := newWireFixture(t, 100, 12)
	x.filter("77")
	var all []string
	for round := range 60 {
		for i := range 200 {
			text := fmt.Sprint(round*200 + i)
			x.trace(jolt.TraceLine{Sent: true, Line: text, Request: &jolt.Request{}})
			if strings.Contains(text, "77") {
				all = append(all, text)
			}
		}
		x.rows()
		var got []string
		r := &x.view.rows
		for row := r.first(); row < r.next(); row++ {
			if got = append(got, r.at(row).Text); r.find(r.line(row)) != row {
				t.Fatalf("row %d is found as %d", row, r.find(r.line(row)))
			}
		}
		if diff := cmp.Diff(all, got); diff != "" {
			t.Fatalf("round %d (-want +got):\n%s", round, diff)
		}
	}
	if top := x.rows()[0]; !strings.Contains(top, " kept") {
		t.Errorf("it is not said that lines are kept: %s", top)
	}
	x.filter("776") // what is kept is searched, too
	if r := &x.view.rows; r.next()-r.first() != 22 {
		t.Errorf("%d rows", r.next()-r.first())
	}
	x.filter("")
	if n := len(x.view.rows.kept.all); n != 0 {
		t.Errorf("%d are kept without a filter", n)
	}
}

// What is kept is bounded in number and bytes.
func TestWireKeepsABoundedNumber(t *testing.T) {
	var k keptLines
	gone := 0
	for pos := range uint64(maxKept + 10) {
		gone += k.add(pos, &trace.Line{Text: "x"})
	}
	if len(k.all) != maxKept || gone != 10 || k.all[0].pos != 10 {
		t.Errorf("%d kept from %d, %d gone", len(k.all), k.all[0].pos, gone)
	}
	gone = k.add(9999, &trace.Line{Text: strings.Repeat("x", maxKeptBytes)})
	if len(k.all) != 1 || gone != maxKept || k.bytes != maxKeptBytes {
		t.Errorf("%d kept of %d bytes, %d gone", len(k.all), k.bytes, gone)
	}
}

func TestWireShowsALineWhole(t *testing.T) {
	x := newWireFixture(t, 60, 10)
	long := `{"topic":"orders.eu","data":"` + strings.Repeat("0123456789", 200) + `end"}`
	x.received(long, nil)
	if got := x.press("y"); got != (intent.Copy{What: "a line on the wire", Text: long}) {
		t.Errorf("y gives %#v", got)
	}
	x.press("enter")
	for _, words := range []string{"← 2 kB ─ message on orders.eu 2 kB"} {
		if !strings.Contains(x.text(), words) {
			t.Errorf("%q is not on\n%s", words, x.text())
		}
	}
	x.messages(10)
	seen := x.text()
	for range 60 {
		x.press("j")
		seen += x.text()
	}
	if got := strings.Count(strings.ReplaceAll(seen, "\n", ""), `end"}`); got == 0 || !strings.Contains(seen, "100 %") {
		t.Errorf("its end is never seen:\n%s", x.text())
	}
	if got := x.press("y"); got != (intent.Copy{What: "a line on the wire", Text: long}) {
		t.Errorf("y gives %#v", got)
	}
	x.press("esc")
	if !strings.Contains(x.text(), "▼ 10 new") {
		t.Errorf("it is not where it was:\n%s", x.text())
	}
	if got := x.press("esc"); got != (kit.Leave{}) {
		t.Errorf("esc gives %#v", got)
	}
	x.press("G")
	x.received(strings.Repeat("y", 40_000), nil)
	x.press("enter")
	if !strings.Contains(x.text(), "23.6 kB not kept") {
		t.Errorf("nothing says that a part is missing:\n%s", x.text())
	}
}

// Whatever comes over the wire, each row is as wide as the window, and nothing but
// printable text.
func TestWireIsPrintable(t *testing.T) {
	hostile := []string{
		"\x1b[2J\x1b]0;owned\a", "\u202e\u200b\x9b31m\u009b2J", "日本語 👩‍👩‍👧 e\u0301", "\t\r\n\x00", "\xff\xfe", strings.Repeat("\u0301", 100),
	}
	for _, w := range []int{0, 1, 2, 10, 40, 79, 120} {
		for _, text := range hostile {
			x := newWireFixture(t, w, 9)
			r := jolt.Request{Op: jolt.OpPublish, Topic: text, User: text}
			for _, l := range []jolt.TraceLine{
				{Line: text, Sent: true, Request: &r}, {Line: text, Sent: true, Request: &jolt.Request{Op: jolt.OpAuth, User: text}},
				{Line: text, Err: errors.New(text)}, {Line: text, Frame: jolt.Frame{Kind: jolt.FrameMessage, Topic: text}},
				{Line: text, Frame: jolt.Frame{Kind: jolt.FrameError, Error: text}, Request: &r},
			} {
				x.trace(l)
				x.filter("")
				for _, keys := range [][]string{{"w"}, {"w"}, {"enter"}, {"esc"}, {"G"}} {
					x.press(keys...)
					kittest.RequireSize(t, x.rows(), w, 9)
					for _, c := range x.text() {
						if c < 0x20 && c != '\n' || c >= 0x7f && c < 0xa0 || c == 0x202e || c == 0x200b || c == '\ufffd' {
							t.Fatalf("%q is on the screen of %q at width %d:\n%q", c, text, w, x.text())
						}
					}
				}
			}
		}
	}
}

func TestWirePaints(t *testing.T) {
	x := newWireFixture(t, 120, 20)
	x.variety()
	plain := x.rows()
	x.view.styles = kittest.Coloured()
	x.filter("orders")
	x.filter("")
	for i, row := range x.rows() {
		if ansi.Strip(row) != plain[i] {
			t.Errorf("row %d is %q with colours, and %q without", i, ansi.Strip(row), plain[i])
		}
	}
}

package jolt

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseFrame(t *testing.T) {
	message := func(topic, data string) Frame { return Frame{Kind: FrameMessage, Topic: topic, Data: data} }
	refusal := func(text string) Frame { return Frame{Kind: FrameError, Error: text} }
	ack, unknown := Frame{Kind: FrameAck}, Frame{Kind: FrameUnknown}
	for _, tt := range []struct {
		line string
		want Frame
	}{
		{`{"ok":true}`, ack},
		{` { "ok" : true } ` + "\r", ack},
		{`{"ok":true,"took":1.5e3,"by":[1,{"a":null}]}`, ack},
		{`{"ok":false,"error":"forbidden: no"}`, refusal("forbidden: no")},
		{`{"error":"no","ok":false}`, refusal("no")},
		{`{"ok":false}`, refusal("unknown error")},
		{`{"ok":false,"error":""}`, refusal("unknown error")},
		{`{"ok":false,"error":null}`, refusal("unknown error")},
		{`{"ok":false,"error":{"code":7}}`, refusal(`{"code":7}`)},

		{`{"error":"no"}`, refusal("no")},
		{`{"topic":"a","error":{"code":7}}`, refusal(`{"code":7}`)},
		{`{"error":""}`, unknown},
		{`{"error":null}`, unknown},
		{`{"error":0}`, unknown},
		{`{"error":"no","ok":null}`, unknown},
		{`{"error":"no","ok":true}`, ack},
		{`{"error":"no","topic":"a","data":"b"}`, message("a", "b")},

		{`{"topic":"a","data":"b"}`, message("a", "b")},
		{`{"data":"b","topic":"a"}`, message("a", "b")},
		{`{"topic":"","data":""}`, message("", "")},
		{`{"ok":true,"topic":"a","data":"b"}`, message("a", "b")},
		{`{"topic":"a","data":"\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00"}`, message("a", "\"\\/\b\f\n\r\tAé😀")},
		{`{"topic":"ключ","data":"日本語"}`, message("ключ", "日本語")},
		{`{"topic":"a","data":{"x":[1,2]}}`, message("a", `{"x":[1,2]}`)},
		{`{"topic":"a","data":-1.50}`, message("a", "-1.50")},
		{`{"topic":"a","data":null}`, message("a", "null")},
		{`{"topic":"a","data":"cut emoji \ud83d"}`, message("a", `cut emoji \ud83d`)},
		{`{"topic":"\uDC00\ud800","data":"\ud800\u0041"}`, message(`\uDC00\ud800`, `\ud800A`)},
		{`{"topic":"a","data":["\ud800"],"\ud800":"\ud800"}`, message("a", `["\ud800"]`)},
		{`{"ok":false,"error":"\udfff"}`, refusal(`\udfff`)},
		{`{"topic":"a","data":true}`, message("a", "true")},
		{`{"topic":"a","data":"b","k1":1,"k2":2,"k3":3,"k4":4,"k5":5,"k6":6,"k7":7}`, message("a", "b")},

		{`{}`, unknown},
		{`{"topic":"a"}`, unknown},
		{`{"data":"b"}`, unknown},
		{`{"topic":7,"data":"b"}`, unknown},
		{`{"OK":true}`, unknown},
		{`{"ok":"true"}`, unknown},
		{`{"ok":1}`, unknown},
		{`{"ok":null}`, unknown},
		{`{"hello":"client"}`, unknown},
	} {
		got, err := ParseFrame(tt.line)
		if err != nil || got != tt.want {
			t.Errorf("ParseFrame(%s) = %+v, %v; want %+v", tt.line, got, err, tt.want)
		}
	}
}

var malformedLines = []string{
	``, ` `, `x`, `true`, `[]`, `"ok"`, `{`, `{"`, `{"ok`, `{"ok"`, `{"ok":`, `{"ok":true`, `{"ok":true,`,
	`{"ok":true,}`, `{"ok" true}`, `{ok:true}`, `{'ok':true}`, `{"ok":true}x`, `{"ok":true}{"ok":true}`,
	`{"ok":tru}`, `{"ok":truex}`, `{"ok":True}`, `{"ok":nul}`, `{"ok":01}`, `{"ok":+1}`, `{"ok":.5}`, `{"ok":[1,]}`,
	`{"ok":true,"ok":true}`, `{"topic":"a","topic":"b","data":"c"}`, `{"a":1,"\u0061":2}`,
	`{"1":1,"2":2,"3":3,"4":4,"5":5,"6":6,"7":7,"8":8,"7":9}`,
	"{\"topic\":\"a\",\"data\":\"\xff\"}", "{\"topic\":\"a\",\"data\":[\"\xff\"]}", "{\"\xc3\":1}",
	"{\"topic\":\"a\",\"data\":\"\n\"}", "{\"topic\":\"a\",\"data\":\"\x00\"}", "{\"topic\":\"a\",\"data\":\"\x1b[31m\"}",
	`{"topic":"a","data":"\x41"}`, `{"topic":"a","data":"\u12"}`, `{"topic":"a","data":"\u12g4"}`, `{"topic":"a","data":"\`,
	`{"topic":"a","data":"\ud8"}`, `{"topic":"a","data":"\ud800\u00"}`,
	`{"topic":"a","data":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`,
}

func TestMalformed(t *testing.T) {
	for _, line := range malformedLines {
		if f, err := ParseFrame(line); !errors.Is(err, ErrMalformed) || f != (Frame{}) {
			t.Errorf("ParseFrame(%.80q) = %+v, %v; want ErrMalformed", line, f, err)
		}
		if r, err := ParseRequest(line); !errors.Is(err, ErrMalformed) || r != (Request{}) {
			t.Errorf("ParseRequest(%.80q) = %v, %v; want ErrMalformed", line, r, err)
		}
	}
}

func TestParseRequest(t *testing.T) {
	for _, tt := range []struct {
		line string
		want Request
		err  string
	}{
		{line: `{"op":"auth","user":"ann","pass":"p\"w"}`, want: Request{Op: OpAuth, User: "ann", Pass: `p"w`}},
		{line: `{"op":"sub","topic":"a.b"}`, want: Request{Op: OpSubscribe, Topic: "a.b"}},
		{line: `{"op":"sub","topic":""}`, want: Request{Op: OpSubscribe}},
		{line: `{"topic":"a","op":"unsub","id":7}`, want: Request{Op: OpUnsubscribe, Topic: "a"}},
		{line: `{"op":"pub","topic":"a","data":"{\"n\":1}"}`, want: Request{Op: OpPublish, Topic: "a", Data: `{"n":1}`}},
		{line: `{"op":"pub","topic":"a","data":""}`, want: Request{Op: OpPublish, Topic: "a"}},
		{line: `{"op":"ping"}`, want: Request{Op: OpPing}},
		{line: `{}`, err: `jolt: malformed frame: a request needs "op"`},
		{line: `{"Op":"ping"}`, err: `jolt: malformed frame: a request needs "op"`},
		{line: `{"cmd":"publish","topic":"a","data":"b"}`, err: `jolt: malformed frame: a request needs "op" in place of "cmd", which clients before 2.3.1 send: update the client`},
		{line: `{"command":"ping"}`, err: `jolt: malformed frame: a request needs "op" in place of "command", which clients before 2.3.1 send: update the client`},
		{line: `{"op":7}`, err: `jolt: malformed frame: "op" of a request must be a string`},
		{line: `{"op":"PING"}`, err: `jolt: unknown op "PING"`},
		{line: `{"op":"list"}`, err: `jolt: unknown op "list"`},
		{line: `{"op":"pub","topic":"a","data":"\ud800"}`, err: `jolt: malformed frame: byte 32: unpaired surrogate`},
		{line: `{"op":"sub"}`, err: `jolt: malformed frame: sub needs "topic"`},
		{line: `{"op":"sub","topic":null}`, err: `jolt: malformed frame: "topic" of sub must be a string`},
		{line: `{"op":"pub","topic":"a"}`, err: `jolt: malformed frame: pub needs "data"`},
		{line: `{"op":"pub","topic":"a","data":{}}`, err: `jolt: malformed frame: "data" of pub must be a string: other JSON has to be the text of one`},
		{line: `{"op":"auth","user":"a"}`, err: `jolt: malformed frame: auth needs "pass"`},
	} {
		got, err := ParseRequest(tt.line)
		if tt.err == "" && (err != nil || got != tt.want) {
			t.Errorf("ParseRequest(%s) = %#v, %v; want %#v", tt.line, got, err, tt.want)
		}
		if tt.err != "" && (err == nil || err.Error() != tt.err) {
			t.Errorf("ParseRequest(%s) error = %v; want %s", tt.line, err, tt.err)
		}
	}
}

func TestAppend(t *testing.T) {
	odd := "\x00\x1f\"\\\b\f\n\r\t/é\u2028😀\x7f"
	escaped := `\u0000\u001f\"\\\b\f\n\r\t/é` + "\u2028😀\x7f"
	for _, tt := range []struct {
		req  Request
		want string
	}{
		{Request{Op: OpAuth, User: "u", Pass: "p"}, `{"op":"auth","user":"u","pass":"p"}`},
		{Request{Op: OpSubscribe, Topic: "t", Data: "not sent"}, `{"op":"sub","topic":"t"}`},
		{Request{Op: OpUnsubscribe, Topic: "t"}, `{"op":"unsub","topic":"t"}`},
		{Request{Op: OpPublish, Topic: "t", Data: odd}, `{"op":"pub","topic":"t","data":"` + escaped + `"}`},
		{Request{Op: OpPing, Ref: 7, Auto: true}, `{"op":"ping"}`},
	} {
		got, err := AppendRequest([]byte("before "), tt.req)
		if err != nil || string(got) != "before "+tt.want+"\n" {
			t.Errorf("AppendRequest(%v) = %q, %v; want %q", tt.req, got, err, tt.want)
		}
	}
	if got := string(AppendMessage(nil, "t", odd)); got != `{"topic":"t","data":"`+escaped+"\"}\n" {
		t.Errorf("AppendMessage = %q", got)
	}
	if got := string(AppendError(AppendAck(nil), "a \"b\"")); got != "{\"ok\":true}\n{\"ok\":false,\"error\":\"a \\\"b\\\"\"}\n" {
		t.Errorf("AppendError(AppendAck) = %q", got)
	}
	if got := string(AppendError(nil, "\xff")); got != "{\"ok\":false,\"error\":\"\uFFFD\"}\n" {
		t.Errorf("AppendError of invalid UTF-8 = %q", got)
	}
}

func TestAppendRequestRefuses(t *testing.T) {
	for _, tt := range []struct {
		req  Request
		want error
	}{
		{Request{}, ErrUnknownOp},
		{Request{Op: 99}, ErrUnknownOp},
		{Request{Op: OpPublish, Topic: "t", Data: "\xff"}, ErrInvalidUTF8},
		{Request{Op: OpSubscribe, Topic: "a\xc3"}, ErrInvalidUTF8},
		{Request{Op: OpAuth, User: "\xff"}, ErrInvalidUTF8},
		{Request{Op: OpAuth, Pass: "\xff"}, ErrInvalidUTF8},
	} {
		got, err := AppendRequest([]byte("before"), tt.req)
		if !errors.Is(err, tt.want) || string(got) != "before" {
			t.Errorf("AppendRequest(%v) = %q, %v; want %v and nothing appended", tt.req, got, err, tt.want)
		}
	}
}

func TestRequestHidesPassword(t *testing.T) {
	r := Request{Op: OpAuth, User: "ann", Pass: "hunter2"}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		if got := fmt.Sprintf(verb, r); strings.Contains(got, "hunter2") {
			t.Errorf("%s prints the password: %s", verb, got)
		}
	}
}

func TestRejectedError(t *testing.T) {
	e := &RejectedError{Op: OpSubscribe, Topic: "a", Text: "forbidden : no\x1b[31m"}
	if diff := cmp.Diff(`jolt: sub "a" rejected: "forbidden : no\x1b[31m"`, e.Error()); diff != "" {
		t.Error(diff)
	}
	if e.Code() != CodeForbidden {
		t.Errorf("Code() = %q", e.Code())
	}
	plain := &RejectedError{Op: OpAuth, Text: "auth_failed: über"}
	if diff := cmp.Diff(`jolt: auth rejected: auth_failed: über`, plain.Error()); diff != "" {
		t.Error(diff)
	}
}

// Nesting is allowed as deep as encoding/json allows it, and costs no memory to
// speak of.
func TestNesting(t *testing.T) {
	nested := func(depth int) string {
		return `{"topic":"a","data":` + strings.Repeat("[", depth) + strings.Repeat("]", depth) + "}"
	}
	for _, depth := range []int{maxDepth - 1, maxDepth} {
		line := nested(depth)
		if _, err := ParseFrame(line); (err == nil) != json.Valid([]byte(line)) {
			t.Errorf("%d deep: %v", depth, err)
		}
	}
	line := `{"topic":"a","data":[` + strings.Repeat(`{"k":-1.5e+3,"s":"\n"},`, 10_000) + `null]}`
	if n := testing.AllocsPerRun(10, func() {
		if f, err := ParseFrame(line); err != nil || len(f.Data) != len(line)-len(`{"topic":"a","data":}`) {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations for a payload of nested values", n)
	}
}

// What goes over the wire all the time is encoded and decoded without an
// allocation; unescaped text has a share of a block.
func TestAllocations(t *testing.T) {
	plain := Request{Op: OpPublish, Topic: "orders.eu", Data: text(128, "plain")}
	escapes := Request{Op: OpPublish, Topic: "orders.eu", Data: text(128, "escapes")}
	buf := make([]byte, 0, 1024)
	line := func(encoded []byte) string { return strings.TrimSuffix(string(encoded), "\n") }
	request := func(r Request) []byte {
		out, err := AppendRequest(buf[:0], r)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	publish := line(request(escapes))
	shapes := []string{publish, spaced(publish), `{"data":"b","id":[1], "topic" : "a","op":"pub"}`}
	messages := []string{line(AppendMessage(nil, plain.Topic, plain.Data)), line(AppendMessage(nil, escapes.Topic, escapes.Data))}
	messages = append(messages, spaced(messages[0]))
	d := newDecoder()
	for name, run := range map[string]func(){
		"encode requests": func() { request(plain); request(escapes); request(Request{Op: OpPing}) },
		"encode replies":  func() { AppendError(AppendAck(AppendMessage(buf[:0], "a", escapes.Data)), "no") },
		"pass on": func() {
			for _, line := range shapes {
				if p, ok := ParsePublish(line); !ok || len(p.AppendMessage(buf[:0])) == 0 {
					t.Fatal("not a publish request")
				}
			}
		},
		"decode acks":    func() { d.frame(ackFrame) },
		"decode spaced":  func() { d.frame(`{"ok": true}`); d.frame(messages[2]) },
		"decode plain":   func() { d.frame(messages[0]) },
		"decode escapes": func() { d.frame(messages[1]) }, // less than one in a hundred: a block
	} {
		if n := testing.AllocsPerRun(1000, run); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

func TestManyMembers(t *testing.T) {
	for n, ok := range map[int]bool{maxMembers: true, maxMembers + 1: false} {
		line := `{"op":"ping"`
		for i := range n - 1 {
			line += fmt.Sprintf(`,"%d":null`, i)
		}
		if _, err := ParseRequest(line + "}"); (err == nil) != ok {
			t.Errorf("%d members: %v", n, err)
		}
	}
}

// plainRun looks at eight bytes at a time: each position of a special byte
// within a word, and what follows it, must not matter.
func TestPlainRun(t *testing.T) {
	for b := range 256 {
		for at := range 20 {
			s := []byte(strings.Repeat("a", 20) + "\"")
			s[at] = byte(b)
			end, ascii := plainRun(string(s), 0)
			special := b == '"' || b == '\\' || b < 0x20
			if special && end != at || !special && (end != 20 || ascii != (b < 0x80)) {
				t.Fatalf("byte %#x at %d: plainRun = %d, %v", b, at, end, ascii)
			}
		}
	}
}

func BenchmarkParseFrame(b *testing.B) {
	for name, data := range payloads() {
		line := strings.TrimSuffix(string(AppendMessage(nil, "orders.eu", data)), "\n")
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(line)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ParseFrame(line); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAppendRequest(b *testing.B) {
	r := Request{Op: OpPublish, Topic: "orders.eu", Data: strings.Repeat(`{"id":4711} `, 11)}
	buf := make([]byte, 0, 1024)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := AppendRequest(buf[:0], r); err != nil {
			b.Fatal(err)
		}
	}
}

// TestEscapesAnywhere: wherever an escape is, the decoder reads it by itself, as the
// scanner does, and a string that does not end is none.
func TestEscapesAnywhere(t *testing.T) {
	d := newDecoder()
	for before := range 40 {
		for _, after := range []int{0, 1, 20, 100} {
			for _, escape := range []string{`\"`, `\\`, `\n`, `\u00e9`, `\ud83d\ude00`, `é\"`, `\"\"\"`} {
				inside := strings.Repeat("a", before) + escape + strings.Repeat("b", after)
				line := messageHead + "t\"" + messageData + inside + `"}`
				want, err := scanFrame(line)
				if err != nil {
					t.Fatal(err)
				}
				if topic, data, ok := d.message(line); !ok || topic != "t" || data != want.Data {
					t.Fatalf("%d before %s: %q, %v", before, escape, data, ok)
				}
			}
			open := messageHead + "t\"" + messageData + strings.Repeat("a", before) + `\"}`
			if _, data, ok := d.message(open); ok {
				t.Fatalf("%d before an escaped quote: %q of a string that does not end", before, data)
			}
		}
	}
}

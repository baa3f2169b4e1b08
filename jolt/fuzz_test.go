package jolt

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// reference reads a line with encoding/json, and adds what the protocol asks
// for beyond it: valid UTF-8, no key twice, a bound of how many keys there are, and, in
// a request, no unpaired surrogate.
func reference(line string, request bool) (map[string]json.RawMessage, bool) {
	if !utf8.ValidString(line) || !json.Valid([]byte(line)) {
		return nil, false
	}
	dec := json.NewDecoder(strings.NewReader(line))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil, false
	}
	members := make(map[string]json.RawMessage)
	for dec.More() {
		before := dec.InputOffset()
		if _, err := dec.Token(); err != nil {
			return nil, false
		}
		raw := line[before:dec.InputOffset()]
		key := decoded(json.RawMessage(raw[strings.IndexByte(raw, '"'):]))
		var v json.RawMessage
		if err := dec.Decode(&v); err != nil || request && (unpaired(raw) || unpaired(string(v))) {
			return nil, false
		}
		if _, twice := members[key]; twice {
			return nil, false
		}
		members[key] = v
	}
	return members, len(members) <= maxMembers
}

// unpaired reports whether raw JSON escapes half a surrogate pair.
func unpaired(raw string) bool { return shown(raw) != raw }

// shown puts a backslash before each half of a surrogate pair that raw JSON escapes,
// so that the escape is what the text says.
func shown(raw string) string {
	var b strings.Builder
	for len(raw) > 0 {
		n := 1
		if raw[0] == '\\' {
			n = 2
		}
		if n == 2 && raw[1] == 'u' {
			n = 6
			r, _ := hex4(raw, 2)
			if utf16.IsSurrogate(r) {
				low, ok := rune(0), false
				if strings.HasPrefix(raw[n:], `\u`) {
					low, ok = hex4(raw, n+2)
				}
				if ok && utf16.DecodeRune(r, low) != utf8.RuneError {
					n = 12
				} else {
					b.WriteByte('\\')
				}
			}
		}
		b.WriteString(raw[:n])
		raw = raw[n:]
	}
	return b.String()
}

func decoded(raw json.RawMessage) string {
	var s string
	if len(raw) > 0 && raw[0] == '"' && json.Unmarshal([]byte(shown(string(raw))), &s) == nil {
		return s
	}
	return string(raw)
}

func isString(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] == '"' }

func referenceFrame(members map[string]json.RawMessage) Frame {
	topic, data := members["topic"], members["data"]
	if isString(topic) && data != nil {
		return Frame{Kind: FrameMessage, Topic: decoded(topic), Data: decoded(data)}
	}
	switch string(members["ok"]) {
	case "true":
		return Frame{Kind: FrameAck}
	case "false":
		text := decoded(members["error"])
		if text == "" || string(members["error"]) == "null" {
			text = unknownError
		}
		return Frame{Kind: FrameError, Error: text}
	case "":
		if raw := members["error"]; len(raw) > 2 && (raw[0] == '"' || raw[0] == '{') || string(raw) == "{}" {
			return Frame{Kind: FrameError, Error: decoded(raw)}
		}
	}
	return Frame{}
}

func addSeeds(f *testing.F) {
	for _, line := range malformedLines {
		f.Add(line)
	}
	for _, line := range []string{
		`{"ok":true}`, `{"ok":false,"error":"x: y"}`, `{"topic":"a","data":"b"}`,
		`{"topic":"é","data":"\ud83d\ude00\n"}`, `{"topic":"a","data":{"b":[1.5e-3,null,"\u0000"]}}`,
		`{"topic": "caf\u00e9", "data": "caf\u00e9 \ud83d", "id": 1}`, " { \"data\" : [1, \"x\"] , \"topic\" :\"t\" } ", `{"ok": true}`, `{"error": "no"}`,
		`{"op":"auth","user":"u","pass":"p"}`, `{"op":"pub","topic":"t","data":"{\"n\":1}"}`, `{"op":"ping"}`,
	} {
		f.Add(line)
	}
}

// FuzzParseFrame: the scanner accepts exactly what encoding/json and the
// protocol's strictness accept, with the same result.
func FuzzParseFrame(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, line string) {
		got, err := ParseFrame(line)
		members, ok := reference(line, false)
		if ok != (err == nil) {
			t.Fatalf("ParseFrame(%q) error = %v; reference accepts: %v", line, err, ok)
		}
		if want := referenceFrame(members); ok && got != want {
			t.Fatalf("ParseFrame(%q) = %+v; want %+v", line, got, want)
		}
		if got.Kind == FrameMessage && isString(members["data"]) {
			again, err := ParseFrame(strings.TrimSuffix(string(AppendMessage(nil, got.Topic, got.Data)), "\n"))
			if err != nil || again != got {
				t.Fatalf("round trip of %q = %+v, %v", line, again, err)
			}
		}
	})
}

// FuzzParseRequest: likewise for a broker, and what it accepts survives a
// round trip through AppendRequest.
func FuzzParseRequest(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, line string) {
		got, err := ParseRequest(line)
		members, ok := reference(line, true)
		if err == nil && (!ok || decoded(members["op"]) != got.Op.String()) {
			t.Fatalf("ParseRequest(%q) = %#v; the reference refuses it", line, got)
		}
		if err != nil {
			return
		}
		for _, field := range []struct{ key, value string }{
			{"topic", got.Topic}, {"data", got.Data}, {"user", got.User}, {"pass", got.Pass},
		} {
			if field.value != "" && decoded(members[field.key]) != field.value {
				t.Fatalf("ParseRequest(%q): %s = %q", line, field.key, field.value)
			}
		}
		out, err := AppendRequest(nil, got)
		if err != nil {
			t.Fatalf("AppendRequest(%#v): %v", got, err)
		}
		again, err := ParseRequest(strings.TrimSuffix(string(out), "\n"))
		if err != nil || again != got {
			t.Fatalf("round trip of %q = %#v, %v", line, again, err)
		}
	})
}

// FuzzParsePublish: the quick way and ParseRequest accept the same lines as the same
// publish request, and the frame made of it is that request's message, escaped as it was.
func FuzzParsePublish(f *testing.F) {
	addSeeds(f)
	f.Add(`{"op":"pub","topic":"é","data":"\u00e9\\\/"}`)
	f.Add(`{"op": "pub", "topic": "caf\u00e9", "data": "caf\u00e9"}`)
	f.Add(" {\t\"data\" :\"\" , \"id\":[1, {}] ,\"topic\":\"t\",\"op\"\r:\"pub\"} ")
	f.Add(`{"\u006fp":"p\u0075b","topic":"t","data":"d","a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9}`)
	f.Add(`{"op":"pub","topic":"t","data":"1234567\"89\ud83d\ude00 ends in a quote\""}`)
	f.Fuzz(func(t *testing.T, line string) {
		p, ok := ParsePublish(line)
		want, err := ParseRequest(line)
		if ok != (err == nil && want.Op == OpPublish) || ok && want.Topic != p.Topic {
			t.Fatalf("ParsePublish(%q) = %+v, %v; ParseRequest: %#v, %v", line, p, ok, want, err)
		}
		if !ok {
			return
		}
		members, _ := reference(line, true)
		if frame := fmt.Sprintf(`{"topic":%s,"data":%s}`+"\n", members["topic"], members["data"]); frame != string(p.AppendMessage(nil)) {
			t.Fatalf("%q became %q, want %q", line, p.AppendMessage(nil), frame)
		}
		frame, lf := strings.CutSuffix(string(p.AppendMessage(nil)), "\n")
		got, err := ParseFrame(frame)
		if err != nil || !lf || got != (Frame{Kind: FrameMessage, Topic: want.Topic, Data: want.Data}) {
			t.Fatalf("%q became %q: %+v, %v", line, frame, got, err)
		}
	})
}

// FuzzDecoder: messages that share a decoder's memory are decoded as each by itself,
// and stay what they were when the line is gone. Of the line nothing is lost: it is
// what AppendMessage makes of the message, or the decoder says that it is not.
func FuzzDecoder(f *testing.F) {
	f.Add("{\"topic\":\"a\",\"data\":\"\\n\"}\n{\"topic\":\"\\\\\",\"data\":\"b\\u0000\"}\n{\"ok\":true}")
	f.Add("{\"topic\": \"a\", \"data\": \"b\"}\n{\"data\": \"\\u00e9\", \"topic\": \"a\", \"n\": 1}\n{\"ok\": true}\n{\"ok\": true}\n{\"topic\":\"\",\"data\":\"\\ud83d\"}\n{\"data\":7,\"topic\":\"a\"}")
	f.Add("{\"topic\":\"a\",\"data\":\"\\/\"}\n{\"topic\":\"\\u00e9\",\"data\":\"é\"}")
	f.Add("{\"topic\":\"a\\\"b\",\"data\":\"\"}\n{\"topic\":\"a\"b\",\"data\":\"\"}")
	f.Add("{\"topic\":\"a\xff\",\"data\":\"\"}\n{\"topic\":\"a\xff\",\"data\":\"\"}\n{\"topic\":\"b\",\"data\":\"\"}\n{\"topic\":\"b\",\"data\":\"c\"}")
	f.Fuzz(func(t *testing.T, text string) {
		d := decoder{size: 40}
		lines := strings.Split(text, "\n")
		got := make([]Frame, len(lines))
		for i, line := range lines {
			buf := []byte(line)
			topic, data, ok := d.message(view(buf))
			clear(buf)
			if _, _, alone := new(decoder).message(line); ok != alone {
				t.Fatalf("line %q: %v, by itself %v", line, ok, alone)
			}
			if !ok {
				got[i], _, _ = new(decoder).otherFrame(line)
				continue
			}
			got[i] = Frame{Kind: FrameMessage, Topic: topic, Data: data}
			again := Message{Topic: topic, Data: data, Spaced: d.spaced}
			if !d.other && again.Raw() != line || d.other && d.wholeLine(line) != line {
				t.Fatalf("line %q was taken for %q", line, again.Raw())
			}
		}
		for i, line := range lines {
			if want, _ := scanFrame(line); got[i] != want {
				t.Fatalf("line %q: %+v, want %+v", line, got[i], want)
			}
		}
	})
}

// FuzzSplitter: however the stream is cut into reads, the lines are the same,
// and the buffer stays within its bound.
func FuzzSplitter(f *testing.F) {
	f.Add([]byte("a\nbb\r\n\n \nccc\ndddddddddddddddddddddd\ne"), 16, 3)
	f.Add([]byte("\r\r\n\n"), 1, 1)
	f.Fuzz(func(t *testing.T, stream []byte, limit, chunk int) {
		limit, chunk = 1+abs(limit)%100, 1+abs(chunk)%50
		want := naiveLines(stream, limit)
		got := splitAll(t, bytes.NewReader(stream), limit, chunk)
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Fatalf("limit %d, chunks of %d: %q; want %q", limit, chunk, got, want)
		}
	})
}

func abs(n int) int { return max(n, -n, 0) }

func splitAll(t *testing.T, r io.Reader, limit, chunk int) []string {
	t.Helper()
	s := newSplitter(limit)
	var got []string
	for {
		err := s.read(io.LimitReader(r, int64(chunk)))
		s.lines(func(line string, size int) { got = append(got, describe(kept(line), size, limit)) })
		if len(s.buf) > max(limit+2, readSize) {
			t.Fatalf("buffer of %d bytes for lines of %d", len(s.buf), limit)
		}
		if err != nil {
			return got
		}
	}
}

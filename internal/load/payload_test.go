package load

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"joltui/jolt"
)

func TestPayloadRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(HeaderSize, 300).Draw(t, "size")
		want := header{
			run:       rapid.Uint32().Draw(t, "run"),
			publisher: rapid.IntRange(0, maxClients).Draw(t, "publisher"),
			number:    rapid.Int64Range(0, 1<<48-1).Draw(t, "number"),
			due:       time.Duration(rapid.Int64Range(0, int64(20*maxLength)).Draw(t, "due")),
		}
		text := newPayload(size).text(want)
		if got, ok := parseHeader(text); !ok || got != want || len(text) != size {
			t.Fatalf("%q of %d bytes: %+v, %v; want %+v of %d", text, len(text), got, ok, want, size)
		}
		frame, err := jolt.AppendRequest(nil, jolt.Request{Op: jolt.OpPublish, Data: text})
		if err != nil || !strings.Contains(string(frame), `"`+text+`"`) {
			t.Fatalf("%s, %v: the payload has to be escaped", frame, err)
		}
	})
}

func TestPayloadsDoNotShareMemory(t *testing.T) {
	p := newPayload(64)
	first := p.text(header{number: 1})
	p.text(header{number: 2})
	if h, _ := parseHeader(first); h.number != 1 {
		t.Errorf("the first payload became number %d", h.number)
	}
}

func TestForeignPayloads(t *testing.T) {
	good := newPayload(HeaderSize).text(header{run: 1})
	for _, data := range []string{
		"", "x", good[:HeaderSize-1], strings.Repeat("0", 64), strings.ToUpper(newPayload(64).text(header{run: 0xabc})),
		"g" + good[1:], good[:HeaderSize-1] + " ", strings.Replace(good, "-", "_", 1), strings.Repeat("-", 64),
	} {
		if h, ok := parseHeader(data); ok {
			t.Errorf("%q has a header: %+v", data, h)
		}
	}
}

func FuzzParseHeader(f *testing.F) {
	f.Add(newPayload(HeaderSize).text(header{run: 1, publisher: 2, number: 3, due: 4}))
	f.Fuzz(func(t *testing.T, data string) {
		h, ok := parseHeader(data)
		if !ok {
			return
		}
		if h.publisher < 0 || h.number < 0 || h.due < 0 {
			t.Errorf("%q: %+v", data, h)
		}
		if again := newPayload(HeaderSize).text(h); again != data[:HeaderSize] {
			t.Errorf("%q became %q", data[:HeaderSize], again)
		}
	})
}

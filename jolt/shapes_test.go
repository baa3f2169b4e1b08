package jolt

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// shaped draws an object of members in any order, with any white space between tokens,
// and as many further ones as the quick way takes.
func shaped(t *rapid.T, members ...string) string {
	further := []string{`"id":7`, `"ok":true`, `"é":[1,{"topic":"no"}]`, `"":"a \"b\" é"`, `"ts":-1.5e3`, `"DATA":null`}
	n := rapid.IntRange(0, mostFurther).Draw(t, "further")
	members = rapid.Permutation(append(members, further[:n]...)).Draw(t, "order")
	space := rapid.SampledFrom([]string{"", "", " ", "  ", "\t", " \r\t"})
	var b strings.Builder
	put := func(token string) { b.WriteString(space.Draw(t, "space") + token) }
	put("{")
	for i, m := range members {
		if i > 0 {
			put(",")
		}
		key, value, _ := strings.Cut(m, ":")
		put(key)
		put(":")
		put(value)
	}
	put("}")
	return b.String() + space.Draw(t, "space")
}

// escaped draws a string as some client may write it: each character as it is, or as
// one of its escapes.
func escaped(t *rapid.T, name string) string {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{
		"a", "plain text of some length, with blanks: and colons", " ", `\"`, `\\`, `\/`, `\n`, `\u0000`,
		"é", `\u00e9`, "😀", `\ud83d\ude00`, `\uD83D\uDE00`, "{", `,`, "日本",
	}), 0, 6).Draw(t, name)
	return `"` + strings.Join(parts, "") + `"`
}

// Requests of any shape are read the quick way as encoding/json reads them, and go out
// escaped as they came in.
func TestPublishOfAnyShape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		topic, data := escaped(t, "topic"), escaped(t, "data")
		line := shaped(t, `"op":"pub"`, `"topic":`+topic, `"data":`+data)
		var want struct{ Topic, Data string }
		if err := json.Unmarshal([]byte(line), &want); err != nil {
			t.Fatal(line, err)
		}
		p, ok := ParsePublish(line)
		if frame := fmt.Sprintf(`{"topic":%s,"data":%s}`+"\n", topic, data); !ok || p.Topic != want.Topic || string(p.AppendMessage(nil)) != frame {
			t.Fatalf("%q became %+v, %v, %q; want %q", line, p, ok, p.AppendMessage(nil), frame)
		}
		if r, err := ParseRequest(line); err != nil || r != (Request{Op: OpPublish, Topic: p.Topic, Data: want.Data}) {
			t.Fatalf("%q is %v, %v", line, r, err)
		}
	})
}

func textOf(t *rapid.T, raw string) (text string) {
	if err := json.Unmarshal([]byte(raw), &text); err != nil {
		t.Fatal(raw, err)
	}
	return text
}

// Messages of any shape are read the quick way as encoding/json reads them, and nothing
// of their lines is lost.
func TestMessageOfAnyShape(t *testing.T) {
	d := &decoder{size: 256} // small, so that many strings share blocks
	rapid.Check(t, func(t *rapid.T) {
		values := []string{escaped(t, "data"), "null", "-1.5", `{"a": [1, "x"]}`}
		topic, data := escaped(t, "topic"), rapid.SampledFrom(values).Draw(t, "value")
		line := shaped(t, `"topic":`+topic, `"data":`+data)
		want := Message{Topic: textOf(t, topic), Data: decoded(json.RawMessage(data))}
		buf := []byte(line)
		var got Message
		var ok bool
		got.Topic, got.Data, ok = d.message(view(buf))
		if got.Spaced = d.spaced; d.other {
			got.Verbatim = d.wholeLine(view(buf))
		}
		clear(buf)
		if !ok || got.Topic != want.Topic || got.Data != want.Data || got.Raw() != line {
			t.Fatalf("%q became %+v, %v, %q; want %+v", line, got, ok, got.Raw(), want)
		}
	})
}

// What is wrong in any shape is refused as the scanner refuses it.
func TestWrongInAnyShape(t *testing.T) {
	wrong := []string{`"\ud800"`, `"\x"`, "\"\xff\"", "\"\t\"", `"open`, `tru`, `[1,]`, ``, `"a" "b"`, `01`}
	rapid.Check(t, func(t *rapid.T) {
		members := []string{`"op":"pub"`, `"topic":"t"`, `"data":"d"`, `"x":1`}
		i := rapid.IntRange(0, len(members)-1).Draw(t, "member")
		key, _, _ := strings.Cut(members[i], ":")
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0:
			members[i] = key + ":" + rapid.SampledFrom(wrong).Draw(t, "value")
		case 1:
			members = append(members, key+`:"twice"`)
		case 2:
			members = slices.Delete(members, i, i+1)
		}
		line := shaped(t, members...)
		r, err := ParseRequest(line)
		if _, ok := ParsePublish(line); ok != (err == nil && r.Op == OpPublish) {
			t.Fatalf("ParsePublish(%q) = %v; ParseRequest: %v, %v", line, ok, r, err)
		}
		want, wantErr := scanFrame(line)
		if got, err := ParseFrame(line); got != want || (err == nil) != (wantErr == nil) {
			t.Fatalf("ParseFrame(%q) = %+v, %v; the scanner: %+v, %v", line, got, err, want, wantErr)
		}
	})
}

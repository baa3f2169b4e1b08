package system

import (
	"encoding/json"
	"maps"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Whoever takes what a table says knows in the end what there is, however little fits
// into each message, and whenever it has come.
func TestTableTellsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := NewTable[int](func(int) int { return 1 })
		early, now := make(map[int]int), make(map[int]int)
		for range rapid.IntRange(1, 20).Draw(t, "seconds") {
			for range rapid.IntRange(0, 5).Draw(t, "changes") {
				key := rapid.IntRange(0, 9).Draw(t, "key")
				if now[key] = rapid.IntRange(0, 3).Draw(t, "value"); now[key] == 0 {
					delete(now, key)
				}
			}
			follow(t, &table, now, rapid.IntRange(1, 3).Draw(t, "most"), early)
		}
		late := make(map[int]int)
		for _, v := range table.All(100) {
			late[v>>8] = v & 0xff
		}
		for range 10 { // one fits into each message
			follow(t, &table, now, 1, early, late)
		}
		if !maps.Equal(early, now) || !maps.Equal(late, now) {
			t.Fatalf("known are %v and %v, and there are %v", early, late, now)
		}
	})
}

// follow has all take the next message, whose values are key and value in one.
func follow(t *rapid.T, table *Table[int, int], now map[int]int, most int, all ...map[int]int) {
	both := make(map[int]int)
	for k, v := range now {
		both[k] = k<<8 | v
	}
	changed, gone := table.Next(both, most)
	if len(changed) > most {
		t.Fatalf("%d changes where %d fit", len(changed), most)
	}
	for _, known := range all {
		for _, v := range changed {
			known[v>>8] = v & 0xff
		}
		for _, k := range gone {
			delete(known, k)
		}
	}
}

// What is not known yet is not there, rather than 0.
func TestAbsentIsAbsent(t *testing.T) {
	for want, v := range map[string]any{
		`{"time":"2026-01-02T03:04:05.678Z","event":"connected"}`: Event{Time: At(time.Date(2026, 1, 2, 3, 4, 5, 678_999_999, time.UTC)), Event: Connected},
		`{"whole":true,"more":false,"total":1,"topics":[{"topic":"a","subscribers":1,"messages":0,"bytes":0,"messages_per_s":0,"bytes_per_s":0}]}`: Topics{
			Part: Part{Whole: true, Total: 1}, Topics: []Topic{{Topic: "a", Subscribers: 1}}},
	} {
		got, err := json.Marshal(v)
		if err != nil || string(got) != want {
			t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
		}
	}
	var b Broker
	if err := json.Unmarshal([]byte(`{"messages_in":7}`), &b); err != nil || b.MessagesIn != 7 || b.Rates != nil {
		t.Errorf("%v: %+v", err, b)
	}
	if At(time.Time{}) != "" || !Stamp("").Time().IsZero() || At(Stamp("2026-01-02T03:04:05.678Z").Time()) != "2026-01-02T03:04:05.678Z" {
		t.Error("a stamp does not say what it was given")
	}
}

// Where all changes all the time and little fits into a message, each has its turn.
func TestEachHasItsTurn(t *testing.T) {
	table := NewTable[int](func(int) int { return 1 })
	told := make(map[int]bool)
	for second := range 4 {
		now := make(map[int]int)
		for key := range 8 {
			now[key] = second<<8 | key
		}
		changed, _ := table.Next(now, 2)
		for _, v := range changed {
			told[v&0xff] = true
		}
	}
	if len(told) != 8 {
		t.Errorf("%v were told, want all of 8", told)
	}
}

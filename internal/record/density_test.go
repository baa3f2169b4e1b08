package record

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"joltui/jolt"
)

// However the messages are divided, none is lost or counted twice, and each is about where it
// was.
func TestDensityCountsEachMessageOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var d density
		first := noon()
		length := time.Duration(rapid.Int64Range(0, int64(1000*time.Hour)).Draw(t, "length"))
		after := rapid.SliceOfN(rapid.Int64Range(0, int64(length)), 1, 300).Draw(t, "messages")
		for _, ns := range after {
			d.add(first, first.Add(time.Duration(ns)), 1)
		}
		if len(d.slices) > mostSlices {
			t.Fatalf("%d slices", len(d.slices))
		}
		n := rapid.IntRange(1, 300).Draw(t, "columns")
		total, got := 0, d.divide(length, n)
		for _, s := range got {
			total += int(s.Messages)
		}
		if len(got) != n || total != len(after) {
			t.Fatalf("%d messages in %d columns, want %d in %d", total, len(got), len(after), n)
		}
	})
}

// The reading that finds times counts the messages as well, and sees where some are missing.
func TestIndexKnowsTheDensity(t *testing.T) {
	var all []Entry
	for i := range 1000 { // a second between two, of which the first half has ten at once
		for j := range 10 {
			if i < 500 || j == 0 {
				all = append(all, Entry{At: noon().Add(time.Duration(i) * time.Second), Event: message(len(all), time.Duration(i)*time.Second)})
			}
		}
	}
	gap := &jolt.Gap{From: noon().Add(1000 * time.Second), To: noon().Add(1500 * time.Second)}
	all = append(all, Entry{At: gap.To, Event: gap})
	missing := noon().Add(1999 * time.Second)
	all = append(all, Entry{At: missing, Missing: Missing{3, 9}})
	set, err := Open(write(t, WriterOptions{}, all...))
	if err != nil {
		t.Fatal(err)
	}
	var lost, messages [4]int
	for i, s := range index(t, set).Density(100) {
		messages[i/25] += int(s.Messages)
		if s.Lost {
			lost[i/25]++
		}
	}
	near := func(got, want int) bool { return got >= want-want/50-1 && got <= want+want/50+1 }
	if !near(messages[0], 5000) || !near(messages[1], 500) || messages[2]+messages[3] > 1 {
		t.Errorf("%v messages in each quarter", messages)
	}
	if lost[0] != 0 || lost[1] > 1 || !near(lost[2], 25) || lost[3] == 0 || lost[3] > 2 {
		t.Errorf("%v lost slices in each quarter", lost)
	}
}

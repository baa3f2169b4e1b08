package pattern

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// universe is every topic of up to four levels of three names.
func universe() (all []string) {
	begun := []string{""}
	for range 4 {
		var next []string
		for _, begin := range begun {
			for _, name := range []string{"a", "b", ""} {
				all = append(all, begin+name)
				next = append(next, begin+name+".")
			}
		}
		begun = next
	}
	return all
}

// naive is what the documentation says, word for word.
func naive(pattern, topic string) bool {
	levels, has := strings.Split(pattern, "."), strings.Split(topic, ".")
	for i, level := range levels {
		if level == rest && i == len(levels)-1 {
			return len(has) >= len(levels)
		}
		if i >= len(has) || level != one && level != has[i] {
			return false
		}
	}
	return len(levels) == len(has)
}

func draw(t *rapid.T, label string) string {
	levels := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "", "*", "*"}), 1, 3).Draw(t, label)
	if rapid.Bool().Draw(t, label+" rest") {
		levels = append(levels[:len(levels)-1], rest)
	}
	return strings.Join(levels, ".")
}

func TestMatchesAndCovers(t *testing.T) {
	all := universe()
	rapid.Check(t, func(t *rapid.T) {
		whole, part := draw(t, "whole"), draw(t, "part")
		covers := true
		for _, topic := range all {
			if got, want := Matches(whole, topic), naive(whole, topic); got != want {
				t.Fatalf("%q matches %q: %v", whole, topic, got)
			}
			covers = covers && (!naive(part, topic) || naive(whole, topic))
		}
		if got := Covers(whole, part); got != covers {
			t.Fatalf("%q covers %q: %v", whole, part, got)
		}
	})
}

func TestIsAndCheck(t *testing.T) {
	for name, want := range map[string][2]bool{
		"*": {true, true}, ">": {true, true}, "a.*": {true, true}, "*.a": {true, true}, "a.>": {true, true}, "a.*.b.>": {true, true},
		">.a": {true, false}, "a.>.b": {true, false}, ">.>": {true, false},
		"a": {false, true}, "": {false, true}, "a*": {false, true}, "a.b>": {false, true}, "a.**": {false, true}, ">>": {false, true},
	} {
		if got := [2]bool{Is(name), Check(name) == nil}; got != want {
			t.Errorf("%q: is a pattern and right: %v, want %v", name, got, want)
		}
	}
}

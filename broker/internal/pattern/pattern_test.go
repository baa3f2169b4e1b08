package pattern

import (
	"fmt"
	"slices"
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

// Whatever is added and removed, a topic finds those who want it, each once; and what is
// empty again keeps nothing.
func TestTrie(t *testing.T) {
	all := universe()
	rapid.Check(t, func(t *rapid.T) {
		var trie Trie[int]
		wanted := make(map[string][]int)
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			pattern, who := draw(t, "pattern"), rapid.IntRange(0, 3).Draw(t, "who")
			if i := slices.Index(wanted[pattern], who); i >= 0 {
				trie.Remove(pattern, who)
				if wanted[pattern] = slices.Delete(wanted[pattern], i, i+1); len(wanted[pattern]) == 0 {
					delete(wanted, pattern)
				}
			} else {
				trie.Add(pattern, who)
				wanted[pattern] = append(wanted[pattern], who)
			}
			if trie.Len() != len(wanted) {
				t.Fatalf("%d patterns, want %d", trie.Len(), len(wanted))
			}
		}
		for _, topic := range all {
			var want []int
			for pattern, whos := range wanted {
				if naive(pattern, topic) {
					want = append(want, whos...)
				}
			}
			slices.Sort(want)
			got := trie.Match(topic, nil)
			slices.Sort(got)
			if !slices.Equal(got, slices.Compact(want)) {
				t.Fatalf("%q is for %v, want %v of %v", topic, got, want, wanted)
			}
		}
		var wanting [4]int
		trie.Each(func(who int) { wanting[who]++ })
		for pattern, whos := range wanted {
			for _, who := range whos {
				wanting[who]--
				trie.Remove(pattern, who)
			}
		}
		if wanting != [4]int{} {
			t.Fatalf("too often or too seldom among each: %v", wanting)
		}
		if !trie.root.empty() || trie.Len() != 0 {
			t.Fatalf("empty it has %+v", trie)
		}
	})
}

// Many who want the same are told apart as few are.
func TestUnionOfMany(t *testing.T) {
	var trie Trie[int]
	for n := range 1000 {
		trie.Add("a.*", n)
		trie.Add("a.>", n+500)
	}
	got := trie.Match("a.b", nil)
	slices.Sort(got)
	if len(got) != 1500 || len(slices.Compact(got)) != 1500 {
		t.Errorf("%d are found, of whom %d are different", len(got), len(slices.Compact(got)))
	}
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

func BenchmarkMatch(b *testing.B) {
	var trie Trie[int]
	for n := range 10_000 {
		trie.Add(fmt.Sprintf("topic.%d.*", n), n)
	}
	var to []int
	for b.Loop() {
		to = trie.Match("topic.77.x", to[:0])
	}
}
